import type { Pins } from "../../model/schema/fleet";
import type { ClusterFacts, Lock } from "./lock";

/** The versions that a lock holds for what the fleet file leaves open, by cluster. */
export function pinsOf(lock: Lock | undefined): Pins {
  return Object.fromEntries(
    Object.entries(lock?.clusters ?? {}).map(([name, { kubernetes, charts, eksAddons, pools }]) => [
      name,
      {
        ...(kubernetes !== undefined && { kubernetes }),
        charts: charts ?? {},
        eksAddons: eksAddons ?? {},
        images: textsOf(pools, "image"),
        pools: textsOf(pools, "kubernetes"),
      },
    ]),
  );
}

/** One field of every pool that has it. */
function textsOf(pools: ClusterFacts["pools"] = {}, field: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pools).flatMap(([pool, { [field]: value }]) => (typeof value === "string" ? [[pool, value] as const] : [])),
  );
}
