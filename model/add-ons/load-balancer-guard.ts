import * as z from "zod";
import type { AddOn, Settings } from "./add-on";

/** Namespaces of add-ons. */
export const ADD_ON_NAMESPACES = [
  "cert-manager",
  "cluster-autoscaler",
  "csi-nfs",
  "envoy-gateway",
  "external-dns",
  "external-secrets",
  "graylog",
  "headlamp",
  "logging",
  "metrics-server",
  "monitoring",
  "nfs-provisioner",
  "reloader",
  "traefik",
  "velero",
] as const;

const opening = z.strictObject({
  namespace: z.enum(ADD_ON_NAMESPACES).describe("Namespace of the add-on. Without effect on a cluster that hasn't got it."),
  port: z
    .union([z.int().min(1).max(65535), z.string().regex(/^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/, "the name of a port")])
    .describe("Number or name of the pods' port."),
  protocol: z.enum(["TCP", "UDP"]).default("TCP").describe("Its protocol."),
  from: z.enum(["cluster", "anywhere"]).default("cluster").describe("Who: the pods of the cluster, or everybody."),
});

const block = (unplanned: "refuse" | "allow") =>
  z
    .strictObject({
      unplannedLoadBalancers: z
        .enum(["refuse", "allow"])
        .default(unplanned)
        .describe(
          "Services of type LoadBalancer outside the ingress: a load balancer that Terraform does not know hangs the destruction of the network.",
        ),
      loadBalancerNamespaces: z
        .array(z.string())
        .default([])
        .describe("Namespaces whose services may be of type LoadBalancer. @default none but the ingress controller's"),
      networkPolicies: z
        .boolean()
        .default(true)
        .describe("Close the add-ons' namespaces to other namespaces, but for what each must offer, and what its values expose."),
      open: z
        .array(opening)
        .default([])
        .describe("Further ports of add-ons that others may reach, for what only you know of. @default none"),
    })
    .describe("What the cluster refuses.");

const fields = { guards: block("refuse").prefault({}) };

/** Refuses load balancers that nobody planned: Terraform would not know them, and they hold a network fast. */
export const loadBalancerGuard = {
  fields,
  onExisting: { guards: block("allow").prefault({}) },
  about: [
    {
      field: "guards",
      on: "yes; not on existing clusters",
      installs: "refuses services of type LoadBalancer outside the ingress; closes every add-on's namespace to other namespaces",
      needs: "–",
      may: "an admission policy for all services but kube-system's",
    },
  ],
  charts: {},
  wanted: ({ guards }: Settings<typeof fields>) => guards.unplannedLoadBalancers === "refuse",
} satisfies AddOn;
