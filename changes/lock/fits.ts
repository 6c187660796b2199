import type { Lock, StackFacts } from "./lock";

const SHOWN = 20;

/**
 * What a lock file says otherwise than a synth would write, a line each; none where it fits. The digests alone don't
 * count where another version of Meridian wrote it: those changes are Meridian's own.
 */
export function misfits(written: Lock, now: Lock): readonly string[] {
  const same = written.meridian === now.meridian;
  const [old, fresh] = same ? [lines(written), lines(now)] : [lines(fleetFacts(written, now)), lines(fleetFacts(now, written))];
  const found = [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((path) => {
    const [was, is] = [old.get(path), fresh.get(path)];
    return was === is ? [] : [`${path}: ${was ?? "nothing"} in the lock file, ${is ?? "nothing"} by the fleet file`];
  });
  return found.length > SHOWN ? [...found.slice(0, SHOWN), `and ${found.length - SHOWN} more`] : found;
}

/** The stacks that another version of Meridian makes otherwise, whatever the fleet file says. */
export function otherwiseMade(written: Lock, now: Lock): readonly string[] {
  return Object.keys(now.stacks).filter((id) => {
    const digest = written.stacks[id]?.digest;
    return digest !== undefined && digest !== now.stacks[id]!.digest;
  });
}

/** What a lock says of the fleet alone, and another one says too: no digest, nothing of its JSON that one of them
 * didn't note. */
function fleetFacts({ knows: _, ...lock }: Lock, other: Lock): Lock {
  const shared = (id: string, fixed: StackFacts["fixed"]): StackFacts["fixed"] =>
    Object.fromEntries(
      Object.entries(fixed).map(([address, facts]) => {
        const theirs = other.stacks[id]?.fixed[address] ?? facts;
        return [address, Object.fromEntries(Object.entries(facts).filter(([path]) => path in theirs))];
      }),
    );
  const clusters = Object.entries(lock.clusters).map(([name, { objects, ...facts }]) => [
    name,
    objects && other.clusters[name]?.objects ? { ...facts, objects } : facts,
  ]);
  return {
    ...lock,
    clusters: Object.fromEntries(clusters),
    stacks: Object.fromEntries(
      Object.entries(lock.stacks).map(([id, stack]) => [
        id,
        { ...stack, digest: "", fixed: shared(id, stack.fixed), providers: {} },
      ]),
    ),
  };
}

/** Every fact by its path; a list is one fact. */
function lines({ meridian: _, ...lock }: Lock): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap) found.set(path, typeof value === "string" ? value : JSON.stringify(value));
    else for (const [key, item] of Object.entries(value)) walk(item, path === "" ? key : `${path}.${key}`);
  };
  walk(lock, "");
  return found;
}
