import * as z from "zod";
import type { AddOn, Settings } from "./add-on";

const block = z
  .strictObject({
    unplannedLoadBalancers: z
      .enum(["refuse", "allow"])
      .default("refuse")
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
      .describe("Close the add-ons' namespaces to other namespaces, but for what each must offer."),
  })
  .describe("What the cluster refuses.");

const fields = { guards: block.prefault({}) };

/** Refuses load balancers that nobody planned: Terraform would not know them, and they hold a network fast. */
export const loadBalancerGuard = {
  fields,
  about: [
    {
      field: "guards",
      on: "yes",
      installs: "refuses services of type LoadBalancer outside the ingress; closes every add-on's namespace to other namespaces",
      needs: "–",
      may: "an admission policy for all services but kube-system's",
    },
  ],
  charts: {},
  wanted: ({ guards }: Settings<typeof fields>) => guards.unplannedLoadBalancers === "refuse",
} satisfies AddOn;
