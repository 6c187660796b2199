import type { TerraformProvider } from "cdktf";
import type { EntryLocation } from "../../constructs/backing/entries/location";
import { literalDeep } from "../../constructs/cdktf/escape";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AddOnHost, HostBackups } from "../../constructs/priming/host";
import type { RemoteOutputs } from "../../constructs/state";
import { backupAzure, backupEntry, backupName, backupStoreOf } from "../../model/derived/backups";
import { clusterName, shorten, shortHash, stackIds } from "../../model/derived/names";
import type { BackupStore } from "../../model/schema/backups";
import type { Cluster } from "../../model/schema/cluster";
import type { ClusterStack } from "../cluster-stack";
import type { FleetStack } from "../fleet-stack";
import { readerCluster } from "./host-databases";

/** The store that a cluster's backups go to, and whose backup it begins with. */
export function hostBackups(
  stack: FleetStack,
  cluster: Cluster,
  producer: ClusterStack,
  outputs: RemoteOutputs,
  provider: () => TerraformProvider | undefined,
): AddOnHost["backups"] {
  const { fleet } = stack.context;
  const [key, store] = backupStoreOf(fleet, cluster) ?? [];
  if (key === undefined || store === undefined) return undefined;
  stack.after(stackIds.backup(fleet.name, key));
  return {
    cluster: readerCluster(stack, cluster, producer, outputs, provider()),
    store: {
      name: backupName(fleet.name, key, store),
      region: store.region,
      ...(store.azure && { azure: azureStore(fleet.name, key, store, store.azure.subscriptionId) }),
    },
    password: { entry: backupEntry(fleet.name, key), location: passwordLocation(fleet.name, key, store) },
    prefix: clusterName(fleet.name, cluster.name),
    restored: literalDeep(restored(fleet.name, cluster)),
  };
}

function azureStore(fleet: string, key: string, store: BackupStore, subscriptionId: string): HostBackups["store"]["azure"] {
  const snapshotGroup = backupAzure.snapshotGroup(fleet, key);
  return {
    subscriptionId,
    resourceGroup: backupAzure.group(fleet, key),
    container: backupAzure.container,
    groupId: backupAzure.id(store, backupAzure.group(fleet, key)),
    snapshotGroup,
    snapshotGroupId: backupAzure.id(store, snapshotGroup),
  };
}

function passwordLocation(fleet: string, key: string, store: BackupStore): EntryLocation {
  const { cloud, region, aws, azure, google } = store;
  if (cloud === "aws" && aws) return { cloud, partition: partitionOf(region), region, accountId: aws.accountId };
  if (cloud === "azure" && azure) return { cloud, vaultId: backupAzure.vaultId(fleet, key, store), tenantId: azure.tenantId };
  if (cloud === "google" && google) return { cloud, projectId: google.projectId };
  throw new Error(`backup store ${key} has no account: the fleet was not loaded by loadFleet`);
}

function restored(fleet: string, { addons }: Cluster): HostBackups["restored"] {
  const { restore } = addons.backup;
  if (!restore) return undefined;
  const { cluster, backup, namespaces } = restore;
  return {
    name: shorten(`${cluster}-${backup}-${shortHash(`${namespaces?.join() ?? "*"}`)}`, 60),
    location: `from-${cluster}`,
    prefix: clusterName(fleet, cluster),
    backup,
    namespaces,
  };
}
