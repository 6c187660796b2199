import * as z from "zod";
import type { Settings } from "./add-on";
import { chartFields } from "./fields";

const block = (controller: "traefik" | "none") =>
  z
    .strictObject({
      controller: z
        .enum(["traefik", "envoy-gateway", "none"])
        .default(controller)
        .describe(
          "traefik serves Ingress and its own routes; envoy-gateway serves Gateway API alone; none leaves the ingress address without anything behind it.",
        ),
      replicas: z.int().min(1).max(50).default(2).describe("Pods of the controller."),
      redirectToHttps: z
        .boolean()
        .default(true)
        .describe("Traefik: answer plain HTTP with a permanent redirect. A health probe over HTTP then sees the redirect."),
      nginxAnnotations: z
        .boolean()
        .default(false)
        .describe("Traefik: also serve Ingress objects of class nginx and read ingress-nginx's annotations, for a migration."),
      ...chartFields,
    })
    .describe("Ingress controller, bound to the cluster's static address. It answers /ping on both ports for health probes.");

/** The field of the ingress controllers, of which a cluster has one at most. */
export const ingressFields = { ingress: block("traefik").prefault({}) };
export const ingressOnExisting = { ingress: block("none").prefault({}) };
export type IngressSettings = Settings<typeof ingressFields>;
