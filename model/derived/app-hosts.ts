import type { Fleet } from "../schema/fleet";
import { clustersOf, membersOf } from "./members";

/** Host by which an application answers on one cluster alone. */
export const clusterHost = (fleet: Fleet, cluster: string, app: string): string => `${app}.${cluster}.${fleet.dns.zone}`;

/**
 * The hosts that an application answers to on a cluster: the cluster's own for it, and every public name that serves it
 * and leads there.
 */
export function hostsOf(fleet: Fleet, cluster: string, app: string): readonly string[] {
  const names = Object.entries(fleet.names).filter(
    ([key, spec]) => spec.app === app && clustersOf(membersOf(fleet, key, spec)).includes(cluster),
  );
  return [clusterHost(fleet, cluster, app), ...names.map(([key]) => (key === "@" ? fleet.dns.zone : `${key}.${fleet.dns.zone}`))];
}
