import { type Path, samePath, within } from "../problems/paths";
import type { Problem } from "../problems/problem";

/**
 * Whether a problem can be told though parts of the file couldn't be read: not one of a part that is gone, nor one that
 * may come from its absence.
 * @param gone where parts of the file are missing, or something else stands in for them
 */
export function stillCounts(problem: Problem, gone: readonly Path[]): boolean {
  return !gone.some((path) => [problem.path, ...(problem.because ?? [])].some((place) => depends(place, path, problem)));
}

function depends(place: Path, gone: Path, { atKey, missing }: Problem): boolean {
  if (within(place, gone)) return true;
  // What is left of a block may look like another kind of block.
  if (missing && samePath(place.slice(0, -1), gone.slice(0, -1)) && place.length > 3) return true;
  // A name of one's own is wrong or right whatever stands below it; a name's members are counted and compared.
  if (within(gone, place) && !(atKey && place[0] === "names")) return true;
  // A range of an allow-list is right or wrong whatever else the API has.
  if (place[2] === "api" && typeof place.at(-1) === "number") return false;
  return place[0] === "names"
    ? nameDepends(place, gone, atKey ?? false)
    : PATTERNS.some((pattern) => matches(pattern, place, gone));
}

/** What is said about a single member, or about a name's spelling, needs no more than that; all else is said about the whole name. */
function nameDepends(place: Path, gone: Path, atKey: boolean): boolean {
  if (samePath(gone, ["apps"]) && place.at(-1) === "app") return true;
  if (samePath(gone, ["clusters"])) return true;
  if (atKey && place.length === 2) return false;
  if (place.includes("probe") || gone.includes("probe"))
    return within(gone, [...place.slice(0, 2), "probe"]) && place[2] === "probe";
  if (typeof place.at(-1) === "number" || place.at(-1) === "app") return false;
  if (within(gone, ["dns", "engine"]) || within(gone, ["dns", "azure"])) return true;
  return within(gone, place.slice(0, 2)) && (gone[2] !== "members" || place[2] !== "members");
}

/**
 * Fields that are judged by others: a problem at or below the first may come from what is gone at or below the second;
 * of `clusters` and `apps` only from the loss of all. `*` is the same key in both.
 */
const FOLLOWS: readonly (readonly [problem: string, gone: string])[] = [
  ["drain", "clusters"],
  ["apps.*.clusters", "clusters"],
  ["destroyedStacks", "fleet"],
  ["dns.aws", "dns.engine"],
  ["dns.azure", "dns.engine"],
  ["dns.azure", "dns.existing"],
  ["dns.parent", "dns"],
  ["dns.acceleratedRecovery", "dns.engine"],
  ["dns.forceDestroy", "dns.engine"],
  ["dns.zone", "clusters"],
  ["dns.zone", "apps"],
  ["state", "state"],
  ["charts", "charts"],
  ["clusters.*.region", "clusters.*.location"],
  ["clusters.*.region", "clusters.*.cloud"],
  ["clusters.*.location", "clusters.*.region"],
  ["clusters.*.location", "clusters.*.location"],
  ["clusters.*.location", "clusters.*.cloud"],
  ["clusters.*.network.zones", "clusters.*.region"],
  ["clusters.*.network.zones", "clusters.*.location"],
  ["clusters.*.pools.*.zones", "clusters.*.region"],
  ["clusters.*.pools.*.zones", "clusters.*.network.zones"],
  ["clusters.*.pools.*.zones", "clusters.*.network.existing"],
  ["clusters.*.aws.secretsKeyArn", "clusters.*.region"],
  ["clusters.*.azure.privateDnsZone", "clusters.*.region"],
  ["clusters.*.google.secretsKey", "clusters.*.region"],
  ["clusters.*.network.cidr", "clusters.*.network.existing"],
  ["clusters.*.network.pods", "clusters.*.network.existing"],
  ["clusters.*.network.services", "clusters.*.network.existing"],
  ["clusters.*.network.existing", "clusters.*.network.existing"],
  ...["cidr", "nodes", "pods", "services"].flatMap((one) =>
    ["nodes", "pods", "services"].map((other) => [`clusters.*.network.${one}`, `clusters.*.network.${other}`] as const),
  ),
  ["clusters.*.network.nodes", "clusters.*.network.cidr"],
  ["clusters.*.network.pods", "clusters.*.network.cidr"],
  ["clusters.*.network.services", "clusters.*.network.cidr"],
  ["clusters.*.pools.*.min", "clusters.*.pools.*.max"],
  ["clusters.*.pools.*.machines", "clusters.*.pools.*.architecture"],
  ["clusters.*.pools.*.maxPods", "clusters.*.pools.*.machines"],
  ["clusters.*.azure.systemPool", "clusters.*.azure.systemPool"],
  ["clusters.*.azure.longTermSupport", "clusters.*.azure.tier"],
  ["clusters.*.kubernetes", "clusters.*.aws.supportType"],
  ["clusters.*.kubernetes", "clusters.*.azure.longTermSupport"],
  ["clusters.*.kubernetes", "clusters.*.azure.tier"],
  ["clusters.*.kubernetes", "clusters.*.google.releaseChannel"],
  ["clusters.*.kubernetes", "clusters.*.retired"],
  ["clusters.*.logRetentionDays", "clusters.*.azure.logAnalyticsWorkspaceId"],
  ["clusters.*.api", "clusters.*.api"],
  ["clusters.*.api", "clusters.*.google.dnsEndpoint"],
  ["clusters.*.existing", "clusters.*.existing"],
  ["clusters.*.addons", "clusters.*.addons"],
  ["clusters.*.addons", "clusters.*.cloud"],
  ["clusters.*.addons", "clusters.*.existing"],
  ["clusters.*.addons", "dns"],
  ["clusters.*.tags", "tags"],
];

/** The keys of a path; `*` stands for any. */
type Pattern = readonly string[];

const PATTERNS = FOLLOWS.map(([problem, gone]) => [problem.split("."), gone.split(".")] as const);

function matches([problem, gone]: readonly [Pattern, Pattern], place: Path, path: Path): boolean {
  const inPlace = keysAt(problem, place);
  if (!inPlace) return false;
  const isAll = gone.length === 1 && ["clusters", "apps"].includes(gone[0]!);
  const inPath = isAll && path.length > 1 ? undefined : keysAt(gone, path);
  return inPath?.every((key, index) => key === (inPlace[index] ?? key)) ?? false;
}

/** What stands for each `*` where a path lies at or below a pattern; undefined elsewhere. */
function keysAt(parts: Pattern, path: Path): readonly string[] | undefined {
  if (parts.some((part, index) => path[index] === undefined || (part !== "*" && part !== path[index]))) return undefined;
  return parts.flatMap((part, index) => (part === "*" ? [String(path[index])] : []));
}
