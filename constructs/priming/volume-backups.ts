import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { partitionOf } from "../clusters/eks/partition";
import type { Values } from "../helm/values";
import { PodIdentityRole } from "../identity/aws-roles";
import { AzureIdentity } from "../identity/azure-identity";
import { GoogleIdentity } from "../identity/google-identity";
import { backupsPolicy } from "../identity/policies";
import type { AddOnHost, HostBackups, OwnAws, OwnAzure, OwnGoogle } from "./host";

/** How Velero reaches the store, without a key. */
export interface BackupAccess {
  /** Image of the cloud's plugin: v1.14 goes with Velero 1.18 (its documentation, "Upgrading to 1.18"). */
  readonly plugin: string;
  /** Provider, bucket and config of a BackupStorageLocation. */
  readonly location: Values;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: readonly Values[];
  readonly volumes: readonly Values[];
  readonly volumeMounts: readonly Values[];
  /** Kubernetes objects that it needs. */
  readonly objects: readonly Values[];
  /** CSI driver of the cluster's volumes. */
  readonly driver: string;
  /** @default - none */
  readonly snapshotParameters?: Readonly<Record<string, string>>;
  readonly ready: readonly TerraformResource[];
}

const ACCOUNT = { namespace: "velero", name: "velero" };
const plugin = (cloud: string) => `docker.io/velero/velero-plugin-for-${cloud}:v1.14.0`;
const NOTHING = { annotations: {}, labels: {}, environment: [], volumes: [], volumeMounts: [], objects: [] };

/** An identity for Velero that may use the store, in the cluster's own cloud. */
export function backupAccess(scope: Construct, host: AddOnHost, backups: HostBackups): BackupAccess {
  const { own } = host;
  switch (own.cloud) {
    case "aws":
      return aws(scope, host, own, backups);
    case "azure":
      return azure(scope, host, own, backups);
    case "google":
      return google(scope, host, own, backups);
    case "existing":
      throw new Error(`add-on backup on ${host.face.name}: an existing cluster has no cloud of its own`);
  }
}

function aws(scope: Construct, host: AddOnHost, own: OwnAws, { store, prefix, restored }: HostBackups): BackupAccess {
  const bucket = `arn:${partitionOf(store.region)}:s3:::${store.name}`;
  const role = new PodIdentityRole(scope, "role", {
    provider: host.ownProvider(),
    name: `${host.name}-velero`,
    clusterName: own.foundation.clusterName,
    account: ACCOUNT,
    policy: backupsPolicy({ bucket, prefix, reads: restored?.prefix }),
    permissionsBoundaryArn: own.permissionsBoundaryArn,
    tags: host.tags,
  });
  return {
    ...NOTHING,
    plugin: plugin("aws"),
    location: { provider: "aws", bucket: store.name, config: { region: store.region } },
    driver: "ebs.csi.aws.com",
    ready: role.ready,
  };
}

/**
 * A file of settings without a secret, which Velero's plugin wants all the same (velero-io/velero#6510), in the name of the
 * node resource group; workload identity does the rest.
 */
function azure(scope: Construct, host: AddOnHost, own: OwnAzure, { store }: HostBackups): BackupAccess {
  const { azure: at } = store;
  if (!at) throw new Error(`add-on backup on ${host.face.name}: the store says nothing of its account`);
  const provider = host.ownProvider();
  const { foundation } = own;
  const identity = new AzureIdentity(scope, "identity", {
    provider,
    name: `${host.name}-velero`,
    resourceGroup: foundation.resourceGroup,
    location: foundation.location,
    issuer: host.face.oidcIssuer ?? "",
    account: ACCOUNT,
    // On the store's group. A key that signs links to logs is the account's to give, not a container's (Azure Storage REST,
    // "Get User Delegation Key"); and under the account's lock no right could be taken away any more (azurerm issue 11770).
    grants: [{ id: "store", scope: at.groupId, role: "Storage Blob Data Contributor" }],
    tags: host.tags,
  });
  const snapshots = new RoleAssignment(scope, "snapshots", {
    provider,
    scope: at.snapshotGroupId,
    roleDefinitionName: "Disk Snapshot Contributor",
    // the disk driver runs in the control plane, as the cluster
    principalId: foundation.identityPrincipalId,
    principalType: "ServicePrincipal",
  });
  const settings = [
    `AZURE_SUBSCRIPTION_ID=${at.subscriptionId}`,
    `AZURE_RESOURCE_GROUP=${foundation.clusterName}-nodes`,
    "AZURE_CLOUD_NAME=AzurePublicCloud",
    "",
  ].join("\n");
  return {
    plugin: plugin("microsoft-azure"),
    location: {
      provider: "azure",
      bucket: at.container,
      config: {
        resourceGroup: at.resourceGroup,
        storageAccount: store.name,
        subscriptionId: at.subscriptionId,
        // otherwise it asks for the account's keys, which are off
        useAAD: "true",
        storageAccountURI: `https://${store.name}.blob.core.windows.net`,
      },
    },
    annotations: {
      "azure.workload.identity/client-id": identity.clientId,
      "azure.workload.identity/tenant-id": own.tenantId,
    },
    labels: { "azure.workload.identity/use": "true" },
    environment: [{ name: "AZURE_CREDENTIALS_FILE", value: "/azure/settings" }],
    volumes: [{ name: "azure", configMap: { name: "velero-azure" } }],
    volumeMounts: [{ name: "azure", mountPath: "/azure", readOnly: true }],
    objects: [
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "velero-azure", namespace: ACCOUNT.namespace },
        data: { settings },
      },
    ],
    driver: "disk.csi.azure.com",
    snapshotParameters: { incremental: "true", resourceGroup: at.snapshotGroup },
    ready: [...identity.ready, snapshots],
  };
}

function google(scope: Construct, host: AddOnHost, own: OwnGoogle, { store }: HostBackups): BackupAccess {
  const provider = host.ownProvider();
  const identity = new GoogleIdentity(scope, "identity", {
    provider,
    name: `${host.name}-velero`,
    projectId: own.projectId,
    account: ACCOUNT,
    grants: [],
  });
  const member = `serviceAccount:${identity.email}`;
  const objects = new StorageBucketIamMember(scope, "store", {
    provider,
    bucket: store.name,
    role: "roles/storage.objectAdmin",
    member,
  });
  // links to logs are signed by the account itself (velero-plugin-for-gcp, README)
  const signer = new ServiceAccountIamMember(scope, "signer", {
    provider,
    serviceAccountId: `projects/${own.projectId}/serviceAccounts/${identity.email}`,
    role: "roles/iam.serviceAccountTokenCreator",
    member,
  });
  return {
    ...NOTHING,
    plugin: plugin("gcp"),
    location: { provider: "gcp", bucket: store.name, config: { serviceAccount: identity.email } },
    annotations: { "iam.gke.io/gcp-service-account": identity.email },
    driver: "pd.csi.storage.gke.io",
    ready: [...identity.ready, objects, signer],
  };
}
