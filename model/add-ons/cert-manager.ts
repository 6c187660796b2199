import * as z from "zod";
import certManagerValues from "../catalog/data/chart-values/cert-manager.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = (on: boolean) =>
  z
    .strictObject({
      ...onOff(on),
      ...chartFields,
      issuers: z
        .enum(["letsencrypt", "none"])
        .optional()
        .describe(
          "letsencrypt makes the ClusterIssuers letsencrypt-staging and letsencrypt-production, proving names by DNS-01 in the fleet's zone; none makes no issuer. @default letsencrypt where the cluster's tokens give access to the zone, otherwise none",
        ),
      email: z
        .string()
        .regex(/^[\w.%+-]+@([\w-]+\.)+[\w-]+$/, "an address such as platform@example.com")
        .optional()
        .describe("Address that the certificate authority may write to. @default none: Let's Encrypt needs none"),
      ingressCertificate: z
        .enum(["staging", "production", "none"])
        .default("staging")
        .describe(
          "Certificates that the ingress controller serves for *.<cluster>.<zone> and for the public names that lead to the cluster, issued before any traffic comes. Change to production once staging works: it has narrow limits.",
        ),
      carryOver: z
        .boolean()
        .default(false)
        .describe(
          "Keep the certificate of the public names in the cloud's secret store and take it from there first, so that a new cluster asks for nothing. Needs externalSecrets.",
        ),
    })
    .describe("cert-manager: certificates.");

const fields = { certManager: block(true).prefault({}) };
type Reads = Settings<typeof fields>;

/** Certificates. */
export const certManager = {
  fields,
  onExisting: { certManager: block(false).prefault({}) },
  calls: {
    version: "v1.21.1",
    source: "https://github.com/cert-manager/cert-manager",
    actions: {
      aws: {
        "route53:ChangeResourceRecordSets": "pkg/issuer/acme/dns/route53/route53.go:282",
        "route53:GetChange": "pkg/issuer/acme/dns/route53/route53.go:305",
      },
    },
  },
  about: [
    {
      field: "certManager",
      on: "yes; not on existing clusters",
      installs:
        "cert-manager, ClusterIssuers `letsencrypt-staging` and `letsencrypt-production`, the ingress certificates ([certificates.md](certificates.md))",
      needs: "an issuer of tokens, the zone",
      may: "writes TLS secrets everywhere. Route53: TXT records of the challenges of the cluster's and the public names, in one zone. Azure: two small zones, not the fleet's",
    },
  ],
  charts: {
    "cert-manager": {
      pin: {
        chart: "cert-manager",
        repository: "oci://quay.io/jetstack/charts",
        version: "v1.21.1",
        previous: "v1.21.0",
        appVersion: "v1.21.1",
        source: { repository: "https://github.com/cert-manager/cert-manager", tag: "v1.21.1" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: certManagerValues,
      settings: ({ certManager }: Reads) => certManager,
    },
  },
  wanted: ({ certManager }: Reads) => certManager.enabled,
} satisfies AddOn;
