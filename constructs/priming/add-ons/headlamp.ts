import { literal } from "../../cdktf/escape";
import type { AddOn } from "../context";
import { ingressValues } from "../ingress";

/** A dashboard that shows each person what that person may see. */
export const headlamp: AddOn = {
  name: "headlamp",
  wanted: ({ addons }) => addons.headlamp.enabled,
  namespace: { name: "headlamp", podSecurity: "baseline", open: [{ port: "http", from: "cluster" }] },
  install(scope, context, installer) {
    const { headlamp: settings } = context.addons;
    const host = settings.host ? literal(settings.host) : `headlamp.${context.cluster.name}.${context.fleet.dns.zone}`;
    installer.chart(scope, "release", {
      phase: "services",
      chart: "headlamp",
      namespace: "headlamp",
      settings,
      values: {
        replicaCount: 1,
        // the chart would make everybody who reaches it an administrator
        clusterRoleBinding: { create: false },
        config: { inCluster: true },
        ingress: { ...ingressValues(context), hosts: [{ host, paths: [{ path: "/", type: "Prefix" }] }] },
        resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
    });
  },
};
