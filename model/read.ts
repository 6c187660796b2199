import { check } from "./check";
import { withDerivedAccounts } from "./dns-accounts";
import { isMap, mergeDefaults, withoutNulls } from "./merge";
import type { Problem } from "./problem";
import { rules } from "./rules";
import { salvage, stillCounts } from "./salvage";
import type { Cluster } from "./schema/cluster";
import { type Fleet, fleetFile } from "./schema/fleet";

type Path = readonly (string | number)[];
type Data = Readonly<Record<string, unknown>>;
type FleetFile = ReturnType<typeof fleetFile.parse>;

/**
 * Data of a fleet file to a fleet: defaults merged, shapes checked, rules applied.
 * @param sourceOf a single value as the file writes it, if the file does
 */
export function readFleet(
  data: unknown,
  sourceOf: (path: Path) => string | undefined,
): { readonly fleet: Fleet } | { readonly problems: readonly Problem[] } {
  if (!isMap(data)) return { problems: [{ path: [], message: "a fleet file is a map that starts with `fleet: <name>`" }] };
  const defaultsProblems = checkDefaults(data, sourceOf);
  // What the defaults say wrongly is reported there; merged under the clusters it would be found again.
  const merged = mergeDefaults({ ...data, defaults: {} }, data.defaults);
  const shape = check<FleetFile>(fleetFile, merged, sourceOf);
  if ("value" in shape) {
    const fleet = assemble(shape.value, data.defaults);
    const problems = [...defaultsProblems, ...rules.flatMap((rule) => rule(fleet))];
    return problems.length === 0 ? { fleet } : { problems };
  }
  const saved = salvage(merged, shape.problems);
  const fromRules = saved ? rules.flatMap((rule) => rule(assemble(saved.file, data.defaults))) : [];
  return {
    problems: [...defaultsProblems, ...shape.problems, ...fromRules.filter((problem) => saved && stillCounts(problem, saved))],
  };
}

/** `defaults` on its own: what is missing there may be in the clusters. */
function checkDefaults(data: Data, sourceOf: (path: Path) => string | undefined): readonly Problem[] {
  if (data.defaults === undefined || data.defaults === null) return [];
  const own = check(fleetFile.shape.defaults, withoutNulls(data.defaults), (path) => sourceOf(["defaults", ...path]));
  if ("value" in own) return [];
  return own.problems.filter(({ missing }) => !missing).map((problem) => ({ ...problem, path: ["defaults", ...problem.path] }));
}

function assemble(file: FleetFile, defaults: unknown): Fleet {
  const { fleet: name, clusters, defaults: _merged, ...rest } = file;
  return withDerivedAccounts(
    { name, ...rest, clusters: Object.entries(clusters).map(([key, cluster]): Cluster => ({ ...cluster, name: key })) },
    defaults,
  );
}
