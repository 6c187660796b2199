/** Reads a synthesized folder: the manifest, the stacks' JSON, and what a rehearsal needs to know of each. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Anything in a synthesized file. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** One stack of the manifest. */
export interface Stack {
  readonly id: string;
  /** Folder relative to the synthesized one, "stacks/x". */
  readonly folder: string;
  readonly dependencies: readonly string[];
  /** Its cdk.tf.json. */
  readonly config: JsonObject;
}

/** Types by provider: {aws: {resources: ["aws_vpc"], dataSources: []}}. */
export type UsedTypes = Readonly<
  Record<string, { readonly resources: readonly string[]; readonly dataSources: readonly string[] }>
>;

/** Providers that Terraform carries inside itself. */
const BUILT_IN = new Set(["terraform"]);

/**
 * The stacks, each after those that it depends on.
 * @param synthesized the folder with manifest.json
 * @throws when there is none, or when dependencies form a circle
 */
export function readStacks(synthesized: string): Stack[] {
  const manifest = join(synthesized, "manifest.json");
  if (!existsSync(manifest)) throw new Error(`${manifest} does not exist: synthesize the fleet first.`);
  const listed = (
    JSON.parse(readFileSync(manifest, "utf8")) as {
      stacks: Record<string, { name: string; workingDirectory: string; synthesizedStackPath: string; dependencies: string[] }>;
    }
  ).stacks;
  const stacks = Object.values(listed).map(({ name, workingDirectory, synthesizedStackPath, dependencies }) => ({
    id: name,
    folder: workingDirectory,
    dependencies,
    config: JSON.parse(readFileSync(join(synthesized, synthesizedStackPath), "utf8")) as JsonObject,
  }));
  return inOrder(stacks);
}

function inOrder(stacks: readonly Stack[]): Stack[] {
  const ordered: Stack[] = [];
  const waiting = new Set(stacks);
  while (waiting.size > 0) {
    const ready = [...waiting].filter((stack) => !stack.dependencies.some((id) => [...waiting].some((other) => other.id === id)));
    if (ready.length === 0)
      throw new Error(`Stacks depend on each other in a circle: ${[...waiting].map(({ id }) => id).join(", ")}.`);
    for (const stack of ready) {
      ordered.push(stack);
      waiting.delete(stack);
    }
  }
  return ordered;
}

/** An object member of JSON, empty where there is none. */
export function member(value: Json | undefined, ...path: readonly string[]): JsonObject {
  let current: Json | undefined = value;
  for (const key of path) current = isJsonObject(current) ? current[key] : undefined;
  return isJsonObject(current) ? current : {};
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The provider types that stacks use. A provider that is only declared appears with empty lists. */
export function usedTypes(stacks: readonly Pick<Stack, "config">[]): UsedTypes {
  const used: Record<string, { resources: Set<string>; dataSources: Set<string> }> = {};
  const of = (provider: string) => (used[provider] ??= { resources: new Set(), dataSources: new Set() });
  for (const { config } of stacks) {
    for (const provider of Object.keys(member(config, "terraform", "required_providers"))) of(provider);
    for (const type of Object.keys(member(config, "resource"))) of(providerOf(type)).resources.add(type);
    for (const type of Object.keys(member(config, "data"))) of(providerOf(type)).dataSources.add(type);
  }
  return Object.fromEntries(
    Object.entries(used)
      .filter(([provider]) => !BUILT_IN.has(provider))
      .map(([provider, { resources, dataSources }]) => [
        provider,
        { resources: [...resources].sort(), dataSources: [...dataSources].sort() },
      ]),
  );
}

function providerOf(type: string): string {
  return type.split("_", 1)[0] ?? type;
}

/**
 * The address of the resource that a change is about: Terraform doesn't tell a provider. It is the one whose literal
 * arguments the values repeat; of several, the one with most of them.
 */
export function addressOf(
  stacks: readonly Stack[],
  type: string,
  attributes: { readonly [key: string]: unknown },
): string | undefined {
  let best: { readonly address: string; readonly matches: number } | undefined;
  for (const { config } of stacks)
    for (const [name, block] of Object.entries(member(config, "resource", type))) {
      if (!isJsonObject(block)) continue;
      const literals = Object.entries(block).filter(
        ([, value]) => ["string", "number", "boolean"].includes(typeof value) && !/[$%]\{/.test(String(value)),
      );
      if (!literals.every(([key, value]) => attributes[key] === undefined || String(attributes[key]) === String(value))) continue;
      const matches = literals.length;
      if (!best || matches > best.matches) best = { address: `${type}.${name}`, matches };
    }
  return best?.address;
}
