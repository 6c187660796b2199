import type { Cluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";

/** Tags of what belongs to the fleet as a whole. */
export function fleetTags(fleet: Fleet): Record<string, string> {
  return { ...fleet.tags, fleet: fleet.name };
}

/** Tags of what belongs to one cluster: the fleet's, the cluster's own over them, and whose it is. */
export function clusterTags(fleet: Fleet, cluster: Cluster): Record<string, string> {
  return { ...fleet.tags, ...cluster.tags, fleet: fleet.name, cluster: cluster.name };
}
