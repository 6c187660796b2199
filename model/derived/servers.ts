import { createHash } from "node:crypto";
import { DEFAULT_VERSIONS } from "../limits/databases";
import { NFS_SHARE, SERVER_PORTS } from "../limits/servers";
import type { AzureCluster, Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import type { Server } from "../schema/servers";
import { azureLayout } from "./addresses";
import { addressAt, isCidr, size } from "./cidr";
import { clusterName, shortHash } from "./names";

/** Clusters that have servers. */
export type ServerCluster = AzureCluster;

export const hasServers = (cluster: Cluster): cluster is ServerCluster =>
  cluster.cloud === "azure" && Object.keys(cluster.servers).length > 0;

/** The clusters with servers in one region: they share what outlives each of them. */
export function serverRegions(fleet: Fleet): ReadonlyMap<string, readonly ServerCluster[]> {
  const regions = new Map<string, ServerCluster[]>();
  for (const cluster of fleet.clusters.filter(hasServers))
    regions.set(cluster.region, [...(regions.get(cluster.region) ?? []), cluster]);
  return regions;
}

/** The subnet that servers are in. @returns undefined where the cluster's network has none of its own */
export function serverSubnet({ network }: Pick<ServerCluster, "network">): string | undefined {
  const { cidr, nodes, pods, services, existing } = network;
  return existing || cidr === undefined || !isCidr(cidr) ? undefined : azureLayout({ cidr, nodes, pods, services }).data;
}

/**
 * The static address of a server. The upper half of the subnet is theirs, since private endpoints take the lowest free
 * address; which one, the key alone says, so that another server moves none.
 */
export function serverAddress(
  cluster: Pick<ServerCluster, "network">,
  key: string,
  { address }: Pick<Server, "address">,
): string {
  if (address !== undefined) return address;
  const subnet = serverSubnet(cluster);
  if (subnet === undefined) throw new Error(`server ${key} has no subnet: the fleet was not loaded by loadFleet`);
  const half = size(subnet) / 2;
  const number = Number.parseInt(createHash("sha1").update(key).digest("hex").slice(0, 8), 16);
  return addressAt(subnet, half + (number % (half - 1)));
}

/** Name of a server, its disk, and of the snapshot that it was made from. */
export const serverName = (fleet: string, cluster: string, key: string): string => `${clusterName(fleet, cluster)}-${key}`;

/** Resource id of a server's data disk, in the group of its cluster. */
export function serverDiskId(of: {
  readonly subscriptionId: string;
  readonly fleet: string;
  readonly cluster: string;
  readonly server: string;
}): string {
  const { subscriptionId, fleet, cluster, server } = of;
  return `/subscriptions/${subscriptionId}/resourceGroups/${clusterName(fleet, cluster)}/providers/Microsoft.Compute/disks/${serverName(fleet, cluster, server)}`;
}

/** What a server's disk is made from, in a few words. */
export function serverSource(key: string, { disk }: Pick<Server, "disk">): string {
  const { restoreFrom } = disk;
  if (!restoreFrom) return "empty";
  if (restoreFrom.snapshot !== undefined) return restoreFrom.snapshot;
  return [restoreFrom.fleet, restoreFrom.cluster, restoreFrom.server ?? key].filter((part) => part !== undefined).join(" ");
}

export const serverVersion = ({ version }: Server): string => version ?? DEFAULT_VERSIONS.postgres;

/** The databases of a PostgreSQL server; of another none. */
export const serverDatabases = ({ role, databases }: Server): readonly string[] =>
  role === "postgres" ? (databases ?? ["app"]) : [];

/** What the passwords of a server are kept under: all generations have the same. */
export const serverLogin = (key: string, { login }: Server): string => login ?? key;

/** The entry of one password, in the vault that outlives clusters. */
export const passwordEntry = (fleet: string, login: string, database: string): string => `${fleet}-login-${login}-${database}`;

/** An entry that an application reads: a JSON object with host, port, database, username, password and uri. */
export interface ServerEntry {
  readonly name: string;
  /** Key of the server in its cluster. */
  readonly server: string;
  readonly database: string;
  /** The server's static address. */
  readonly host: string;
  /** Entry of the password. */
  readonly password: string;
  readonly passwordVersion: number;
}

/** The entry that leads to one database of a cluster's server. */
export const serverEntry = (fleet: string, cluster: string, server: string, database: string): string =>
  `${fleet}-server-${cluster}-${server}-${database}`;

/** All entries of a cluster's servers. A server in a range that a rule refuses has no address, and so none. */
export function serverEntries(fleet: string, cluster: Cluster): readonly ServerEntry[] {
  if (!hasServers(cluster)) return [];
  const placed = Object.entries(cluster.servers).filter(
    ([, { address }]) => address !== undefined || serverSubnet(cluster) !== undefined,
  );
  return placed.flatMap(([key, server]) =>
    serverDatabases(server).map((database) => ({
      name: serverEntry(fleet, cluster.name, key, database),
      server: key,
      database,
      host: serverAddress(cluster, key, server),
      password: passwordEntry(fleet, serverLogin(key, server), database),
      passwordVersion: server.passwordVersion,
    })),
  );
}

/**
 * How often each password was made, by the name that it is kept under: generations share one, and the highest number that
 * any of them says counts.
 */
export function passwordVersions(entries: readonly ServerEntry[]): ReadonlyMap<string, number> {
  const versions = new Map<string, number>();
  for (const { password, passwordVersion } of entries)
    versions.set(password, Math.max(versions.get(password) ?? 1, passwordVersion));
  return versions;
}

/** Names of what the servers of a region share: a vault, and the resource groups of vaults and snapshots. */
export const serverShared = {
  resourceGroup: (fleet: string, region: string) => `${fleet}-servers-${region}`,
  snapshotGroup: (fleet: string, region: string) => `${fleet}-snapshots-${region}`,
  /** 3 to 24 characters, unique in the world. */
  vault: (fleet: string, region: string) => `${fleet}-${shortHash(`servers ${fleet} ${region}`)}`,
  backupVault: (fleet: string, region: string) => `${fleet}-servers-${region}`,
  vaultId: (fleet: string, { region, azure }: ServerCluster) =>
    `/subscriptions/${azure.subscriptionId}/resourceGroups/${serverShared.resourceGroup(fleet, region)}/providers/Microsoft.KeyVault/vaults/${serverShared.vault(fleet, region)}`,
  backupVaultId: (fleet: string, { region, azure }: ServerCluster) =>
    `/subscriptions/${azure.subscriptionId}/resourceGroups/${serverShared.resourceGroup(fleet, region)}/providers/Microsoft.DataProtection/backupVaults/${serverShared.backupVault(fleet, region)}`,
  snapshotGroupId: (fleet: string, { region, azure }: ServerCluster) =>
    `/subscriptions/${azure.subscriptionId}/resourceGroups/${serverShared.snapshotGroup(fleet, region)}`,
} as const;

/** A cluster whose storage class `nfs` leads to its own NFS server, where it has one and the file names no other. */
export function withOwnNfs(cluster: Cluster): Cluster {
  if (!hasServers(cluster) || cluster.addons.storage.nfs) return cluster;
  const [key, server] = Object.entries(cluster.servers).find(([, { role }]) => role === "nfs") ?? [];
  if (key === undefined || server === undefined || serverSubnet(cluster) === undefined) return cluster;
  const nfs = { server: serverAddress(cluster, key, server), share: NFS_SHARE };
  return { ...cluster, addons: { ...cluster.addons, storage: { ...cluster.addons.storage, nfs } } };
}

export const serverPort = ({ role }: Server): number => SERVER_PORTS[role];
