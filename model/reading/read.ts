import { withReloader } from "../derived/app-secrets";
import { withBackingAccount } from "../derived/backing-accounts";
import { withDerivedAccounts } from "../derived/dns-accounts";
import { withOwnNfs } from "../derived/servers";
import type { Path } from "../problems/paths";
import type { Problem } from "../problems/problem";
import { rules } from "../rules";
import type { Cluster } from "../schema/cluster";
import { type Fleet, fleetFile, type Pins } from "../schema/fleet";
import { check, type Written } from "./check";
import { declinedIn } from "./declined";
import { independentProblems } from "./independence";
import { mend } from "./mending";
import { isMap, mergeDefaults, withoutNulls } from "./merge";
import { withPinnedPools, withPinnedVersions } from "./pins";

type Data = Readonly<Record<string, unknown>>;
type FleetFile = ReturnType<typeof fleetFile.parse>;

/**
 * Data of a fleet file to a fleet: defaults merged, shapes checked, rules applied. The rules look also at a file whose
 * shape is wrong, as far as it can be mended, so that everything is said at once.
 * @param unreadable places that YAML left open
 * @param pins versions of the lock file, for what the file leaves open
 */
export function readFleet(
  data: unknown,
  written: Written,
  unreadable: readonly Path[] = [],
  pins: Pins = {},
): { readonly fleet: Fleet } | { readonly problems: readonly Problem[] } {
  if (!isMap(data)) return { problems: [{ path: [], message: "a fleet file is a map that starts with `fleet: <name>`" }] };
  const defaultsProblems = checkDefaults(data, written);
  // What the defaults say wrongly is reported there; merged under the clusters it would be found again.
  const merged = withPinnedVersions(mergeDefaults({ ...data, defaults: {} }, data.defaults), pins);
  const shape = check<FleetFile>(fleetFile, merged, written);
  if ("value" in shape) {
    const fleet = assemble(shape.value, data.defaults, pins);
    const problems = independentProblems(rules, fleet, unreadable, (path) => path);
    return problems.length + defaultsProblems.length === 0
      ? { fleet: { ...fleet, ...declinedIn(merged.clusters) } }
      : { problems: [...defaultsProblems, ...problems] };
  }
  // Of a file with so much wrong in it the rules would say little that is true.
  const mended = shape.more ? undefined : mend(merged, data.defaults, written, unreadable);
  if (!mended) return { problems: [...defaultsProblems, ...shape.problems] };
  const fleet = assemble(mended.file, data.defaults, pins);
  const fromRules = independentProblems(rules, fleet, mended.gone, mended.inFile);
  return { problems: [...defaultsProblems, ...mended.problems, ...fromRules] };
}

/** `defaults` on its own: what is missing there may be in the clusters. */
function checkDefaults(data: Data, written: Written): readonly Problem[] {
  if (data.defaults === undefined || data.defaults === null) return [];
  const own = check(fleetFile.shape.defaults, withoutNulls(data.defaults), {
    hasBeside: (path, key) => written.hasBeside(["defaults", ...path], key),
    sourceOf: (path) => written.sourceOf(["defaults", ...path]),
  });
  if ("value" in own) return [];
  return own.problems.filter(({ missing }) => !missing).map((problem) => ({ ...problem, path: ["defaults", ...problem.path] }));
}

/** Maps that people choose the keys of have no others: `apps.constructor` is no application that somebody wrote. */
function withoutPrototypes<T extends object>(file: T): T {
  const maps = Object.entries(file).map(([key, value]) => [
    key,
    isMap(value) ? Object.assign(Object.create(null), value) : value,
  ]);
  return Object.fromEntries(maps) as T;
}

function assemble(file: FleetFile, defaults: unknown, pins: Pins): Fleet {
  const { fleet: name, defaults: _merged, extends: _base, ...rest } = file;
  const clusters = Object.entries(file.clusters).map(
    ([key, cluster]): Cluster => withOwnNfs(withPinnedPools({ ...cluster, name: key }, pins)),
  );
  const databases = Object.fromEntries(
    Object.entries(file.databases).map(([key, database]) => [
      key,
      withBackingAccount(database, clusters, defaults, { runner: true }),
    ]),
  );
  const registries = Object.fromEntries(
    Object.entries(file.registries).map(([key, registry]) => [
      key,
      withBackingAccount(registry, clusters, defaults, { runner: false }),
    ]),
  );
  const backups = Object.fromEntries(
    Object.entries(file.backups).map(([key, store]) => [key, withBackingAccount(store, clusters, defaults, { runner: true })]),
  );
  const open = Object.keys(pins).length > 0 ? { pins } : {};
  return withReloader(
    withDerivedAccounts({ name, ...withoutPrototypes({ ...rest, databases, registries, backups }), ...open, clusters }, defaults),
  );
}
