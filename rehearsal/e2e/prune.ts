/** Takes the listed removals out of a stack, and what would refer to nothing afterwards. */
import { isJsonObject, type Json, type JsonObject, member } from "../../output/json";
import { ignored, type Removal, removals, standIns } from "./removals";

/** A stack without what is removed, and a sentence for each removal that took effect. */
export interface Pruned {
  readonly config: JsonObject;
  readonly removed: readonly string[];
}

/**
 * @param versions provider name → version to ask for instead of the pinned one
 */
export function pruned(stack: string, config: JsonObject, versions: Readonly<Record<string, string>>): Pruned {
  const removed: string[] = [];
  const gone = new Set<string>();
  const resource = without(member(config, "resource"), "", stack, removed, gone);
  const data = without(member(config, "data"), "data.", stack, removed, gone);
  const terraform = member(config, "terraform");
  const providers = Object.entries(member(terraform, "required_providers")).map(([name, settings]): [string, Json] => [
    name,
    versions[name] ? { ...member(settings), version: versions[name] } : settings,
  ]);
  const { resource: _, data: __, ...rest } = config;
  const left = {
    ...rest,
    terraform: { ...terraform, required_providers: Object.fromEntries(providers) },
    ...(Object.keys(resource).length > 0 && { resource }),
    ...(Object.keys(data).length > 0 && { data }),
  };
  return { config: withoutReferences(left, gone, (line) => removed.push(`${stack}: ${line}`)) as JsonObject, removed };
}

function without(types: JsonObject, prefix: string, stack: string, removed: string[], gone: Set<string>): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [type, resources] of Object.entries(types)) {
    const matching = removals.filter((removal) => removal.type === `${prefix}${type}`);
    const left: Record<string, Json> = {};
    for (const [name, args] of Object.entries(member(resources))) {
      const address = `${prefix}${type}.${name}`;
      if (matching.some((removal) => isGone(removal, args))) {
        gone.add(address);
        removed.push(`${stack}: ${address}: ${matching[0]?.because}`);
      } else left[name] = withoutArguments(address, args, matching, stack, removed);
    }
    if (Object.keys(left).length > 0) kept[type] = left;
  }
  return kept;
}

function isGone({ argument, referring }: Removal, args: Json): boolean {
  return argument === undefined && (referring === undefined || JSON.stringify(args).includes(referring));
}

function withoutArguments(address: string, args: Json, matching: readonly Removal[], stack: string, removed: string[]): Json {
  if (!isJsonObject(args)) return args;
  const taken = matching.filter(({ argument }) => argument !== undefined && argument in args);
  removed.push(...taken.map(({ argument, because }) => `${stack}: ${address}, argument ${argument}: ${because}`));
  const left = Object.fromEntries(Object.entries(args).filter(([name]) => !taken.some(({ argument }) => argument === name)));
  const unwatched = ignored.filter(({ type }) => address.startsWith(`${type}.`));
  if (unwatched.length === 0) return left;
  removed.push(...unwatched.map(({ argument, because }) => `${stack}: ${address}, changes of ${argument} ignored: ${because}`));
  const before = member(left.lifecycle).ignore_changes;
  const names = [...(Array.isArray(before) ? before : []), ...unwatched.map(({ argument }) => argument)];
  return { ...left, lifecycle: { ...member(left.lifecycle), ignore_changes: names } };
}

/** Drops waiting for what is gone; a value that was read from it becomes a word that says so. */
function withoutReferences(value: Json, gone: ReadonlySet<string>, told: (line: string) => void): Json {
  if (typeof value === "string") {
    const standIn = standIns.find(({ expression }) => expression.test(value));
    if (standIn) told(`a stand-in for ${value}: ${standIn.because}`);
    const address = [...gone].find((candidate) => value.includes(`\${${candidate}.`));
    return standIn?.value ?? (address ? `removed-${address.split(".").at(-2)}` : value);
  }
  if (Array.isArray(value))
    return value.filter((item) => typeof item !== "string" || !gone.has(item)).map((item) => withoutReferences(item, gone, told));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutReferences(item, gone, told)]));
}
