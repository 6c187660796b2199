import type { Rule } from "../problem";
import { inCluster, madeClusters } from "./clusters";

/** GKE wants 48 hours of windows in any 32 days; a weekly one opens four times in such a stretch for certain (GKE docs, maintenance windows). */
const GKE_LEAST_HOURS = 12;

/** Maintenance windows that the cloud takes. */
export const maintenance: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => {
    const { durationHours } = cluster.maintenance;
    if (cluster.cloud !== "google" || durationHours >= GKE_LEAST_HOURS) return [];
    return [
      inCluster(
        cluster,
        ["maintenance", "durationHours"],
        `${durationHours} hours a week are too few for GKE, which wants 48 hours in any 32 days: ${GKE_LEAST_HOURS} to 24`,
      ),
    ];
  });
