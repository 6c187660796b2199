import type { Cluster, GoogleCluster } from "../schema/cluster";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";
import type { Registry } from "../schema/registries";
import { mayPull, networkOfSubnet } from "./registries";

/**
 * Networks that exist, which several clusters may be in. What they reach by it is attached once, by the stack of what is
 * reached; where in the network, the first of the clusters says.
 */

export interface AzureNetwork {
  readonly networkId: string;
  /** The subnet that endpoints are in. */
  readonly subnetId: string;
  readonly location: string;
}

export interface GoogleNetwork {
  /** Its name in the project of the clusters, or else its path. */
  readonly id: string;
  readonly path: string;
  readonly first: GoogleCluster;
}

function firsts<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(keyOf(one))) found.set(keyOf(one), one);
  return [...found.values()];
}

const subnets = (clusters: readonly Cluster[]): readonly AzureNetwork[] =>
  clusters.flatMap((cluster) => {
    const subnetId = cluster.cloud === "azure" ? cluster.network.existing?.subnetId : undefined;
    return subnetId === undefined ? [] : [{ networkId: networkOfSubnet(subnetId), subnetId, location: cluster.region ?? "" }];
  });

/** Azure writes ids in any case. */
const azureNetworks = (all: readonly AzureNetwork[]) => firsts(all, ({ networkId }) => networkId.toLowerCase());

function googleNetworks(clusters: readonly Cluster[]): readonly GoogleNetwork[] {
  const all = clusters.flatMap((cluster): GoogleNetwork[] => {
    const spelt = cluster.cloud === "google" ? cluster.network.existing?.network : undefined;
    if (cluster.cloud !== "google" || spelt === undefined) return [];
    const own = `projects/${cluster.google.projectId}/global/networks/`;
    const path = spelt.includes("/") ? spelt.replace(/^https:\/\/[^/]+\/compute\/v1\//, "") : own + spelt;
    return [{ id: path.startsWith(own) ? path.slice(own.length) : path, path, first: cluster }];
  });
  return firsts(all, ({ path }) => path);
}

/** The clusters that may connect to a database, in the order of its list. */
const attached = ({ clusters }: Fleet, database: Database): readonly Cluster[] =>
  database.clusters.flatMap((name) => clusters.find((cluster) => cluster.name === name) ?? []);

export const azureDatabaseNetworks = (fleet: Fleet, database: Database): readonly AzureNetwork[] =>
  azureNetworks(subnets(attached(fleet, database)));

export const googleDatabaseNetworks = (fleet: Fleet, database: Database): readonly GoogleNetwork[] =>
  googleNetworks(attached(fleet, database));

/** Of a private registry: the network that is pushed from, and those of clusters that may pull. */
export function registryNetworks(fleet: Fleet, key: string, registry: Registry): readonly AzureNetwork[] {
  const { access, ci, region = "" } = registry;
  if (access !== "private") return [];
  const pushes = ci ? [{ networkId: networkOfSubnet(ci.subnetId), subnetId: ci.subnetId, location: ci.region ?? region }] : [];
  return azureNetworks([...pushes, ...subnets(fleet.clusters.filter((cluster) => mayPull(fleet, key, cluster)))]);
}

/** Where the ways into networks that exist are: `<network> <subnet>`, or on Google `<network> <place in the list of clusters>`. */
export function databaseWays(fleet: Fleet, database: Database): readonly string[] {
  if (database.cloud === "google")
    return googleDatabaseNetworks(fleet, database).map(({ path, first }) => `${path} ${database.clusters.indexOf(first.name)}`);
  return database.cloud === "azure" ? azureDatabaseNetworks(fleet, database).map(subnetOf) : [];
}

export const registryWays = (fleet: Fleet, key: string, registry: Registry): readonly string[] =>
  registryNetworks(fleet, key, registry).map(subnetOf);

const subnetOf = ({ networkId, subnetId }: AzureNetwork): string =>
  `${networkId} ${subnetId.slice(subnetId.lastIndexOf("/") + 1)}`.toLowerCase();
