import type { MadeCluster } from "../schema/cluster";

/** Days that CloudWatch keeps a log group, by the API reference of PutRetentionPolicy. */
export const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Days that a Log Analytics workspace keeps, at least and at most (azurerm 4.55, azurerm_log_analytics_workspace). */
const LOG_ANALYTICS = { least: 30, most: 730 } as const;

/** Why a cloud can't keep control-plane logs that long; undefined where it can. GKE's are kept by the project's log buckets. */
export function retentionProblem(cloud: MadeCluster["cloud"], days: number): string | undefined {
  if (cloud === "aws" && !RETENTION_DAYS.includes(days)) {
    const next = RETENTION_DAYS.find((allowed) => allowed > days) ?? RETENTION_DAYS.at(-1);
    return `CloudWatch can't keep logs for ${days} days; the next that it can is ${next}, and all are ${RETENTION_DAYS.join(", ")}`;
  }
  if (cloud === "azure" && (days < LOG_ANALYTICS.least || days > LOG_ANALYTICS.most))
    return `Log Analytics keeps logs for ${LOG_ANALYTICS.least} to ${LOG_ANALYTICS.most} days, not ${days}`;
  return undefined;
}
