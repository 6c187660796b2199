import { manifestStacks } from "./manifest";
import type { StackResources } from "./resources";

/** What a person wants to see after a synth: the stacks in the order in which they are applied, and the next command. */
export function summary(out: string, resources: Readonly<Record<string, StackResources>>): string {
  const stacks = manifestStacks(out);
  const waves = applyOrder(Object.fromEntries(Object.values(stacks).map((stack) => [stack.name, stack.dependencies])));
  const width = Math.max(...Object.keys(stacks).map((id) => id.length));
  const lines = waves.flatMap((wave, index) =>
    wave.map((id) => `  ${index + 1}  ${id.padEnd(width)}  ${String(resources[id]!.addresses.length).padStart(4)} resources`),
  );
  return [
    `${out}: ${Object.keys(stacks).length} stacks. Those of one number can be applied at the same time, lower numbers first.`,
    ...lines,
    "",
  ].join("\n");
}

/**
 * Stack ids in waves: each wave depends only on the waves before it.
 * @throws if the dependencies are circular
 */
export function applyOrder(dependencies: Readonly<Record<string, readonly string[]>>): string[][] {
  const waves: string[][] = [];
  const done = new Set<string>();
  while (done.size < Object.keys(dependencies).length) {
    const wave = Object.keys(dependencies).filter((id) => !done.has(id) && dependencies[id]!.every((needed) => done.has(needed)));
    if (wave.length === 0) throw new Error("the stacks depend on each other in a circle");
    for (const id of wave) done.add(id);
    waves.push(wave.sort());
  }
  return waves;
}
