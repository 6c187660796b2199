import { appValues } from "../../model/derived/app-values";
import { placementOf } from "../../model/derived/placement";
import type { Fleet } from "../../model/schema/fleet";

/** An application that keeps data on several clusters, or whose chart may. */
export interface Apart {
  readonly app: string;
  readonly clusters: readonly string[];
  /** Whether it keeps any for sure: of somebody's chart that isn't known here. */
  readonly keeps: boolean;
}

/** Applications whose clusters each keep data of their own: no volume is copied from one cluster to another. */
export function apartOf(fleet: Fleet): readonly Apart[] {
  return Object.entries(fleet.apps).flatMap(([name, app]) => {
    const placed = placementOf(fleet, app);
    const keeps = app.chart === undefined;
    const clusters = fleet.clusters
      .filter((cluster) => placed.includes(cluster.name) && (!keeps || appValues(fleet, cluster, name, app).volume !== undefined))
      .map((cluster) => cluster.name);
    return clusters.length > 1 ? [{ app: name, clusters, keeps }] : [];
  });
}
