import { KEPT_PLACE } from "../../model/derived/databases";
import type { Fleet } from "../../model/schema/fleet";
import { flow, replaced, withEntry, withItem, without } from "../edit/yaml-text";
import type { Lock } from "../lock/lock";
import { notDestroyed } from "../rules/dropped";
import { clusterOfStack } from "../rules/of-cluster";
import { clusterOf, existing, weightOf, writtenGroups } from "./groups";
import { NoStep, type Step } from "./step";

/** The first step out: no name leads to the old one any more, and its stacks are still there to be destroyed. */
export function retire(text: string, fleet: Fleet, old: string): Step {
  if (existing(fleet, old).retired) throw new NoStep(`'${old}' is retired already`);
  const holding = writtenGroups(fleet).filter(({ members }) => members.some((member) => clusterOf(member) === old));
  const serving = holding.filter(({ policy, members }) => {
    const own = members.find((member) => clusterOf(member) === old)!;
    return policy !== "weighted" || weightOf(own) > 0 || members.length === 1;
  });
  if (serving.length > 0)
    throw new NoStep(
      `'${old}' still takes traffic of ${[...new Set(serving.map(({ name }) => name))].join(", ")}: shift it to another first (shift CLUSTER 100), apply, and wait for the names' TTL`,
    );
  const left = holding.reduceRight(
    (after, { path, members }) => without(after, [...path, "members", members.findIndex((member) => clusterOf(member) === old)]),
    text,
  );
  return {
    text: withEntry(left, ["clusters", old], "retired", "true"),
    said: [`clusters.${old}: retired`, ...holding.map(({ name }) => `names.${name}: without ${old}`)],
    check: [
      "apply the names' stack; nothing of the cluster itself changes",
      `${old} gets no requests any more: its ingress controller's log`,
      `commit the lock file: only then ${old} can be torn down`,
      `then: npm run teardown -- FLEET --cluster ${old}`,
    ],
    next: ["drop", old],
  };
}

/** The stacks of a cluster that the committed lock has. */
export function stacksOf(before: Lock, cluster: string): readonly string[] {
  const isCluster = (name: string) => Object.hasOwn(before.clusters, name);
  return Object.keys(before.stacks).filter((id) => clusterOfStack(before.fleet, id, isCluster) === cluster);
}

/**
 * The last step: out of the file. Its stacks are destroyed, and say so, or their states are empty.
 * @param before the committed lock
 * @param empty stacks whose states were read as empty
 */
export function drop(text: string, fleet: Fleet, old: string, before: Lock | undefined, empty: readonly string[]): Step {
  const cluster = existing(fleet, old);
  if (!cluster.retired || !before?.clusters[old]?.retired)
    throw new NoStep(
      `'${old}' is not retired in the committed lock file: retire it, apply the names, commit, and tear its stacks down first`,
    );
  const standing = stacksOf(before, old).filter((id) => !fleet.destroyedStacks.includes(id) && !empty.includes(id));
  const { message, commands = [] } = notDestroyed(old, standing);
  if (standing.length > 0) throw new NoStep([message, ...commands].join("\n  "));
  let after = text;
  for (const id of stacksOf(before, old))
    if (!fleet.destroyedStacks.includes(id)) after = withItem(after, ["destroyedStacks"], id);
  const drained = fleet.drain.indexOf(old);
  if (drained >= 0) after = without(after, fleet.drain.length === 1 ? ["drain"] : ["drain", drained]);
  for (const [name, app] of Object.entries(fleet.apps)) {
    const placed = app.clusters?.indexOf(old) ?? -1;
    if (placed >= 0 && app.clusters?.length === 1)
      throw new NoStep(`application '${name}' runs on '${old}' alone: place it elsewhere, or take it out of the file, first`);
    if (placed >= 0) after = without(after, ["apps", name, "clusters", placed]);
    if (Object.hasOwn(app.perCluster, old)) after = without(after, ["apps", name, "perCluster", old]);
  }
  for (const [wave, clusters] of Object.entries(fleet.waves)) {
    const placed = clusters.indexOf(old);
    if (placed >= 0) after = without(after, clusters.length === 1 ? ["waves", wave] : ["waves", wave, placed]);
  }
  for (const [name, database] of Object.entries(fleet.databases)) {
    const placed = database.clusters.indexOf(old);
    if (placed < 0) continue;
    const path = ["databases", name, "clusters", placed];
    const kept = database.cloud === "google" && placed < database.clusters.length - 1;
    after = kept ? replaced(after, path, flow(KEPT_PLACE)) : without(after, path);
  }
  return {
    text: without(after, ["clusters", old]),
    said: [`clusters.${old}: out of the file`],
    check: ["commit; `destroyedStacks` can go with the next change"],
  };
}
