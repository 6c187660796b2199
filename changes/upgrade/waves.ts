import type { Problem } from "../../model/problems/problem";
import type { Fleet } from "../../model/schema/fleet";
import { minorOf, type Stay, type Upgrade } from "./moves";

/** The part of an upgrade that is one wave's. */
export interface Wave extends Upgrade {
  /** @default - no wave has anything to move */
  readonly name?: string;
}

/**
 * The next wave: the first that has something to move, of the clusters that are furthest behind. One that can't move is
 * passed over with its reason, and stops nobody; once it can, it is the first to be moved.
 */
export function nextWave(fleet: Fleet, { moves, stays }: Upgrade): Wave {
  const waves = Object.entries(fleet.waves);
  const inWaves = new Set(waves.flatMap(([, clusters]) => clusters));
  const planes = moves.filter(({ pin, cluster }) => pin.field === "kubernetes" && inWaves.has(cluster));
  const furthest = Math.min(...planes.map(({ from }) => minorOf(from)));
  const due = moves.filter(({ pin, from }) => pin.field !== "kubernetes" || minorOf(from) === furthest);
  const [name, clusters] = waves.find(([, names]) => due.some(({ cluster }) => names.includes(cluster))) ?? [];
  const without = fleet.clusters.flatMap((cluster): Stay[] =>
    inWaves.has(cluster.name) || cluster.retired ? [] : [{ cluster: cluster.name, why: "it is in no wave" }],
  );
  if (name === undefined || clusters === undefined) return { moves: [], stays: [...stays, ...without] };
  return {
    name,
    moves: due.filter(({ cluster }) => clusters.includes(cluster)),
    stays: [...stays.filter(({ cluster }) => clusters.includes(cluster)), ...without],
  };
}

/** The rest of a wave, where synth refuses what some of its clusters would do. undefined where it is of none of them. */
export function withoutRefused(wave: Wave, problems: readonly Problem[]): Wave | undefined {
  const clusters = new Set(wave.moves.map(({ cluster }) => cluster));
  const stuck = problems.map(
    ({ path, message }): Stay => ({ cluster: path[0] === "clusters" ? String(path[1]) : "", why: message }),
  );
  if (stuck.some(({ cluster }) => !clusters.has(cluster))) return undefined;
  return {
    ...wave,
    moves: wave.moves.filter(({ cluster }) => !stuck.some((stay) => stay.cluster === cluster)),
    stays: [...wave.stays, ...stuck],
  };
}
