import type { Block, Json, StackJson } from "../../support/synth";

/** Probability of each cluster: what an interpreter reads out of the JSON. */
export type Distribution = Readonly<Record<string, number>>;

/** Whose address or name something is, for the interpreters: `ingress.<cluster>.<zone>` by its form, an address by the table. */
export interface Naming {
  readonly zone: string;
  readonly clusterOfAddress: ReadonlyMap<string, string>;
}

/** The cluster that a host name of the form <x>.<cluster>.<zone> belongs to. */
export function clusterOfHost(host: string, naming: Naming): string {
  const suffix = `.${naming.zone}`;
  const labels = host.endsWith(suffix) ? host.slice(0, -suffix.length).split(".") : [];
  if (labels.length !== 2) throw new Error(`'${host}' is not <x>.<cluster>.${naming.zone}`);
  return labels[1]!;
}

/** `${type.id.attribute}` taken apart, or undefined for plain text. */
export function reference(value: Json | undefined): { type: string; id: string; attribute: string } | undefined {
  const match = typeof value === "string" ? /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/.exec(value) : null;
  return match ? { type: match[1]!, id: match[2]!, attribute: match[3]! } : undefined;
}

/** The resource that a reference leads to; fails where there is none, or where the attribute isn't the expected one. */
export function referenced(
  stack: StackJson,
  value: Json | undefined,
  type: string,
  attribute: string,
): { id: string; block: Block } {
  const found = reference(value);
  const block = found && stack.resource?.[found.type]?.[found.id];
  if (!found || !block || found.type !== type || found.attribute !== attribute)
    throw new Error(`expected a reference to ${type}.….${attribute}, found ${JSON.stringify(value)}`);
  return { id: found.id, block };
}

/** A nested block, which the JSON writes as an object or as a list of one. */
export function block(value: Json | undefined): Block | undefined {
  const found = Array.isArray(value) ? value[0] : value;
  return found === undefined || found === null ? undefined : (found as Block);
}

/** Adds distributions, each multiplied by its share. */
export function mix(parts: readonly (readonly [number, Distribution])[]): Distribution {
  const sum: Record<string, number> = {};
  for (const [share, part] of parts)
    for (const [cluster, probability] of Object.entries(part)) sum[cluster] = (sum[cluster] ?? 0) + share * probability;
  return sum;
}

/** Mixes in proportion to weights. */
export function proportion(parts: readonly (readonly [number, Distribution])[]): Distribution {
  const total = parts.reduce((sum, [weight]) => sum + weight, 0);
  return mix(parts.map(([weight, part]) => [weight / total, part]));
}

/** Those of the items for which the measure is smallest. */
export function smallest<T>(items: readonly T[], measure: (item: T) => number): readonly T[] {
  const least = Math.min(...items.map(measure));
  return items.filter((item) => measure(item) === least);
}
