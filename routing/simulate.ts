import type { Engine } from "../model/schema/routing";
import { absence, type Choice, type Chosen, chooseBy } from "./choose";
import type { Group, Leaf, Member, NameTree } from "./tree";
import type { Client, Health, LatencyOracle, World } from "./world";

/** A part of the answers: a cluster, how large the part is (0 to 1), and why, step by step from the name down. */
export interface Answer {
  readonly cluster: string;
  readonly share: number;
  readonly because: readonly string[];
}

/**
 * What a client is answered: the distribution over clusters, one entry for each way down the tree. For multivalue the
 * share is the chance that one address of the answer, taken at random, is the cluster's.
 * Empty where nothing is answered, which only Traffic Manager does, when every member is drained.
 */
export function simulate(tree: NameTree, client: Client, health: Health, latency: LatencyOracle): readonly Answer[] {
  const world: World = { engine: tree.engine, client, health, latency };
  // simple is an alias or a CNAME to one cluster: nothing is probed and nothing is switched
  if (tree.root.policy === "simple") {
    const leaf = tree.root.members[0]!.node as Leaf;
    return [{ cluster: leaf.cluster, share: 1, because: ["simple: its only member"] }];
  }
  return descend(tree.root, 1, [], world);
}

/** Sum of the shares of each cluster. */
export function shares(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { cluster, share } of answers) sums[cluster] = (sums[cluster] ?? 0) + share;
  return sums;
}

function descend(group: Group, share: number, because: readonly string[], world: World): readonly Answer[] {
  return choose(group, world).flatMap(({ member, share: part, why }) => {
    const reasons = [...because, why];
    return member.node.kind === "cluster"
      ? [{ cluster: member.node.cluster, share: share * part, because: reasons }]
      : descend(member.node, share * part, reasons, world);
  });
}

/** The policy among the members that may answer: the healthy ones, or, where there are none, all that are not switched off. */
function choose(group: Group, world: World): readonly Chosen[] {
  return chooseBy(group, choiceOf(group, world), world);
}

/** The members that may answer, and those of them that the policy chooses from. */
export function choiceOf(group: Group, world: World): Choice {
  const candidates = group.members.filter((member) => isSwitchedOn(group, member, world.engine));
  const healthy = candidates.filter(({ node }) => isHealthy(node, world));
  if (group.policy === "geolocation") return { candidates, pool: healthy, note: "" };
  if (healthy.length > 0) return { candidates, pool: healthy, note: absence(group.members, healthy) };
  return { candidates, pool: candidates, note: " (every member fails: all are taken for healthy)" };
}

/** Route53 has no off: drained is unhealthy. Traffic Manager's disabled endpoints never answer, nor nested profiles of nothing else. */
function isSwitchedOn(group: Group, member: Member, engine: Engine): boolean {
  if (engine === "route53") return true;
  if (group.policy === "weighted" && member.weight === 0) return false;
  const { node } = member;
  return node.kind === "cluster" ? !node.drained : node.members.some((inner) => isSwitchedOn(node, inner, engine));
}

/** A cluster: its probe succeeds and it isn't drained. A group: any member is healthy, wherever the client is. */
export function isHealthy(node: Leaf | Group, world: Pick<World, "health" | "engine">): boolean {
  if (node.kind === "cluster") return !node.drained && world.health(node.cluster);
  return node.members.some((member) => isSwitchedOn(node, member, world.engine) && isHealthy(member.node, world));
}
