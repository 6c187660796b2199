import type { ManifestStack } from "./manifest";
import { inWaves } from "./order";

/**
 * What a person wants to see after a synth: the stacks in the order in which they are applied.
 * @param resources how many resources each stack manages, by its id
 */
export function summary(out: string, stacks: readonly ManifestStack[], resources: (id: string) => number): string {
  const width = Math.max(...stacks.map(({ id }) => id.length));
  const lines = inWaves(stacks).flatMap((wave, index) =>
    wave.map(({ id }) => `  ${index + 1}  ${id.padEnd(width)}  ${String(resources(id)).padStart(4)} resources`),
  );
  return [
    `${out}: ${stacks.length} stacks. Those of one number can be applied at the same time, lower numbers first.`,
    ...lines,
    "",
  ].join("\n");
}
