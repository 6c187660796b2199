import { stackIds } from "../model/derived/names";
import type { Fleet } from "../model/schema/fleet";
import type { PreviousOutput } from "../output/memory";

/**
 * The stacks that the last output had and the next one hasn't, though nobody said that they may go, each with what to
 * do. What they made in the clouds would be left without anything to change or destroy it with. An output of another
 * fleet has nothing to say: its stacks come back with its own fleet file.
 * @param next ids of the stacks that were synthesized just now
 */
export function droppedStacks(fleet: Fleet, previous: PreviousOutput, next: readonly string[]): readonly string[] {
  if (previous.fleet !== fleet.name) return [];
  const kept = new Set([
    ...next,
    ...fleet.destroyedStacks,
    ...previous.retired.flatMap((cluster) => stacksOf(fleet.name, cluster)),
  ]);
  return previous.stackIds
    .filter((id) => !kept.has(id))
    .map((id) => `stack ${id} was in the last output and ${advice(fleet, id)}`);
}

/** What was synthesized just now: the addresses of its resources, by stack id. */
export type NextOutput = Readonly<Record<string, { readonly addresses: readonly string[] }>>;

/**
 * The protected resources that the last output had and the next one hasn't, in stacks that are in both, a message for
 * each stack with what to do. Terraform would destroy them: its protection is a part of the block and goes with it.
 */
export function droppedResources(fleet: Fleet, previous: PreviousOutput, next: NextOutput): readonly string[] {
  if (previous.fleet !== fleet.name) return [];
  return Object.entries(previous.protectedResources).flatMap(([id, addresses]) => {
    const kept = new Set(next[id]?.addresses ?? addresses);
    const lost = addresses.filter((address) => !kept.has(address));
    return lost.length === 0 ? [] : [lossOf(id, lost)];
  });
}

/**
 * Clusters that are in another cloud than in the last output, each with what to do. Their stacks have the same ids, so
 * one plan would take away everything of the one cloud, with its provider no longer declared, while later stacks use it.
 */
export function changedClouds(fleet: Fleet, previous: PreviousOutput): readonly { cluster: string; message: string }[] {
  if (previous.fleet !== fleet.name) return [];
  return fleet.clusters.flatMap(({ name, cloud }) => {
    const before = previous.clouds?.[name] ?? cloud;
    if (before === cloud || previous.retired.includes(name)) return [];
    const message = `clusters.${name}.cloud: was '${before}' in the last output and is '${cloud}' now, in the same states. Add the other cluster under a name of its own; or put this one back with \`retired: true\`, synthesize, destroy its stacks, and only then write the other cloud`;
    return [{ cluster: name, message }];
  });
}

/**
 * @throws Error that names every cluster in another cloud, every dropped stack and resource, and every stack under
 * `destroyedStacks` that is still made: left there, it could later go without a word
 */
export function assertNothingDropped(fleet: Fleet, previous: PreviousOutput, next: NextOutput): void {
  const changed = changedClouds(fleet, previous);
  // said in other words already
  const theirs = new Set(changed.flatMap(({ cluster }) => stacksOf(fleet.name, cluster)));
  const others = Object.fromEntries(Object.entries(previous.protectedResources).filter(([id]) => !theirs.has(id)));
  const problems = [
    ...changed.map(({ message }) => message),
    ...droppedStacks(fleet, previous, Object.keys(next)),
    ...droppedResources(fleet, { ...previous, protectedResources: others }, next),
    ...fleet.destroyedStacks
      .filter((id) => id in next)
      .map((id) => `destroyedStacks: '${id}' is a stack that this file makes; take it off the list`),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function stacksOf(fleet: string, cluster: string): readonly string[] {
  return [stackIds.cluster(fleet, cluster), stackIds.priming(fleet, cluster), stackIds.apps(fleet, cluster)];
}

function advice(fleet: Fleet, id: string): string {
  const cluster = new RegExp(`^${fleet.name}-(.+)-(?:cluster|priming|apps)$`).exec(id)?.[1];
  if (cluster !== undefined && !fleet.clusters.some(({ name }) => name === cluster))
    return `its cluster '${cluster}' is no longer in the fleet file, though it was never retired: put it back with \`retired: true\`, synthesize, destroy its stacks, and only then remove it`;
  return `the fleet file leaves nothing in it: destroy it with the last output (terraform -chdir=stacks/${id} destroy; what is to live on is forgotten before: state rm '<address>'), then list '${id}' under \`destroyedStacks\` and synthesize again`;
}

function lossOf(stack: string, addresses: readonly string[]): string {
  const what =
    addresses.length === 1
      ? `${addresses[0]} is protected from deletion, and the fleet file no longer makes it`
      : `${addresses.length} resources are protected from deletion, and the fleet file no longer makes them (${addresses.join(", ")})`;
  return `stack ${stack}: ${what}: Terraform would destroy ${addresses.length === 1 ? "it" : "them"} with all that is inside. Put back what you took out. If it is to go, synthesize and apply the file as it was --without-deletion-protection, then change it; if it is to live on without Terraform, synthesize the same, then forget it (terraform -chdir=stacks/${stack} state rm '<address>'), then change the file`;
}
