/** Runs tasks that wait for each other, a bounded number at a time. */

/** A gate that lets so many through at once. */
export interface Gate {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** @param width how many may be inside at once */
export function gate(width: number): Gate {
  let free = width;
  const waiting: (() => void)[] = [];
  return {
    run: async (work) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}

/**
 * Runs one task for each id, after those of the ids that it waits for.
 * @param waitsFor ids that come first; those that are not in the list don't count
 * @param task told which of them failed; answers whether it went well
 */
export async function inDependencyOrder(
  ids: readonly string[],
  waitsFor: (id: string) => readonly string[],
  task: (id: string, failed: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const results = new Map<string, Promise<boolean>>();
  const listed = new Set(ids);
  const run = (id: string): Promise<boolean> => {
    let result = results.get(id);
    if (!result) {
      const before = waitsFor(id).filter((other) => listed.has(other));
      result = Promise.all(before.map(run)).then((went) =>
        task(
          id,
          before.filter((_, i) => !went[i]),
        ),
      );
      results.set(id, result);
    }
    return result;
  };
  await Promise.all(ids.map(run));
}
