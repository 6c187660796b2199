import * as z from "zod";
import externalSecretsValues from "../catalog/data/chart-values/external-secrets.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    keyVaultId: z
      .string()
      .regex(
        /^\/subscriptions\/[\w-]+\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.KeyVault\/vaults\/[\w-]+$/i,
        "the resource id of a key vault",
      )
      .optional()
      .describe("AKS: resource id of the key vault, with RBAC. It outlives clusters, so none is made here."),
    prefix: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens")
      .optional()
      .describe("The cluster may use the secrets whose names start with this and a hyphen. @default the fleet's name"),
  })
  .describe(
    "external-secrets and the ClusterSecretStore `cloud`: Secrets Manager on EKS, Key Vault on AKS, Secret Manager on GKE, without a key.",
  );

const fields = { externalSecrets: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** Secrets from the cluster's own cloud. Which cloud's store an existing cluster can use is not known. */
export const externalSecrets = {
  fields,
  about: [
    {
      field: "externalSecrets",
      on: "no",
      installs: "external-secrets, ClusterSecretStore `cloud`",
      needs: "AKS: a key vault",
      may: "writes secrets everywhere. AWS: read, create and write secrets `<prefix>-*` of one region, delete none. GKE: the same, but creating isn't limited by name. AKS: all secrets of the given vault (Key Vault has no rights by name: give the fleet one of its own)",
    },
  ],
  charts: {
    "external-secrets": {
      pin: {
        chart: "external-secrets",
        repository: "https://charts.external-secrets.io",
        version: "2.9.0",
        appVersion: "v2.9.0",
        source: { repository: "https://github.com/external-secrets/external-secrets", tag: "helm-chart-2.9.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: externalSecretsValues,
      settings: ({ externalSecrets }: Reads) => externalSecrets,
    },
  },
  wanted: ({ externalSecrets }: Reads, cloud: Cloud) => externalSecrets.enabled && cloud !== "existing",
} satisfies AddOn;
