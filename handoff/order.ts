/** Stack ids, and for each the ids of the stacks that are applied before it. */
export type Dependencies = Readonly<Record<string, readonly string[]>>;

/** What follows from the order in which stacks are applied. */
export interface Order {
  /** Ids in an order in which each comes after those that it needs, by level, then by name. */
  readonly ids: readonly string[];
  /** The longest way from a stack that needs none, beginning with 1. */
  readonly level: Readonly<Record<string, number>>;
  /** Everything that is applied before, however far away. */
  readonly closure: Dependencies;
  /** Only the next ones: what no other of them needs anyway. The order is the same. */
  readonly reduced: Dependencies;
}

/**
 * @throws where stacks depend on each other in a circle, or on one that isn't there
 */
export function orderOf(dependencies: Dependencies): Order {
  const closure: Record<string, readonly string[]> = {};
  const level: Record<string, number> = {};
  const visit = (id: string, way: readonly string[]): void => {
    if (id in level) return;
    const needed = dependencies[id];
    if (!needed) throw new Error(`stack ${way.at(-1)} is applied after ${id}, which isn't there: synthesize again`);
    if (way.includes(id)) throw new Error(`the stacks depend on each other in a circle: ${[...way, id].join(" → ")}`);
    for (const other of needed) visit(other, [...way, id]);
    closure[id] = [...new Set(needed.flatMap((other) => [other, ...closure[other]!]))].sort();
    level[id] = 1 + Math.max(0, ...needed.map((other) => level[other]!));
  };
  for (const id of Object.keys(dependencies)) visit(id, []);
  const ids = Object.keys(dependencies).sort((a, b) => level[a]! - level[b]! || (a < b ? -1 : 1));
  const reduced = Object.fromEntries(
    ids.map((id) => {
      const indirect = new Set(dependencies[id]!.flatMap((other) => closure[other]!));
      return [id, [...new Set(dependencies[id]!)].filter((other) => !indirect.has(other)).sort()];
    }),
  );
  return { ids, level, closure, reduced };
}
