import { poolMachines } from "../../../model/catalog/machines";
import { shorten, shortHash } from "../../../model/derived/names";
import type { Taint } from "../../../model/schema/pool";
import type { GkePool } from "./props";

/** GKE's limit for the name of a pool. The provider takes anything. */
const MAX_POOL_NAME = 40;

/** A pool with its defaults, as those of the fleet file. */
export function poolSettings(pool: GkePool, clusterZones: readonly string[] | undefined) {
  const architecture = pool.architecture ?? "amd64";
  const max = pool.max ?? 6;
  const zones = (pool.zones ?? clusterZones)?.slice(0, max);
  const min = pool.min ?? 2;
  return {
    machine: poolMachines("google", { machines: pool.machines, architecture })[0],
    architecture,
    min,
    max,
    // A pool that may be smaller than its zones are many stays in the first of them: it starts with a node in each.
    zones,
    initialPerZone: initialPerZone(min, max, zones?.length ?? Math.min(3, max)),
    spot: pool.spot ?? false,
    diskGib: pool.diskGib ?? 100,
    maxPods: pool.maxPods ?? 110,
    labels: pool.labels ?? {},
    taints: pool.taints ?? [],
  };
}

/**
 * Nodes that each zone of a new pool starts with: GKE counts by zone here, by pool everywhere else. Never 0, which the
 * provider takes for "not given"; the autoscaler takes an empty pool's first nodes away again.
 */
function initialPerZone(min: number, max: number, zones: number): number {
  const enough = Math.ceil(min / zones);
  return Math.max(1, enough * zones <= max ? enough : Math.floor(min / zones));
}

/**
 * The name of a pool: its key and a hash of what GKE can't change in place. A change of it makes a pool of another
 * name, so that the new one can stand before the old one goes.
 */
export function poolName(key: string, immutable: object): string {
  return `${shorten(key, MAX_POOL_NAME - 7)}-${shortHash(JSON.stringify(immutable))}`;
}

const EFFECTS = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

/** A taint as GKE spells it. */
export function googleTaint(taint: Taint): { key: string; value: string; effect: string } {
  return { key: taint.key, value: taint.value, effect: EFFECTS[taint.effect] };
}
