import { findRegion } from "../catalog/regions";
import { type Path, samePath, valueAt, within, without, withValue } from "../problems/paths";
import { CLOUDS } from "../schema/common";
import { fleetFile } from "../schema/fleet";
import { check, type ShapeProblem, type Written } from "./check";
import { standsAlone } from "./independence";
import { isMap, merge, mergeCluster } from "./merge";
import { movedKeys } from "./moved-keys";
import { AWS_ACCOUNT, AZURE_ZONE_ACCOUNT, placeholderFor, unknownCluster } from "./placeholders";

type FleetFile = ReturnType<typeof fleetFile.parse>;

/** A fleet file mended so far that the rules can look at it. */
export interface Mended {
  readonly file: FleetFile;
  /** Every problem of the shape, also those that others hid. */
  readonly problems: readonly ShapeProblem[];
  /** Where parts of the file are missing, or something else stands in for them. */
  readonly gone: readonly Path[];
  /** A path in the mended file as the fleet file has it: mending moves entries of lists and renames keys. */
  readonly inFile: (path: Path) => Path;
}

/** Each round finds what the one before laid open; what is still wrong after so many is beyond mending. */
const ROUNDS = 20;

/**
 * Reads a file's data, mending what is wrong: what is meant takes the place of what is misspelt, placeholders that of
 * what is needed, and the rest goes.
 * @param data with the defaults merged
 * @param unreadable places that YAML left open
 */
export function mend(data: unknown, defaults: unknown, written: Written, unreadable: readonly Path[]): Mended | undefined {
  const moves = movedKeys();
  const { inFile } = moves;
  const gone: Path[] = [...unreadable];
  const problems: ShapeProblem[] = [];
  const own: Written = {
    hasBeside: (path, key) => written.hasBeside(inFile(path), key),
    sourceOf: (path) => written.sourceOf(inFile(path)),
  };
  let mended = data;
  for (let round = 0; round < ROUNDS; round++) {
    const read = check<FleetFile>(fleetFile, mended, own);
    if ("value" in read) return { file: moves.withOwnNames(withAccounts(read.value, gone)), problems, gone, inFile };
    const found = withoutMeant(read.problems).map((problem) => ({ problem, original: inFile(problem.path) }));
    const inSight = found.map(({ problem, original }) => ({ ...problem, path: original }));
    problems.push(...inSight.filter((problem) => standsAlone(problem, gone)));
    // From the end, so that places in lists hold until they are taken; what went with something around it is done.
    const before = gone.length;
    for (const { problem, original } of found.toReversed())
      if (!gone.slice(before).some((path) => within(original, path))) mended = mendOne(mended, problem, original);
  }
  return undefined;

  function mendOne(rest: unknown, { path, meant, badName, atKey, missing }: ShapeProblem, original: Path): unknown {
    if (badName) return moves.renameForNow(rest, path);
    if (meant && "key" in meant) return withMeantKey(rest, path, meant.key);
    if (path[0] === "clusters" && path.length === 3 && path[2] === "cloud") return withCloud(rest, original, path, meant?.value);
    if (meant) return withValue(rest, path, meant.value);
    if (atKey) return without(rest, path);
    const isSecond = !missing && gone.some((earlier) => samePath(earlier, original));
    gone.push(original);
    const placeholder = isSecond ? undefined : placeholderFor(path);
    if (placeholder !== undefined) return withValue(rest, path, placeholder);
    if (!missing) return moves.remove(rest, path);
    // Nothing can stand in: what needs it goes too.
    gone.push(original.slice(0, -1));
    const outer = placeholderFor(path.slice(0, -1));
    return outer === undefined ? moves.remove(rest, path.slice(0, -1)) : withValue(rest, path.slice(0, -1), outer);
  }

  function withMeantKey(rest: unknown, path: Path, key: string): unknown {
    const target = [...path.slice(0, -1), key];
    const [value, under] = [valueAt(rest, path), valueAt(rest, target)];
    const merged = isMap(under) && isMap(value) ? merge(under, value) : value;
    return moves.rename(withValue(without(rest, target), path, merged), path, key);
  }

  function withCloud(rest: unknown, original: Path, path: Path, meant: unknown): unknown {
    const at = path.slice(0, -1);
    const cluster = valueAt(rest, at);
    const cloud = meant ?? (isMap(cluster) ? cloudOf(cluster) : undefined);
    if (isMap(cluster) && cloud !== undefined) return withValue(rest, at, mergeCluster({ ...cluster, cloud }, defaults));
    gone.push(original, [...original.slice(0, -1), "existing"]);
    return withValue(rest, at, unknownCluster(cluster));
  }
}

/** The cloud that a cluster's blocks or its region tell of. */
function cloudOf(cluster: Readonly<Record<string, unknown>>): string | undefined {
  const { region } = cluster;
  const byBlock = CLOUDS.filter((cloud) => isMap(cluster[cloud]));
  const byRegion = CLOUDS.filter((cloud) => cloud !== "existing" && typeof region === "string" && findRegion(cloud, region));
  return [byBlock, byRegion].find(({ length }) => length === 1)?.[0];
}

/** The problems without the needed fields that are only misspelt: the wrong key is said already. */
function withoutMeant(problems: readonly ShapeProblem[]): readonly ShapeProblem[] {
  const meant = problems.flatMap((problem) =>
    problem.meant && "key" in problem.meant ? [[...problem.path.slice(0, -1), problem.meant.key]] : [],
  );
  return problems.filter(({ missing, path }) => !missing || !meant.some((target) => samePath(target, path)));
}

/** The zone's account may come from a cloud block that is gone. */
function withAccounts(file: FleetFile, gone: readonly Path[]): FleetFile {
  const lost = (cloud: string) =>
    gone.some((path) => path.includes(cloud) || (path[0] === "clusters" && (path.length < 3 || path[2] === "cloud")));
  const { dns } = file;
  const aws = dns.engine === "route53" && !dns.aws && lost("aws") ? AWS_ACCOUNT : dns.aws;
  const azure = !dns.azure && lost("azure") ? AZURE_ZONE_ACCOUNT : dns.azure;
  return { ...file, dns: { ...dns, ...(aws && { aws }), ...(azure && { azure }) } };
}
