import { CHARTS, installedCharts, releaseOf } from "../../model/add-ons/charts";
import type { Problem } from "../../model/problems/problem";
import type { Fleet } from "../../model/schema/fleet";

/**
 * Charts whose version in the lock is older than this Meridian can make values for: it knows its own pin, and the one
 * before. What the fleet file pins itself is the user's.
 */
export function outdatedCharts(fleet: Fleet): readonly Problem[] {
  return fleet.clusters.flatMap((cluster) =>
    installedCharts(cluster).flatMap(([name, { version }]): Problem[] => {
      const pin = CHARTS[name];
      const held = fleet.pins?.[cluster.name]?.charts[releaseOf(pin)];
      const known = [pin.version, ...(pin.previous === undefined ? [] : [pin.previous])];
      if (version !== undefined || held === undefined || known.includes(held)) return [];
      return [
        {
          path: ["clusters", cluster.name, "addons"],
          message: `chart ${pin.chart} is at ${held} by the lock file, and this Meridian makes values for ${known.join(" and ")}: let it move first (npm run upgrade -- FLEET --clusters ${cluster.name} --only charts), or hold it by \`version: ${held}\` under its add-on`,
        },
      ];
    }),
  );
}
