import { Fn } from "cdktf";
import { stacksOfApp } from "../../model/derived/app-colours";
import { stackIds } from "../../model/derived/names";
import type { Fleet } from "../../model/schema/fleet";
import { leavesOf, type NameTree } from "../../routing/tree";
import type { FleetStack, StackContext } from "../fleet-stack";

/**
 * Stacks that names lead to: their members' clusters with what answers there, and the applications that they serve. A
 * name that moved to a new cluster before its ingress controller was there would lead to nothing; on the way back names
 * go first.
 */
export function producersOf({ fleet, stacks }: StackContext, trees: readonly NameTree[]): readonly string[] {
  const ids = trees.flatMap((tree) =>
    leavesOf(tree.root).flatMap(({ cluster }) => [
      stackIds.cluster(fleet.name, cluster),
      stackIds.priming(fleet.name, cluster),
      ...appStacks(fleet, cluster, tree.app),
    ]),
  );
  // a cluster without add-ons or applications has no such stack
  return [...new Set(ids)].filter((id) => stacks.has(id)).sort();
}

/** What holds a cluster's applications; of one with colours its routes come last. */
function appStacks(fleet: Fleet, cluster: string, name: string | undefined): readonly string[] {
  const app = name === undefined ? undefined : fleet.apps[name];
  if (name === undefined || !app) return [];
  return [stackIds.apps(fleet.name, cluster), ...stacksOfApp(fleet.name, cluster, name, app).slice(-1)];
}

/** Reads a cluster's public addresses from the state of its stack. */
export function ingressAddress(stack: FleetStack): (cluster: string, index: number) => string {
  const { fleet } = stack.context;
  const lists = new Map<string, string[]>();
  return (cluster, index) => {
    const list =
      lists.get(cluster) ?? stack.read(`cluster-${cluster}`, stackIds.cluster(fleet.name, cluster)).getList("ingress_ips");
    lists.set(cluster, list);
    return Fn.element(list, index) as string;
  };
}
