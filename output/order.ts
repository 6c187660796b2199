/** What the order of stacks is made of. */
export interface Ordered {
  readonly id: string;
  /** Ids of those that come before it; those that are not in the list don't count. */
  readonly dependencies: readonly string[];
}

/**
 * Stacks in waves, each sorted by id: a wave depends only on the waves before it, so that its stacks can be applied at the
 * same time. Destroy goes the other way.
 * @throws where they depend on each other in a circle
 */
export function inWaves<T extends Ordered>(stacks: readonly T[]): T[][] {
  const waiting = new Map(stacks.map((stack) => [stack.id, stack]));
  const waves: T[][] = [];
  while (waiting.size > 0) {
    const wave = [...waiting.values()].filter(({ dependencies }) => !dependencies.some((id) => waiting.has(id)));
    if (wave.length === 0)
      throw new Error(`the stacks depend on each other in a circle: ${[...waiting.keys()].sort().join(", ")}`);
    for (const { id } of wave) waiting.delete(id);
    waves.push(wave.sort((one, other) => (one.id < other.id ? -1 : 1)));
  }
  return waves;
}

/** Stacks in an order in which they can be applied one by one. */
export function inOrder<T extends Ordered>(stacks: readonly T[]): T[] {
  return inWaves(stacks).flat();
}
