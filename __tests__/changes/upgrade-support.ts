import { stringify } from "yaml";
import type { Upgrade } from "../../changes/upgrade/moves";
import { parseFleet } from "../../model/reading/load";
import type { Fleet, Pins } from "../../model/schema/fleet";
import { type Data, over, SOUND } from "../model/support";

/** Pins of one cluster. */
export const own = (kubernetes: string, pools: Readonly<Record<string, string>> = {}) => ({
  kubernetes,
  pools,
  charts: {},
  eksAddons: {},
  images: {},
});

/** Pins of the sound fleet's clusters, all of one minor. */
export const at = (kubernetes: string): Pins => ({
  eks: own(kubernetes, { main: kubernetes }),
  aks: own(kubernetes, { main: kubernetes, system: kubernetes }),
  gke: own(kubernetes),
});

/** The sound fleet with versions of an earlier lock. */
export const fleet = (pins: Pins, changes: Data = {}): Fleet => parseFleet(stringify(over(SOUND, changes)), "f.yaml", pins);

/** What moves and what stays, a line each. */
export const said = ({ moves, stays }: Upgrade) => [
  ...moves.map(({ cluster, what, from, to }) => `${cluster}: ${what} ${from} → ${to}`),
  ...stays.map(({ cluster, why }) => `${cluster} stays: ${why}`),
];
