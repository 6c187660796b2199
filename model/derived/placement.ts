import type { App } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
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

/**
 * The applications of a cluster, by name: those that name it, and those that name none and so run everywhere. A retired
 * cluster keeps its own: they take traffic until the names have moved on, and are destroyed with its stacks.
 */
export function appsOn(fleet: Fleet, cluster: string): Readonly<Record<string, App>> {
  return Object.fromEntries(Object.entries(fleet.apps).filter(([, app]) => app.clusters?.includes(cluster) ?? true));
}
