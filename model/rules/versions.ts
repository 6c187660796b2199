import { versionProblem } from "../catalog/kubernetes-versions";
import { retentionProblem } from "../catalog/log-retention";
import type { Problem, Rule } from "../problem";
import { inCluster, madeClusters } from "./clusters";

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
