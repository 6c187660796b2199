/** What the next synth of a fleet must know of its last one: meridian.json, beside the manifest. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, readJsonObject } from "./json";
import { readManifest } from "./manifest";
import { resourcesOf } from "./stack";

/** Its name. */
export const MEMORY_FILE = "meridian.json";

/** What the last output says about itself. */
export interface PreviousOutput {
  /** Name of the fleet that it is of. @default - there is no output, or nothing says */
  readonly fleet?: string;
  /** Clusters that were `retired: true` in it. */
  readonly retired: readonly string[];
  /** Ids of its stacks. */
  readonly stackIds: readonly string[];
  /** The cloud of each of its clusters, by name. @default - not known, of an output without meridian.json */
  readonly clouds?: Readonly<Record<string, string>>;
  /** Addresses of the resources that were protected from deletion, by stack id. */
  readonly protectedResources: Readonly<Record<string, readonly string[]>>;
}

/** What of a fleet is remembered. */
export interface RememberedFleet {
  readonly name: string;
  readonly clusters: readonly { readonly name: string; readonly cloud: string; readonly retired: boolean }[];
}

/** A fleet in meridian.json. */
interface Entry {
  readonly stacks: readonly string[];
  readonly retired: readonly string[];
  /** @default - an output of before they were remembered */
  readonly clouds?: Readonly<Record<string, string>>;
  /** @default - an output of before they were remembered */
  readonly protected?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What the last synth of a fleet into this folder gave, even if another fleet's came after it.
 * @throws where the files that say it can't be read
 */
export function previousOutput(out: string, fleet: string): PreviousOutput {
  const known = entries(out)[fleet] ?? withoutMemory(out, fleet);
  return {
    fleet: known && fleet,
    retired: known?.retired ?? [],
    stackIds: known?.stacks ?? [],
    clouds: known?.clouds,
    protectedResources: known?.protected ?? {},
  };
}

/** Other fleets whose stacks are in the output folder now. */
export function otherFleets(out: string, fleet: string): readonly string[] {
  return [...new Set(readManifest(out).map(({ id }) => fleetOf(id)))].filter((name) => name !== fleet);
}

/**
 * The next text of meridian.json.
 * @param stacks the stacks that were synthesized, by id
 */
export function memoryText(
  out: string,
  { name, clusters }: RememberedFleet,
  stacks: Readonly<Record<string, { readonly protected: readonly string[] }>>,
): string {
  const ids = Object.keys(stacks).sort();
  const entry: Entry = {
    stacks: ids,
    retired: clusters.filter(({ retired }) => retired).map((cluster) => cluster.name),
    clouds: Object.fromEntries(clusters.map((cluster) => [cluster.name, cluster.cloud])),
    protected: Object.fromEntries(ids.map((id) => [id, stacks[id]!.protected])),
  };
  return `${JSON.stringify({ ...entries(out), [name]: entry }, null, 2)}\n`;
}

function entries(out: string): Readonly<Record<string, Entry>> {
  const file = join(out, MEMORY_FILE);
  if (!existsSync(file)) return {};
  const fleets = readJsonObject(file);
  for (const [fleet, entry] of Object.entries(fleets))
    if (!isEntry(entry as JsonObject))
      throw new Error(
        `${file}: what it says of fleet '${fleet}' can't be read. Put its last good version back, and synthesize again`,
      );
  return fleets as unknown as Readonly<Record<string, Entry>>;
}

function isEntry({ stacks, retired }: JsonObject): boolean {
  return [stacks, retired].every((list) => Array.isArray(list) && list.every((item) => typeof item === "string"));
}

/** What an output whose meridian.json was lost says itself; not which clusters were retired. */
function withoutMemory(out: string, fleet: string): Entry | undefined {
  const own = readManifest(out).filter(({ id }) => fleetOf(id) === fleet);
  if (own.length === 0) return undefined;
  const written = own.filter(({ file }) => existsSync(join(out, file)));
  const isProtected = written.map(({ id, file }) => {
    const resources = resourcesOf(readJsonObject(join(out, file)));
    return [id, resources.flatMap((resource) => (resource.isProtected ? [resource.address] : []))] as const;
  });
  return { stacks: own.map(({ id }) => id), retired: [], protected: Object.fromEntries(isProtected) };
}

/** A fleet's name has no hyphen, and every stack id starts with it. */
const fleetOf = (stackId: string): string => stackId.split("-")[0]!;
