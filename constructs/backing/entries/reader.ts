import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import type { Values } from "../../helm/values";
import { WebIdentityRole } from "../../identity/aws-roles";
import { AzureIdentity } from "../../identity/azure-identity";
import { GoogleIdentity } from "../../identity/google-identity";
import { readSecretsPolicy } from "../../identity/policies";
import type { EntryLocation, ReadableEntries } from "./location";

/** The cluster that the reader's namespace is in. */
export interface ReaderCluster {
  /** Name of the cluster in its cloud. */
  readonly name: string;
  readonly issuer: string;
  readonly own:
    | { readonly cloud: "aws"; readonly oidcProviderArn: string; readonly permissionsBoundaryArn?: string }
    | { readonly cloud: "azure"; readonly resourceGroup: string; readonly location: string }
    | { readonly cloud: "google"; readonly projectId: string; readonly region: string; readonly clusterName: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly provider?: TerraformProvider;
}

export interface EntryReaderProps {
  readonly cluster: ReaderCluster;
  /** Namespace that may read, and no other. */
  readonly namespace: string;
  readonly reads: readonly ReadableEntries[];
}

/** The service account whose tokens the stores of a namespace use. */
const ACCOUNT = "entries";

/**
 * What one namespace of a cluster needs to read entries of databases, and no others: an identity of its own with a right
 * on each entry, its service account, and a SecretStore for each database.
 */
export class EntryReader extends Construct {
  /** Kubernetes objects of the namespace: external-secrets must be there before. */
  readonly objects: readonly Values[];
  /** What must be there before they are of use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: EntryReaderProps) {
    super(scope, id);
    const { namespace, reads } = props;
    const { annotations, ready } = this.identity(props);
    this.ready = ready;
    this.objects = [
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: ACCOUNT, namespace, annotations } },
      ...reads.map(({ store, location }) => ({
        apiVersion: "external-secrets.io/v1",
        kind: "SecretStore",
        metadata: { name: store, namespace },
        spec: { provider: provider(location, props.cluster) },
      })),
    ];
  }

  private identity({ cluster, namespace, reads }: EntryReaderProps): {
    readonly annotations: Readonly<Record<string, string>>;
    readonly ready: readonly TerraformResource[];
  } {
    const account = { namespace, name: ACCOUNT };
    const { own, tags } = cluster;
    const name = `${cluster.name}-${namespace}-entries`;
    switch (own.cloud) {
      case "aws": {
        const role = new WebIdentityRole(this, "role", {
          provider: cluster.provider,
          name,
          account,
          oidcProviderArn: own.oidcProviderArn,
          policy: readSecretsPolicy(reads.flatMap(awsSecrets)),
          permissionsBoundaryArn: own.permissionsBoundaryArn,
          tags,
        });
        return { annotations: { "eks.amazonaws.com/role-arn": role.arn }, ready: role.ready };
      }
      case "azure": {
        const vaults = reads.flatMap(({ location, entries }) =>
          location.cloud === "azure" ? entries.map((entry) => ({ entry, scope: `${location.vaultId}/secrets/${entry}` })) : [],
        );
        const identity = new AzureIdentity(this, "identity", {
          provider: cluster.provider,
          name,
          resourceGroup: own.resourceGroup,
          location: own.location,
          issuer: cluster.issuer,
          account,
          grants: vaults.map(({ entry, scope }) => ({ id: entry, scope, role: "Key Vault Secrets User" })),
          tags,
        });
        return {
          annotations: {
            "azure.workload.identity/client-id": identity.clientId,
            "azure.workload.identity/tenant-id": identity.tenantId,
          },
          ready: identity.ready,
        };
      }
      case "google": {
        const { projectId } = own;
        const identity = new GoogleIdentity(this, "identity", {
          provider: cluster.provider,
          // thirty characters at most, so that the namespace's part is a hash
          name: `entries-${shortHash(name)}`,
          projectId,
          account,
          grants: [],
        });
        const grants = reads.flatMap(({ entries }) =>
          entries.map(
            (entry) =>
              new SecretManagerSecretIamMember(this, entry, {
                provider: cluster.provider,
                project: projectId,
                secretId: entry,
                role: "roles/secretmanager.secretAccessor",
                member: `serviceAccount:${identity.email}`,
              }),
          ),
        );
        return { annotations: { "iam.gke.io/gcp-service-account": identity.email }, ready: [...identity.ready, ...grants] };
      }
    }
  }
}

/** Secrets Manager adds a hyphen and six characters to each name. */
const awsSecrets = ({ location, entries }: ReadableEntries): readonly string[] =>
  location.cloud === "aws"
    ? entries.map(
        (entry) => `arn:${location.partition}:secretsmanager:${location.region}:${location.accountId}:secret:${entry}-??????`,
      )
    : [];

function provider(location: EntryLocation, { own }: ReaderCluster): Values {
  const serviceAccountRef = { name: ACCOUNT };
  switch (location.cloud) {
    case "aws":
      return { aws: { service: "SecretsManager", region: location.region, auth: { jwt: { serviceAccountRef } } } };
    case "azure":
      return {
        azurekv: {
          authType: "WorkloadIdentity",
          tenantId: location.tenantId,
          vaultUrl: `https://${location.vaultId.split("/").at(-1)}.vault.azure.net`,
          serviceAccountRef,
        },
      };
    case "google": {
      if (own.cloud !== "google") throw new Error("Secret Manager is read from clusters on Google Cloud");
      const workloadIdentity = { clusterLocation: own.region, clusterName: own.clusterName, serviceAccountRef };
      return { gcpsm: { projectID: location.projectId, auth: { workloadIdentity } } };
    }
  }
}

/**
 * An entry as a Secret of the namespace with a key for each of its fields.
 * @param fields further ones, in external-secrets' templates. @default - none
 */
export function entryAsSecret(
  store: string,
  entry: string,
  namespace: string,
  secret: string,
  fields?: Readonly<Record<string, string>>,
): Values {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: secret, namespace },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "SecretStore", name: store },
      target: {
        name: secret,
        creationPolicy: "Owner",
        ...(fields && { template: { engineVersion: "v2", mergePolicy: "Merge", data: fields } }),
      },
      dataFrom: [{ extract: { key: entry } }],
    },
  };
}
