import type { Json, StackJson } from "../synth";

/** A stack without the resources of a cloud, and what was cut out of it. */
export interface Cut {
  readonly stack: StackJson;
  readonly removed: readonly string[];
}

const CLOUDS = ["aws", "azurerm", "azuread", "google"];

/** Takes a cloud's resources, data sources and provider out of a stack. References to them become words. */
export function withoutClouds(stack: StackJson): Cut {
  const isCloud = (type: string) => CLOUDS.some((cloud) => type.startsWith(`${cloud}_`));
  const removed: string[] = [];
  const kept = <T extends { [id: string]: unknown }>(section: { [type: string]: T } | undefined, prefix: string) =>
    Object.fromEntries(
      Object.entries(section ?? {}).filter(([type, made]) => {
        if (!isCloud(type)) return true;
        removed.push(...Object.keys(made).map((id) => `${prefix}${type}.${id}`));
        return false;
      }),
    );
  const resource = kept(stack.resource, "");
  const data = kept(stack.data, "data.");
  const provider = Object.fromEntries(Object.entries(stack.provider ?? {}).filter(([name]) => !CLOUDS.includes(name)));
  const required = (stack.terraform.required_providers ?? {}) as { [name: string]: Json };
  const terraform = {
    ...stack.terraform,
    required_providers: Object.fromEntries(Object.entries(required).filter(([name]) => !CLOUDS.includes(name))),
  };
  const cut = { ...stack, terraform, provider, resource, data } as StackJson;
  return { stack: withoutReferences(cut as unknown as Json, removed) as unknown as StackJson, removed: removed.sort() };
}

function withoutReferences(value: Json, removed: readonly string[]): Json {
  if (typeof value === "string")
    return value.replace(/\$\{(?:"[^"]*"|[^{}"])*\}/g, (reference) =>
      removed.some((address) => mentions(reference, address)) ? "stand-in" : reference,
    );
  if (Array.isArray(value)) return value.map((inner) => withoutReferences(inner, removed));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== "depends_on") return [[key, withoutReferences(inner, removed)]];
      const left = (inner as string[]).filter((address) => !removed.includes(address));
      return left.length === 0 ? [] : [[key, left]];
    }),
  );
}

const mentions = (reference: string, address: string) =>
  new RegExp(`(?<![\\w.])${address.replaceAll(".", "\\.")}(?![\\w-])`).test(reference);

/** Outputs of another stack that a stack reads, by the name of its remote state. */
export function outputsRead(stack: StackJson): Readonly<Record<string, readonly string[]>> {
  const found = JSON.stringify(stack).matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g);
  const read: Record<string, string[]> = {};
  for (const [, state, output] of found) read[state!] = [...new Set([...(read[state!] ?? []), output!])];
  return read;
}
