import { ownDomain } from "../host";
import { ingressValues } from "../ingress";
import type { Install } from "../install";

/** A dashboard that shows each person what that person may see. */
export const headlamp: Install<"headlamp"> = {
  namespace: { name: "headlamp", podSecurity: "baseline", open: [{ port: "http", from: "cluster" }] },
  install(scope, host, installer) {
    const { headlamp: settings } = host.addons;
    const address = settings.host ?? `headlamp.${ownDomain(host)}`;
    installer.chart(scope, "release", {
      phase: "services",
      chart: "headlamp",
      namespace: "headlamp",
      values: {
        replicaCount: 1,
        // the chart would make everybody who reaches it an administrator
        clusterRoleBinding: { create: false },
        config: { inCluster: true },
        ingress: { ...ingressValues(host), hosts: [{ host: address, paths: [{ path: "/", type: "Prefix" }] }] },
        resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
    });
  },
};
