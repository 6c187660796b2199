import { type Path, samePath, within } from "../problems/paths";
import type { Problem, Rule } from "../problems/problem";
import type { Fleet } from "../schema/fleet";
import { fleetFile } from "../schema/fleet";
import { watched } from "./watched";

/**
 * Which problems can be told though parts of the file couldn't be read: those that don't come from a part's absence, nor
 * from what stands in for it.
 */

/**
 * Whether a problem is told, as far as places say: not one of a part that is gone, nor of what is around it.
 * @param gone where parts of the file are missing, or something else stands in for them
 */
export function standsAlone(problem: Problem, gone: readonly Path[]): boolean {
  return !gone.some((path) => [problem.path, ...(problem.because ?? [])].some((place) => touches(place, path, problem)));
}

function touches(place: Path, gone: Path, { atKey, missing }: Problem): boolean {
  if (within(place, gone)) return true;
  // What is left of a block may look like another kind of block.
  if (missing && samePath(place.slice(0, -1), gone.slice(0, -1)) && place.length > 3) return true;
  // A key is wrong or right whatever stands below it.
  return within(gone, place) && !atKey;
}

/**
 * What the rules say of a file that was mended. A rule that read nothing of what is gone is believed. One that did is
 * asked again: about the thing (cluster, name, application and so on) of its problem alone, and whether it reads
 * something of what is gone then too; and about the fleet without the things in which something is gone, where what it
 * still says isn't because of them.
 * @param fleet as mended
 * @param inFile a path of the mended fleet as the file has it
 */
export function independentProblems(
  rules: readonly Rule[],
  fleet: Fleet,
  gone: readonly Path[],
  inFile: (path: Path) => Path,
): readonly Problem[] {
  // nothing is gone: whatever a rule reads is there, and it reads it without being watched, which takes most of the time
  if (gone.length === 0)
    return rules.flatMap((rule) => rule(fleet)).map((problem) => ({ ...problem, path: inFile(problem.path) }));
  const ask = (rule: Rule, of: Fleet) => {
    const watch = watched(of, gone, inFile);
    const problems = rule(watch.fleet).map((problem) => ({ ...problem, path: inFile(problem.path) }));
    return { problems, touched: [...watch.touched] };
  };
  return rules.flatMap((rule) => {
    const { problems, touched } = ask(rule, fleet);
    return problems.filter((problem) => {
      if (!standsAlone(problem, gone)) return false;
      const touchedBy = (places: readonly Path[]) => places.filter((place) => !isOtherEntry(problem.path, place));
      const isSaid = (others: readonly Problem[]) =>
        others.some((other) => samePath(other.path, problem.path) && claimOf(other) === claimOf(problem));
      const places = touchedBy(touched);
      // a rule that compares many things says which of them a problem follows from
      if (places.length === 0 || problem.because !== undefined) return true;
      const own = thingOf(problem.path);
      const alone =
        own &&
        ask(
          rule,
          withThings(fleet, own[0] as string, (name) => name === own[1]),
        );
      if (alone && isSaid(alone.problems) && touchedBy(alone.touched).length === 0) return true;
      const things = places.map(thingOf);
      if (things.some((thing) => thing === undefined || (own !== undefined && samePath(own, thing)))) return false;
      const without = things.reduce((rest, thing) => withThings(rest, thing![0] as string, (name) => name !== thing![1]), fleet);
      return isSaid(ask(rule, without).problems);
    });
  });
}

/** Whether a path is of one entry of a list, and a place another entry: entries are judged one by one. */
function isOtherEntry(path: Path, place: Path): boolean {
  const last = place.length - 1;
  return typeof place[last] === "number" && typeof path[last] === "number" && within(path, place.slice(0, last));
}

/** What a message says before it lists what is allowed, which may name the things that were left out. */
const claimOf = ({ message }: Problem) => message.split(/[;:]/)[0];

/** The cluster, name, application, … that a path is of: an entry of a map whose keys people choose. */
function thingOf(path: Path): Path | undefined {
  const section = path[0] as keyof typeof fleetFile.shape;
  return path.length > 1 && isMapOfThings(section) ? path.slice(0, 2) : undefined;
}

function isMapOfThings(section: keyof typeof fleetFile.shape): boolean {
  let schema: { readonly def: { readonly type: string; readonly innerType?: unknown } } | undefined = fleetFile.shape[section];
  while (schema?.def.innerType !== undefined) schema = schema.def.innerType as typeof schema;
  return schema?.def.type === "record" && section !== "tags";
}

/** A fleet with some things of a section alone. */
function withThings(fleet: Fleet, section: string, isKept: (name: string) => boolean): Fleet {
  if (section === "clusters") return { ...fleet, clusters: fleet.clusters.filter(({ name }) => isKept(name)) };
  const things = Object.entries(fleet[section as keyof Fleet] as object).filter(([name]) => isKept(name));
  return { ...fleet, [section]: Object.assign(Object.create(null), Object.fromEntries(things)) };
}
