import type { ChartName } from "../../model/add-ons";
import { CHARTS, installedCharts, releaseOf } from "../../model/add-ons/charts";
import type { Fleet } from "../../model/schema/fleet";
import { chosen, type Move, type Stay, type Upgrade } from "./moves";

/** The charts of add-ons, to the versions that this Meridian pins. What the fleet file pins itself stays. */
export function upgradeCharts(fleet: Fleet, clusters: readonly string[]): Upgrade {
  const moves: Move[] = [];
  const stays: Stay[] = [];
  for (const cluster of chosen(fleet, clusters)) {
    const held = fleet.pins?.[cluster.name]?.charts ?? {};
    for (const [name, { version }] of installedCharts(cluster)) {
      const pin = CHARTS[name as ChartName];
      const from = held[releaseOf(pin)];
      if (version !== undefined)
        stays.push({ cluster: cluster.name, why: `chart ${pin.chart} is pinned to ${version} by the fleet file` });
      else if (from !== undefined && from !== pin.version)
        moves.push({
          cluster: cluster.name,
          path: [],
          what: `chart ${pin.chart}`,
          from,
          to: pin.version,
          notes: [
            `installs ${pin.appVersion}`,
            ...(pin.note ? [pin.note] : []),
            ...(pin.endOfLife ? [`gets fixes until ${pin.endOfLife}`] : []),
          ],
          pin: { field: "charts", key: releaseOf(pin) },
        });
    }
    if (![...moves, ...stays].some((item) => item.cluster === cluster.name))
      stays.push({ cluster: cluster.name, why: "its charts are at this Meridian's versions already" });
  }
  return { moves, stays };
}
