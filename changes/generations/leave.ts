import { KEPT_PLACE } from "../../model/derived/databases";
import { googleDatabaseNetworks } from "../../model/derived/shared-networks";
import type { Database } from "../../model/schema/databases";
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
    return policy !== "weighted" || weightOf(own) > 0;
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
      `apply the names' stack; what else is listed of ${old} goes with it, and needs no apply`,
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
  const { message, commands = [] } = notDestroyed(old, standing, "");
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
  for (const [name, { clusters }] of Object.entries(fleet.databases))
    if (clusters.includes(old)) after = outOfDatabase(after, fleet, name, old);
  return {
    text: without(after, ["clusters", old]),
    said: [`clusters.${old}: out of the file`],
    check: ["commit; `destroyedStacks` can go with the next change"],
  };
}

/** The text without a cluster in a database's list. On Google a place decides on addresses, so that it stays. */
function outOfDatabase(text: string, fleet: Fleet, name: string, old: string): string {
  const database = fleet.databases[name]!;
  const { clusters } = database;
  const path = ["databases", name, "clusters"];
  if (database.cloud !== "google") return without(text, [...path, clusters.indexOf(old)]);
  const left = placesLeft(fleet, database, old);
  let after = text;
  for (let place = clusters.length - 1; place >= left.length; place--) after = without(after, [...path, place]);
  for (const [place, one] of left.entries()) if (one !== clusters[place]) after = replaced(after, [...path, place], flow(one));
  return after;
}

/** The way into a network that exists is at the place of the first cluster there: where that one goes, the next takes it. */
function placesLeft(fleet: Fleet, database: Database, old: string): readonly string[] {
  const pathOf = (name: string) => googleDatabaseNetworks(fleet, { ...database, clusters: [name] })[0]?.path;
  const { clusters } = database;
  const shared = googleDatabaseNetworks(fleet, database).find(({ first }) => first.name === old);
  const heir = shared && clusters.find((name) => name !== old && pathOf(name) === shared.path);
  const left = clusters.map((name) => (name === old ? (heir ?? KEPT_PLACE) : name === heir ? KEPT_PLACE : name));
  return left.slice(0, left.findLastIndex((name) => name !== KEPT_PLACE) + 1);
}
