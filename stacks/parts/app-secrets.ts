import type { TerraformProvider } from "cdktf";
import type { EntryLocation, ReadableEntries } from "../../constructs/backing/entries/location";
import { literalDeep } from "../../constructs/cdktf/escape";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AddOnHost } from "../../constructs/priming/host";
import type { RemoteOutputs } from "../../constructs/state";
import { type AppSecret, appSecrets, type EntryStore } from "../../model/derived/app-secrets";
import { appsOn, namespaceOf } from "../../model/derived/placement";
import { hasServers, serverShared } from "../../model/derived/servers";
import type { Cluster } from "../../model/schema/cluster";
import type { ClusterStack } from "../cluster-stack";
import type { FleetStack } from "../fleet-stack";
import { entryLocation, readerCluster } from "./host-databases";

/** Name of the SecretStore that gives the entries of a place. */
export function storeName(store: EntryStore): string {
  switch (store.of) {
    case "database":
      return `database-${store.key}`;
    case "servers":
      return "servers";
    case "cloud":
      return "secrets";
  }
}

/** The entries that the namespaces of a cluster's applications may read, and no others. */
export function hostAppSecrets(
  stack: FleetStack,
  cluster: Cluster,
  producer: ClusterStack,
  outputs: RemoteOutputs,
  provider: () => TerraformProvider | undefined,
): AddOnHost["appSecrets"] {
  const { fleet } = stack.context;
  const namespaces = new Map<string, AppSecret[]>();
  for (const [name, app] of Object.entries(appsOn(fleet, cluster.name))) {
    const secrets = appSecrets(fleet, cluster, name, app);
    const namespace = namespaceOf(name, app);
    if (secrets.length > 0) namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), ...secrets]);
  }
  if (namespaces.size === 0) return undefined;
  return {
    cluster: readerCluster(stack, cluster, producer, outputs, provider()),
    namespaces: [...namespaces.keys()]
      .sort()
      .map((namespace) => ({ namespace, reads: readsOf(stack, cluster, namespaces.get(namespace)!) })),
  };
}

function readsOf(stack: FleetStack, cluster: Cluster, secrets: readonly AppSecret[]): readonly ReadableEntries[] {
  const stores = new Map(secrets.map(({ store }) => [storeName(store), store]));
  return [...stores.keys()].sort().map((name) => ({
    store: name,
    location: locationOf(stack, cluster, stores.get(name)!),
    entries: [...new Set(secrets.filter((one) => storeName(one.store) === name).map(({ entry }) => entry))].sort(),
  }));
}

function locationOf(stack: FleetStack, cluster: Cluster, store: EntryStore): EntryLocation {
  const { fleet, text } = stack.context;
  switch (store.of) {
    case "database":
      return entryLocation(fleet.name, store.key, text.databases[store.key]!);
    case "servers":
      if (!hasServers(cluster)) throw new Error(`cluster ${cluster.name} has no servers: the fleet was not loaded by loadFleet`);
      return {
        cloud: "azure",
        vaultId: serverShared.vaultId(fleet.name, literalDeep(cluster)),
        tenantId: literalDeep(cluster.azure.tenantId),
      };
    case "cloud":
      return ownLocation(literalDeep(cluster));
  }
}

/** The secret store of a cluster's own cloud. */
function ownLocation(cluster: Cluster): EntryLocation {
  switch (cluster.cloud) {
    case "aws": {
      const { region, aws } = cluster;
      return { cloud: "aws", partition: partitionOf(region), region, accountId: aws.accountId };
    }
    case "azure": {
      const { keyVaultId } = cluster.addons.externalSecrets;
      if (keyVaultId === undefined)
        throw new Error(`cluster ${cluster.name} has no key vault: the fleet was not loaded by loadFleet`);
      return { cloud: "azure", vaultId: keyVaultId, tenantId: cluster.azure.tenantId };
    }
    case "google":
      return { cloud: "google", projectId: cluster.google.projectId };
    case "existing":
      throw new Error(`cluster ${cluster.name} has no secret store: the fleet was not loaded by loadFleet`);
  }
}
