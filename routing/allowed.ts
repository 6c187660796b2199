import { chooseBy } from "./choose";
import { choiceOf } from "./simulate";
import type { Group, Leaf, NameTree } from "./tree";
import type { Client, Health, World } from "./world";

/**
 * The clusters that a client may rightly be answered with. Where the service measures or throws dice (latency,
 * geoproximity, shares) that is every member that the policy chooses from; where the policy alone decides (simple,
 * failover, geolocation) it is one.
 */
export function allowedClusters(tree: NameTree, client: Client, health: Health): ReadonlySet<string> {
  // nobody asks how far it is: where the service measures, all that the policy chooses from may answer
  const world = { engine: tree.engine, client, health, latency: () => Number.NaN };
  if (tree.root.policy === "simple") return new Set([(tree.root.members[0]!.node as Leaf).cluster]);
  return new Set(below(tree.root, world));
}

function below(group: Group, world: World): readonly string[] {
  const choice = choiceOf(group, world);
  const measured = group.policy === "latency" || group.policy === "geoproximity";
  const members = measured ? choice.pool : chooseBy(group, choice, world).map(({ member }) => member);
  return members.flatMap(({ node }) => (node.kind === "cluster" ? [node.cluster] : below(node, world)));
}

/** Whether the answer depends on where the client is, by measure or by rule. */
export function dependsOnPlace(group: Group): boolean {
  return (
    ["latency", "geoproximity", "geolocation"].includes(group.policy) ||
    group.members.some(({ node }) => node.kind === "group" && dependsOnPlace(node))
  );
}
