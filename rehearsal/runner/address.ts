import type { Stack } from "../../output/folder";
import { isJsonObject, member } from "../../output/json";

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
