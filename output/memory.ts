/** meridian.json, in which Meridian 0.1 kept beside the manifest what the lock file beside the fleet file says now. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json, type JsonObject, member, readJsonObject } from "./json";

const MEMORY_FILE = "meridian.json";

/** What it says of a fleet. */
export interface Remembered {
  readonly stacks: readonly string[];
  /** Clusters that were `retired: true`. */
  readonly retired: readonly string[];
  /** The cloud of each cluster, by name. */
  readonly clouds: Readonly<Record<string, string>>;
  /** Addresses of protected resources, by stack id. */
  readonly protected: Readonly<Record<string, readonly string[]>>;
}

/**
 * What an output remembers of a fleet; undefined where it remembers nothing.
 * @throws where it can't be read
 */
export function rememberedIn(out: string, fleet: string): Remembered | undefined {
  const file = join(out, MEMORY_FILE);
  const entry = existsSync(file) ? readJsonObject(file)[fleet] : undefined;
  if (entry === undefined) return undefined;
  if (!isEntry(entry))
    throw new Error(
      `${file}: what it says of fleet '${fleet}' can't be read. Put its last good version back, and synthesize again`,
    );
  const { stacks, retired } = entry;
  return {
    stacks: texts(stacks),
    retired: texts(retired),
    clouds: Object.fromEntries(Object.entries(member(entry, "clouds")).map(([name, cloud]) => [name, String(cloud)])),
    protected: Object.fromEntries(Object.entries(member(entry, "protected")).map(([id, addresses]) => [id, texts(addresses)])),
  };
}

/** Takes a fleet out of it, once its lock file says the same; the file goes with the last one. */
export function forget(out: string, fleet: string): void {
  const file = join(out, MEMORY_FILE);
  if (!existsSync(file)) return;
  const { [fleet]: _, ...others } = readJsonObject(file);
  if (Object.keys(others).length === 0) rmSync(file);
  else writeFileSync(file, `${JSON.stringify(others, null, 2)}\n`);
}

function isEntry(entry: Json): entry is JsonObject {
  return (
    isJsonObject(entry) &&
    [entry.stacks, entry.retired].every((list) => Array.isArray(list) && texts(list).length === list.length)
  );
}

const texts = (list: Json | undefined): readonly string[] =>
  Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
