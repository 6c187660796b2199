import { versionProblem } from "../../catalog/kubernetes-versions";
import { retentionProblem } from "../../catalog/log-retention";
import type { Problem, Rule } from "../../problems/problem";
import { inCluster, madeClusters } from "../clusters";

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

/** Kubernetes versions that the clouds still have. A retired cluster may be as old as it likes. */
export const versions: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster): Problem[] => {
    const problems: Problem[] = [];
    const version = cluster.retired ? undefined : versionProblem(cluster);
    if (version !== undefined) problems.push(inCluster(cluster, ["kubernetes"], version));
    if (cluster.cloud === "azure" && cluster.azure.longTermSupport && cluster.azure.tier !== "Premium")
      problems.push(
        inCluster(
          cluster,
          ["azure", "longTermSupport"],
          `long-term support needs \`tier: Premium\`, and this one is ${cluster.azure.tier}`,
        ),
      );
    return problems;
  });

/** Control-plane logs are kept for a time that the cloud knows. */
export const logRetention: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => {
    if (cluster.cloud === "azure" && cluster.azure.logAnalyticsWorkspaceId !== undefined) return [];
    const problem = retentionProblem(cluster.cloud, cluster.logRetentionDays);
    return problem === undefined ? [] : [inCluster(cluster, ["logRetentionDays"], problem)];
  });
