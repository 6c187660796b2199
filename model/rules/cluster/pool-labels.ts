import { keyProblem, taintProblem, valueProblem } from "../../limits/kubernetes";
import type { Problem } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import type { Pool } from "../../schema/pool";
import { inCluster } from "../clusters";

/** Labels and taints by Kubernetes' rules, which the providers don't check before apply. */
export function labelProblems(cluster: MadeCluster, pool: string, { labels, taints }: Pool): readonly Problem[] {
  const at = (field: readonly (string | number)[], message: string, atKey = false) => ({
    ...inCluster(cluster, ["pools", pool, ...field], message),
    ...(atKey && { atKey }),
  });
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(labels)) {
    const wrong = keyProblem(key);
    if (wrong !== undefined) problems.push(at(["labels", key], wrong, true));
    const wrongValue = valueProblem(value);
    if (wrongValue !== undefined) problems.push(at(["labels", key], wrongValue));
  }
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, index) => {
    const wrong = keyProblem(key);
    if (wrong !== undefined) problems.push(at(["taints", index, "key"], wrong));
    const wrongValue = wrong === undefined ? taintProblem({ key, value, effect }, cluster.cloud) : valueProblem(value);
    if (wrongValue !== undefined) problems.push(at(value === "" ? ["taints", index] : ["taints", index, "value"], wrongValue));
    if (seen.has(`${key}:${effect}`)) problems.push(at(["taints", index], `the taint '${key}' with ${effect} stands here twice`));
    seen.add(`${key}:${effect}`);
  });
  return problems;
}
