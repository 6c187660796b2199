import type { App } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import { databaseServers, primaryOf } from "./databases";
import { clusterZones } from "./zones";

/**
 * How many public IPv4 addresses a cluster's ingress has: known at synth, so that a record can be made for each. EKS
 * has one for each public subnet, AKS and GKE have one. 0: an existing cluster that is known by a host name.
 */
export function addressCount(cluster: Cluster): number {
  switch (cluster.cloud) {
    case "aws":
      return cluster.network.existing?.publicSubnetIds?.length ?? clusterZones(cluster).length;
    case "azure":
    case "google":
      return 1;
    case "existing":
      return cluster.existing.ingress.ips.length;
  }
}

/** Whether an existing cluster is known by a host name alone: no address, and no AWS load balancer that an alias leads to. */
export const isHostNamed = (cluster: Cluster): boolean =>
  cluster.cloud === "existing" && addressCount(cluster) === 0 && cluster.existing.ingress.zoneId === undefined;

/** How an entry of an application's `clusters` names several: by cloud, by label, or by where a database is written. */
const SELECTOR = /^(cloud|label|database):(.*)$/;

/**
 * Whether an entry of an application's `clusters` means a cluster: its name, `cloud:aws`, `label:key=value`, or
 * `database:tweets`, which is every cluster in the region where that database is written.
 */
export function selects(fleet: Fleet, entry: string, cluster: Cluster): boolean {
  const [, kind, value = ""] = SELECTOR.exec(entry) ?? [];
  if (kind === "cloud") return cluster.cloud === value;
  if (kind === "database") {
    const database = fleet.databases[value];
    return database?.cloud === cluster.cloud && primaryOf(databaseServers(database)).region === cluster.region;
  }
  if (kind === "label") return Object.entries(cluster.labels).some(([key, label]) => `${key}=${label}` === value);
  return cluster.name === entry;
}

/** Names of the clusters that an application runs on, in the order of the file. */
export function placementOf(fleet: Fleet, app: Pick<App, "clusters">): readonly string[] {
  return fleet.clusters
    .filter((cluster) => app.clusters?.some((entry) => selects(fleet, entry, cluster)) ?? true)
    .map(({ name }) => name);
}

/**
 * The applications of a cluster, by name: those that name it, and those that name none and so run everywhere. A retired
 * cluster keeps its own: they take traffic until the names have moved on, and are destroyed with its stacks.
 */
export function appsOn(fleet: Fleet, cluster: string): Readonly<Record<string, App>> {
  return Object.fromEntries(Object.entries(fleet.apps).filter(([, app]) => placementOf(fleet, app).includes(cluster)));
}

/** Whether an application is a stack of its own on each cluster: its image's tag is a variable there. */
export const hasTagVariable = (app: App): boolean => app.image?.tag === "variable";

/** Namespace of an application. */
export const namespaceOf = (name: string, app: Pick<App, "namespace">): string => app.namespace ?? name;
