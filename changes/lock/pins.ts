import type { Pins } from "../../model/schema/fleet";
import type { Lock } from "./lock";

/** The versions that a lock holds for what the fleet file leaves open, by cluster. */
export function pinsOf(lock: Lock | undefined): Pins {
  return Object.fromEntries(
    Object.entries(lock?.clusters ?? {}).map(([name, { kubernetes, charts, pools }]) => [
      name,
      {
        ...(kubernetes !== undefined && { kubernetes }),
        charts: charts ?? {},
        pools: Object.fromEntries(
          Object.entries(pools ?? {}).flatMap(([pool, facts]) =>
            typeof facts.kubernetes === "string" ? [[pool, facts.kubernetes] as const] : [],
          ),
        ),
      },
    ]),
  );
}
