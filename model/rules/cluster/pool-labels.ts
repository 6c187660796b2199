import type { Problem } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import type { Pool } from "../../schema/pool";
import { inCluster } from "../clusters";

/** A name as Kubernetes spells label values, and the last part of label and taint keys. */
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Domains whose labels Kubernetes and the clouds give themselves; a kubelet may not set them. */
const TAKEN = /(^|\.)(kubernetes\.io|k8s\.io|kubernetes\.azure\.com|cloud\.google\.com|eks\.amazonaws\.com)$/;

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
    if (value !== "" && !NAME.test(value)) problems.push(at(["labels", key], valueProblem(value)));
  }
  const seen = new Set<string>();
  taints.forEach(({ key, value, effect }, index) => {
    const wrong = keyProblem(key);
    if (wrong !== undefined) problems.push(at(["taints", index, "key"], wrong));
    if (value === "" && cluster.cloud === "azure")
      problems.push(at(["taints", index], `AKS wants a value for the taint '${key}', for instance 'true'`));
    else if (value !== "" && !NAME.test(value)) problems.push(at(["taints", index, "value"], valueProblem(value)));
    if (seen.has(`${key}:${effect}`)) problems.push(at(["taints", index], `the taint '${key}' with ${effect} stands here twice`));
    seen.add(`${key}:${effect}`);
  });
  return problems;
}

function keyProblem(key: string): string | undefined {
  const slash = key.lastIndexOf("/");
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (!NAME.test(key.slice(slash + 1)) || (prefix !== undefined && (prefix.length > 253 || !PREFIX.test(prefix))))
    return `'${key}' is no key for Kubernetes: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, and before it perhaps a domain and '/'`;
  if (prefix !== undefined && TAKEN.test(prefix))
    return `'${prefix}' belongs to Kubernetes and the clouds: take a domain of your own`;
  return undefined;
}

const valueProblem = (value: string) =>
  `'${value}' is no value for Kubernetes: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit`;
