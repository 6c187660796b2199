import { isMap } from "./merge";
import type { Problem } from "./problem";
import { fleetFile } from "./schema/fleet";

type Data = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** What is left of a fleet file without the parts whose shape is wrong, so that the rules can still look at the rest. */
export interface Saved {
  readonly file: ReturnType<typeof fleetFile.parse>;
  /** The problems whose values are gone. */
  readonly removed: readonly Problem[];
  /** Whether more had to go than single values: then only what a remaining cluster says about itself is certain. */
  readonly partial: boolean;
}

/** Takes out the values that problems are about; where that isn't enough, the clusters and sections around them. */
export function salvage(data: Data, problems: readonly Problem[]): Saved | undefined {
  const values = problems.reduce<unknown>((rest, { path }) => without(rest, path), data);
  const first = fleetFile.safeParse(values);
  if (first.success) return { file: first.data, removed: problems, partial: false };
  const sections = first.error.issues.reduce<unknown>((rest, { path }) => {
    const section = path[0] === "clusters" ? path.slice(0, 2) : path.slice(0, 1);
    return without(rest, section.map(String));
  }, values);
  const placeholders = { fleet: "fleet", dns: { zone: "fleet.example" }, clusters: {} };
  const second = fleetFile.safeParse(isMap(sections) ? { ...placeholders, ...sections } : placeholders);
  return second.success ? { file: second.data, removed: problems, partial: true } : undefined;
}

/** Whether a rule's problem is one of the file's and not of what was taken out of it. */
export function stillCounts(problem: Problem, saved: Saved): boolean {
  if (saved.partial && !(problem.path[0] === "clusters" && problem.path.length > 2)) return false;
  return !saved.removed.some((removed) => {
    if (within(problem.path, removed.path) || within(removed.path, problem.path)) return true;
    // Fields of one block are judged together, as min and max are; fields of a cluster are on their own.
    const block = removed.path.slice(0, -1);
    return !removed.atKey && block.length > 2 && within(problem.path, block);
  });
}

function within(path: Path, outer: Path): boolean {
  return outer.every((key, index) => key === path[index]);
}

function without(data: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(data))
    return data.flatMap((item, index) => (index === key ? (rest.length ? [without(item, rest)] : []) : [item]));
  if (!isMap(data) || !Object.hasOwn(data, key)) return data;
  if (rest.length === 0) return Object.fromEntries(Object.entries(data).filter(([name]) => name !== String(key)));
  return { ...data, [key]: without(data[key], rest) };
}
