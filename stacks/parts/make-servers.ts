import { ServersExit } from "../../constructs/backing/servers/network";
import { AzureServer } from "../../constructs/backing/servers/server";
import { literalDeep } from "../../constructs/cdktf/escape";
import { dataSubnet } from "../../constructs/clusters/aks/data-subnet";
import { azureLayout } from "../../model/derived/addresses";
import { clusterName, stackIds } from "../../model/derived/names";
import {
  hasServers,
  passwordEntry,
  type ServerCluster,
  serverAddress,
  serverDatabases,
  serverDiskId,
  serverLogin,
  serverName,
  serverPort,
  serverShared,
  serverVersion,
} from "../../model/derived/servers";
import { clusterZones } from "../../model/derived/zones";
import type { Cluster } from "../../model/schema/cluster";
import type { Server } from "../../model/schema/servers";
import type { FleetStack } from "../fleet-stack";
import { BACKUP_PRINCIPAL } from "../servers-stack";
import type { ClusterNetwork } from "./make-cluster";

/** The servers of a cluster, in its own network and state: they come and go with it. */
export function makeServers(
  stack: FleetStack,
  cluster: Cluster,
  network: ClusterNetwork | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  if (!hasServers(cluster)) return;
  const { fleet } = stack.context;
  const { cidr, nodes, pods, services } = cluster.network;
  if (network?.cloud !== "azure" || cidr === undefined)
    throw new Error(`cluster ${cluster.name} has no network for servers: the fleet was not loaded by loadFleet`);
  afterSources(stack, cluster);
  const outputs = stack.read("servers", stackIds.servers(fleet.name, cluster.region));
  const ranges = { cidr, nodes, pods, services };
  const subnet = dataSubnet(stack, { resourceGroup: network.resourceGroup, network: network.networkName, ranges });
  const place = {
    clusterName: clusterName(fleet.name, cluster.name),
    resourceGroup: network.resourceGroup,
    location: network.location,
    subnetId: subnet.id,
    tags,
  };
  const exit = new ServersExit(stack, "servers-exit", place);
  const shared = {
    snapshotGroup: serverShared.snapshotGroup(fleet.name, cluster.region),
    backupVaultId: serverShared.backupVaultId(fleet.name, cluster),
    backupPrincipalId: outputs.getString(BACKUP_PRINCIPAL),
    vaultId: serverShared.vaultId(fleet.name, cluster),
  };
  for (const [key, server] of Object.entries(cluster.servers)) {
    const databases = serverDatabases(server);
    const login = serverLogin(key, server);
    new AzureServer(stack, `server-${key}`, {
      ...place,
      server: literalDeep(server),
      start: {
        name: serverName(fleet.name, cluster.name, key),
        server,
        address: serverAddress(cluster, key, server),
        nodes: azureLayout(ranges).nodes,
        version: serverVersion(server),
        databases,
        vault: serverShared.vault(fleet.name, cluster.region),
        logins: `${fleet.name}-login-${login}`,
      },
      port: serverPort(server),
      zone: clusterZones(cluster)[0],
      source: literalDeep(sourceOf(fleet.name, cluster, key, server)),
      shared,
      passwords: databases.map((database) => passwordEntry(fleet.name, login, database)),
      deletionProtection: cluster.deletionProtection,
      after: exit.ready,
    });
  }
}

/** What a disk is made from. */
function sourceOf(fleet: string, cluster: ServerCluster, key: string, { disk }: Server) {
  const { restoreFrom } = disk;
  if (!restoreFrom) return undefined;
  if (restoreFrom.snapshot !== undefined) return { snapshot: restoreFrom.snapshot };
  return {
    disk: serverDiskId({
      subscriptionId: restoreFrom.subscriptionId ?? cluster.azure.subscriptionId,
      fleet: restoreFrom.fleet ?? fleet,
      cluster: restoreFrom.cluster!,
      server: restoreFrom.server ?? key,
    }),
  };
}

/** The other generation is fenced by its own stack, which is applied first: only then the snapshot has everything. */
function afterSources(stack: FleetStack, cluster: ServerCluster): void {
  const { fleet, stacks } = stack.context;
  for (const { disk } of Object.values(cluster.servers)) {
    const { restoreFrom } = disk;
    const here = restoreFrom?.fleet === undefined || restoreFrom.fleet === fleet.name;
    if (!here || restoreFrom?.cluster === undefined) continue;
    const id = stackIds.cluster(fleet.name, restoreFrom.cluster);
    if (stacks.has(id)) stack.after(id);
  }
}
