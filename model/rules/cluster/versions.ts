import { versionProblem } from "../../catalog/kubernetes-versions";
import { retentionProblem } from "../../catalog/log-retention";
import { longTermSupportProblem } from "../../limits/azure";
import { windowLengthProblem } from "../../limits/google";
import type { Problem, Rule } from "../../problems/problem";
import { inCluster, madeClusters } from "../clusters";

/** Maintenance windows that the cloud takes. */
export const maintenance: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => {
    const problem = cluster.cloud === "google" ? windowLengthProblem(cluster.maintenance.durationHours) : undefined;
    return problem === undefined ? [] : [inCluster(cluster, ["maintenance", "durationHours"], problem)];
  });

/** Kubernetes versions that the clouds still have. A retired cluster may be as old as it likes. */
export const versions: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster): Problem[] => {
    const problems: Problem[] = [];
    const version = cluster.retired ? undefined : versionProblem(cluster);
    if (version !== undefined) problems.push(inCluster(cluster, ["kubernetes"], version));
    const support =
      cluster.cloud === "azure" && cluster.azure.longTermSupport ? longTermSupportProblem(cluster.azure.tier) : undefined;
    if (support !== undefined) problems.push(inCluster(cluster, ["azure", "longTermSupport"], support));
    return problems;
  });

/** Control-plane logs are kept for a time that the cloud knows. */
export const logRetention: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => {
    if (cluster.cloud === "azure" && cluster.azure.logAnalyticsWorkspaceId !== undefined) return [];
    const problem = retentionProblem(cluster.cloud, cluster.logRetentionDays);
    return problem === undefined ? [] : [inCluster(cluster, ["logRetentionDays"], problem)];
  });
