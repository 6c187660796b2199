import { POOLS } from "../lock/stack-facts";
import { clusterOf, isMoved, replacedIn } from "./replaced";
import { type ChangedCluster, type ChangeRule, type Finding, keptMade, shown, transition } from "./rule";

/**
 * A pool that is replaced: the new one starts with `min` nodes whatever the autoscaler made of the old one, whose pods
 * then all leave at once. Sources: "Delete a managed node group" of the EKS user guide (2026: nodes are terminated by
 * force after some minutes); terraform-google-modules/terraform-google-kubernetes-engine#794,
 * terraform-aws-modules/terraform-aws-eks#2905.
 */
export const poolsReplaced: ChangeRule = (change) =>
  Object.keys(change.after.stacks).flatMap((stack): Finding[] => {
    const cluster = clusterOf(change, stack);
    if (cluster === undefined || isMoved(change, stack)) return [];
    return replacedIn(change, stack)
      .filter(({ address }) => POOLS.includes(address.split(".")[0]!))
      .map(({ address, arguments: changed }) => {
        const pool = poolOf(Object.keys(change.after.clusters[cluster]!.pools ?? {}), address);
        const min = shown(change.after.clusters[cluster]!.pools?.[pool]?.min);
        const what = changed.map(({ path, before, after }) => `${path}: ${called(before)} → ${called(after)}`).join("; ");
        const { cloud } = change.after.clusters[cluster]!;
        // a target is taken for healthy after 90 to 180 s, and Terraform doesn't wait (aws-load-balancer-controller#1834)
        const wait = cloud === "aws" ? ", and wait three minutes, until the load balancer takes its nodes for healthy" : "";
        return {
          id: "pool-replaced",
          severity: "warning" as const,
          path: ["clusters", cluster, "pools", pool],
          transition: `clusters.${cluster}.pools.${pool}: replaced`,
          message: `the pool is replaced (${what}). The new one starts with ${min} nodes, however many the old one has grown to, and the old one's pods all leave at once. Better in three steps: add a pool under another name and apply${wait}; cordon and drain the old pool's nodes (${drain(cloud, pool)}); then remove it. Or raise \`min\` to the nodes in use first`,
        };
      });
  });

/** A value, and what it refers to by the last part of its id: `private-eu-west-1a` for that subnet. */
const called = (value: unknown): string => shown(value).replaceAll(/\$\{\w+\.(?:\w+_)?([a-z0-9-]+)_[0-9A-F]{8}\.\w+\}/g, "$1");

/** What AKS rotates: azurerm makes a stand-in, and the old nodes go without having been drained. */
const ROTATED = ["machines", "machine", "zones", "diskGib", "maxPods", "architecture"] as const;

/** Changes of a pool that replace no resource but every node. */
export const poolsRotated: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) => {
    if (after.cloud !== "azure" || before.region !== after.region) return [];
    return Object.entries(after.pools ?? {}).flatMap(([pool, now]): Finding[] => {
      const was = before.pools?.[pool];
      const fields = ROTATED.filter((field) => was !== undefined && shown(was[field]) !== shown(now[field]));
      if (fields.length === 0 || was!.spot !== now.spot) return [];
      const what = fields.map((field) => `${field}: ${shown(was![field])} → ${shown(now[field])}`).join("; ");
      return [
        {
          id: "pool-rotated",
          severity: "warning",
          path: ["clusters", name, "pools", pool],
          message: `azurerm moves the pool to a stand-in and back (${what}): its nodes are deleted twice, and not drained before. Better: add a pool under another name, drain this one, then remove it`,
        },
      ];
    });
  });

/** Pools that leave: their pods must find room elsewhere. */
export const poolsRemoved: ChangeRule = (change) =>
  keptMade(change).flatMap((cluster) => gone(cluster).map((pool) => removed(cluster, pool)));

function gone({ before, after }: ChangedCluster): readonly string[] {
  return after.retired ? [] : Object.keys(before.pools ?? {}).filter((pool) => !(pool in (after.pools ?? {})));
}

function removed({ name, after }: ChangedCluster, pool: string): Finding {
  const path = ["clusters", name, "pools", pool];
  return {
    id: "pool-removed",
    severity: "warning",
    path,
    transition: transition(path, "there", "gone"),
    message: `pool '${pool}' is destroyed, and its pods leave at once: drain its nodes first (${drain(after.cloud, pool)}), and see that the other pools may grow to take them`,
  };
}

/** What lists the nodes of a pool for `kubectl drain`. */
function drain(cloud: string, pool: string): string {
  const label = {
    aws: "eks.amazonaws.com/nodegroup",
    azure: "kubernetes.azure.com/agentpool",
    google: "cloud.google.com/gke-nodepool",
  }[cloud];
  return `kubectl get nodes -L ${label} shows those of ${pool}; kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`;
}

/** The pool of an address: `aws_eks_node_group.cluster_pool-main_nodes_1A2B` is `main`'s; of several the longest name. */
function poolOf(names: readonly string[], address: string): string {
  const found = names.filter((name) => address.includes(`pool-${name}_`)).sort((one, other) => other.length - one.length)[0];
  return found ?? /pool-(.+?)_/.exec(address)?.[1] ?? address;
}
