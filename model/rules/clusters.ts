import type { Problem } from "../problems/problem";
import type { Cluster, MadeCluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";

/** The clusters that Meridian makes. */
export function madeClusters(fleet: Fleet): readonly MadeCluster[] {
  return fleet.clusters.filter((cluster): cluster is MadeCluster => cluster.cloud !== "existing");
}

/** A problem of a cluster, at a field of it. */
export function inCluster(cluster: Cluster, field: readonly (string | number)[], message: string): Problem {
  return { path: ["clusters", cluster.name, ...field], message };
}
