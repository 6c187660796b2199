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
  calls: {
    version: "v2.9.0",
    source: "https://github.com/external-secrets/external-secrets",
    actions: {
      awsRead: {
        "secretsmanager:GetSecretValue": "providers/v1/aws/secretsmanager/secretsmanager.go:807",
        "secretsmanager:DescribeSecret": "providers/v1/aws/secretsmanager/secretsmanager.go:775",
      },
      // each push looks at the tags and takes away a resource policy before it writes
      awsWrite: {
        "secretsmanager:CreateSecret": "providers/v1/aws/secretsmanager/secretsmanager.go:603",
        "secretsmanager:TagResource": "providers/v1/aws/secretsmanager/secretsmanager.go:594",
        "secretsmanager:DeleteResourcePolicy": "providers/v1/aws/secretsmanager/secretsmanager.go:922",
        "secretsmanager:PutSecretValue": "providers/v1/aws/secretsmanager/secretsmanager.go:684",
      },
      googleRead: {
        "secretmanager.versions.access": "providers/v1/gcp/secretmanager/client.go:491",
        "secretmanager.secrets.get": "providers/v1/gcp/secretmanager/client.go:528",
      },
      googleCreate: { "secretmanager.secrets.create": "providers/v1/gcp/secretmanager/client.go:236" },
      googleWrite: {
        "secretmanager.secrets.update": "providers/v1/gcp/secretmanager/client.go:287",
        "secretmanager.versions.add": "providers/v1/gcp/secretmanager/client.go:337",
      },
    },
  },
  about: [
    {
      field: "externalSecrets",
      on: "no",
      installs: "external-secrets, ClusterSecretStore `cloud`",
      needs: "AKS: a key vault",
      may: "writes Kubernetes secrets everywhere. AWS: read the secrets `<prefix>-*` of one region. GKE: the same in its project. AKS: read all secrets of the given vault (Key Vault has no rights by name: give the fleet one of its own). Only the cluster that keeps the certificate of the public names (`certManager.carryOver`) may create and write there; none may delete",
    },
  ],
  charts: {
    "external-secrets": {
      pin: {
        chart: "external-secrets",
        repository: "https://charts.external-secrets.io",
        version: "2.9.0",
        previous: "2.8.0",
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
