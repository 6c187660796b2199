import { poolMachines } from "../../catalog/machines";
import type { Problem, Rule } from "../../problems/problem";
import type { AwsCluster } from "../../schema/cluster";
import type { Pool } from "../../schema/pool";
import { inCluster } from "../clusters";

/**
 * The machines of an EKS pool are of equal size where the cluster autoscaler scales it: it judges by the first of them
 * what a new node would hold. In a smaller one, a pod that the node was made for finds no room; of a larger one, part is
 * paid for nothing (EKS Best Practices, "Cluster Autoscaler": similar CPU and memory within a node group).
 */
export const equalMachines: Rule = ({ clusters }) =>
  clusters.flatMap((cluster) =>
    cluster.cloud === "aws" && cluster.addons.clusterAutoscaler.enabled
      ? Object.entries(cluster.pools).flatMap(([name, pool]) => (pool.min === pool.max ? [] : unequal(cluster, name, pool)))
      : [],
  );

function unequal(cluster: AwsCluster, name: string, pool: Pool): readonly Problem[] {
  const [first, ...others] = poolMachines("aws", pool);
  const at = (...field: readonly (string | number)[]) => ["clusters", cluster.name, ...field];
  return others.flatMap((machine, index) => {
    const difference = differenceOf(first, machine);
    if (difference === undefined) return [];
    const message = `'${machine}' has not the ${difference} of '${first}', the first of the pool, and the cluster autoscaler counts on equal nodes: take machines of one size and kind, or make a pool of each`;
    return [
      {
        ...inCluster(cluster, ["pools", name, "machines", index + 1], message),
        because: [
          at("pools", name, "machines", 0),
          at("pools", name, "min"),
          at("pools", name, "max"),
          at("addons", "clusterAutoscaler"),
        ],
      },
    ];
  });
}

/**
 * Letters before the generation of a family that tell its memory (EC2 docs, "Instance types"): compute optimized with 2 GiB
 * for each vCPU, general purpose with 4, memory optimized with 8. Others have ratios of their own, and nothing is said about them.
 */
const TELL_MEMORY = new Set(["c", "m", "r"]);

/** What two machines differ in, as far as their names tell. Below `large`, and of whole machines (metal), they don't. */
function differenceOf(one: string, other: string): string | undefined {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (!a || !b) return undefined;
  if (a.size !== b.size) return "vCPU";
  return a.family !== b.family && TELL_MEMORY.has(a.family) && TELL_MEMORY.has(b.family) ? "memory" : undefined;
}

function partsOf(machine: string): { readonly family: string; readonly size: string } | undefined {
  const [, family, size] = /^([a-z]+)\d[a-z0-9-]*\.((?:\d*x)?large)$/.exec(machine) ?? [];
  return family === undefined || size === undefined ? undefined : { family, size };
}
