import type { Stack } from "../output/folder";
import { type JsonObject, member } from "../output/json";
import { variablesOf as declaredVariables, outputsOf, resourcesOf } from "../output/stack";
import { backendOf, stateKey, stateReadersOf } from "../output/state";
import { type Connection, connectionOf } from "./connections";
import { CHARTS_WITHOUT_VOLUMES, guardedTypes, MEMBERS } from "./guarded";
import { kubernetesConnections, type Login, loginsOf, programsOf } from "./logins";
import { orderOf } from "./order";
import { drainPatches, type Patch, unprotectedPatch } from "./patches";
import { secretsInState, secretsOf } from "./secrets";
import { type StateOf, stateOf } from "./state";
import { literal, unique } from "./values";

/** One stack as output/ reads it. */
export type SynthesizedStack = Pick<Stack, "id" | "folder" | "dependencies" | "config">;

/** What is handed over: everything that a runner of Terraform has to know of a synthesized fleet. */
export interface Handoff {
  readonly fleet: string;
  /** Version constraint of Terraform that all stacks declare. */
  readonly terraform: string;
  readonly state: StateOf;
  /** In an order in which they can be applied one after the other. */
  readonly stacks: readonly HandoffStack[];
  /** Ids by level: those of one level need nothing of each other. */
  readonly levels: readonly (readonly string[])[];
  /** The clusters whose traffic can be taken off, and what that changes in which stack. */
  readonly drains: Readonly<Record<string, readonly Patch[]>>;
  /** What lifts the deletion protection. */
  readonly unprotected: readonly Patch[];
  /** How people reach each cluster's API, by cluster. */
  readonly connections: readonly Connection[];
  /** What the guard of plans refuses to see deleted. */
  readonly guard: {
    readonly types: Readonly<Record<string, string>>;
    readonly chartsWithoutVolumes: readonly string[];
    readonly members: Readonly<Record<string, readonly string[]>>;
  };
}

/** One stack of a handed-over fleet. */
export interface HandoffStack {
  readonly id: string;
  /** Folder relative to the synthesized one. */
  readonly folder: string;
  readonly level: number;
  /** Stacks that come just before it; what those need themselves is left out. */
  readonly after: readonly string[];
  /** All stacks that come before it. */
  readonly closure: readonly string[];
  /** Stacks whose state it reads. */
  readonly reads: readonly string[];
  readonly logins: readonly Login[];
  /** Programs that fetch a token for Kubernetes. */
  readonly programs: readonly string[];
  readonly variables: readonly Variable[];
  /** Addresses that Terraform refuses to destroy. */
  readonly protected: readonly string[];
  readonly resources: number;
  /** Why only an identity that may apply can plan it: it is given, reads or holds secrets. Empty where none is in it. */
  readonly secrets: readonly string[];
  readonly outputs: readonly string[];
  /** Releases of others' charts by address, each with the release that asks it afterwards. */
  readonly asked: Readonly<Record<string, string>>;
}

/** A variable that whoever runs the stack gives. */
export interface Variable {
  readonly name: string;
  readonly description?: string;
  readonly sensitive: boolean;
  readonly ephemeral: boolean;
  /** It has no default. */
  readonly required: boolean;
  /** The stack has an output of the same name: where nobody names a value, the last applied one stays. */
  readonly kept: boolean;
}

/**
 * What is handed over of a synthesized fleet.
 * @param clusters names of the clusters, to name their connections by. @default - by the stacks' ids alone
 * @throws where the stacks are of several fleets, or their order is none
 */
export function handoffOf(synthesized: readonly SynthesizedStack[], clusters: readonly string[] = []): Handoff {
  const [first] = synthesized;
  if (!first) throw new Error("there is no stack to hand over");
  const fleets = unique(synthesized.map(({ id }) => id.split("-")[0]));
  if (fleets.length > 1) throw new Error(`the stacks are of several fleets: ${fleets.join(", ")}`);
  const order = orderOf(Object.fromEntries(synthesized.map(({ id, dependencies }) => [id, dependencies])));
  const byId = new Map(synthesized.map((stack) => [stack.id, stack]));
  const ordered = order.ids.map((id) => byId.get(id)!);
  const keeps = new Map(synthesized.map(({ id, config }) => [stateKey(backendOf(config)), id]));
  const alone = ordered.map(
    ({ id, folder, config }): HandoffStack => ({
      id,
      folder,
      level: order.level[id]!,
      after: order.reduced[id]!,
      closure: order.closure[id]!,
      reads: readsOf(config, keeps),
      logins: loginsOf(config),
      programs: programsOf(config),
      variables: variablesOf(config),
      protected: protectedOf(config),
      resources: resourcesOf(config).length,
      secrets: secretsOf(config),
      outputs: outputsOf(config)
        .map(({ name }) => name)
        .sort(),
      asked: askedOf(config),
    }),
  );
  const holders = new Set(ordered.filter(({ config }) => secretsInState(config).length > 0).map(({ id }) => id));
  const stacks = withSecretsRead(alone, holders);
  const levels = Math.max(...stacks.map(({ level }) => level));
  return {
    fleet: fleets[0]!,
    terraform: literal(member(first.config, "terraform").required_version) ?? "",
    state: stateOf(first.config),
    stacks,
    levels: Array.from({ length: levels }, (_, index) => stacks.filter(({ level }) => level === index + 1).map(({ id }) => id)),
    drains: drainPatches(ordered),
    unprotected: ordered.flatMap(({ id, config }) => unprotectedPatch(id, config)),
    connections: connectionsOf(
      order.ids.map((id) => byId.get(id)!),
      keeps,
      clusters.map((name) => `${fleets[0]}-${name}`),
    ),
    guard: { types: guardOf(ordered), chartsWithoutVolumes: CHARTS_WITHOUT_VOLUMES, members: MEMBERS },
  };
}

/** Which release asks which: Meridian's chart for it comes after one release. */
function askedOf(config: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    resourcesOf(config).flatMap(({ type, address, block: { chart, depends_on } }) => {
      if (type !== "helm_release" || !literal(chart)?.startsWith("./assets/chart-smoke/")) return [];
      const [asked] = Array.isArray(depends_on) ? depends_on : [];
      return typeof asked === "string" ? [[asked, address] as const] : [];
    }),
  );
}

/** The guarded types, and whatever else this fleet protects. */
function guardOf(synthesized: readonly SynthesizedStack[]): Readonly<Record<string, string>> {
  const types = guardedTypes();
  const more = unique(synthesized.flatMap(({ config }) => protectedOf(config).map((address) => address.split(".")[0])));
  return {
    ...types,
    ...Object.fromEntries(more.filter((type) => !(type in types)).map((type) => [type, "a protected resource"])),
  };
}

function protectedOf(config: JsonObject): readonly string[] {
  return resourcesOf(config)
    .filter(({ isProtected }) => isProtected)
    .map(({ address }) => address)
    .sort();
}

function variablesOf(config: JsonObject): readonly Variable[] {
  const outputs = new Set(outputsOf(config).map(({ name }) => name));
  return declaredVariables(config)
    .map(({ name, description, sensitive, default: preset }) => ({
      name,
      ...(description !== undefined && { description }),
      sensitive,
      ephemeral: member(config, "variable", name).ephemeral === true,
      required: preset === undefined,
      kept: outputs.has(name),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readsOf(config: JsonObject, keeps: ReadonlyMap<string, string>): readonly string[] {
  return unique(stateReadersOf(config).map((reader) => keeps.get(stateKey(reader))));
}

/** Whoever reads a state reads the secrets in it. */
function withSecretsRead(stacks: readonly HandoffStack[], holders: ReadonlySet<string>): readonly HandoffStack[] {
  return stacks.map((stack) => ({
    ...stack,
    secrets: [...stack.secrets, ...stack.reads.filter((id) => holders.has(id)).map((id) => `reads the state of ${id}`)],
  }));
}

/** Each cluster once, from the first stack that connects to it. */
function connectionsOf(
  stacks: readonly SynthesizedStack[],
  keeps: ReadonlyMap<string, string>,
  names: readonly string[],
): readonly Connection[] {
  const found = new Map<string, Connection>();
  for (const { id, config } of stacks)
    for (const block of kubernetesConnections(config)) {
      const connection = connectionOf(id, block, config, (reader) => keeps.get(stateKey(reader)));
      if (!connection) continue;
      const server = JSON.stringify(connection.server);
      if (!found.has(server)) found.set(server, { ...connection, name: nameAmong(names, connection.name) });
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `<fleet>-<cluster>` for an id that begins with it: the longest, as one cluster's name may begin with another's. */
function nameAmong(names: readonly string[], id: string): string {
  const starts = names.filter((name) => id === name || id.startsWith(`${name}-`));
  return starts.sort((a, b) => b.length - a.length)[0] ?? id;
}
