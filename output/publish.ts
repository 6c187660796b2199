import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Fleet } from "../model/schema/fleet";
import { manifestStacks, readJson } from "./manifest";
import { resourcesOf, type StackResources } from "./resources";

/** The file beside manifest.json that says what the next synth of each fleet must know of its last one. */
const FLEETS_FILE = "meridian.json";
type Fleets = Readonly<Record<string, KnownFleet>>;
interface KnownFleet {
  readonly stacks: readonly string[];
  readonly retired: readonly string[];
  /** The cloud of each cluster. @default - an output of before they were remembered */
  readonly clouds?: Readonly<Record<string, string>>;
  /** Addresses of the protected resources, by stack. @default - an output of before they were remembered */
  readonly protected?: Readonly<Record<string, readonly string[]>>;
}

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

/** What the last synth of a fleet into this folder gave, even if another fleet's came after it. */
export function previousOutput(out: string, fleet: string): PreviousOutput {
  const known = knownFleets(out)[fleet] ?? withoutMemory(out, fleet);
  return {
    fleet: known && fleet,
    retired: known?.retired ?? [],
    stackIds: known?.stacks ?? [],
    clouds: known?.clouds,
    protectedResources: known?.protected ?? {},
  };
}

/** What an output whose meridian.json was lost says itself; not which clusters were retired. */
function withoutMemory(out: string, fleet: string): KnownFleet | undefined {
  const own = Object.values(manifestStacks(out)).filter((stack) => fleetOf(stack.name) === fleet);
  if (own.length === 0) return undefined;
  const written = own.filter((stack) => existsSync(join(out, stack.synthesizedStackPath)));
  return {
    stacks: own.map((stack) => stack.name),
    retired: [],
    protected: Object.fromEntries(
      written.map((stack) => [stack.name, resourcesOf(join(out, stack.synthesizedStackPath)).protected]),
    ),
  };
}

/** Other fleets whose stacks are in the output folder now: `publish` takes their files out. */
export function otherFleets(out: string, fleet: string): readonly string[] {
  return [...new Set(Object.keys(manifestStacks(out)).map(fleetOf))].filter((name) => name !== fleet);
}

/** A fleet's name has no hyphen, and every stack id starts with it. */
const fleetOf = (stackId: string): string => stackId.split("-")[0]!;

function knownFleets(out: string): Fleets {
  const file = join(out, FLEETS_FILE);
  return existsSync(file) ? (readJson(file) as Fleets) : {};
}

/**
 * Gives `write` a folder to synthesize into, inside the output folder so that a file can be renamed from the one to the
 * other, and gives what that gives. It is gone afterwards, and so is an output folder in which nothing came to be.
 * @throws where the output folder has no name or is a file, and what `write` throws
 */
export function withFreshFolder<T>(out: string, write: (fresh: string) => T): T {
  if (out === "") throw new Error("--out: name a folder for the stacks");
  if (existsSync(out) && !statSync(out).isDirectory()) throw new Error(`--out ${out}: is a file; name a folder for the stacks`);
  mkdirSync(out, { recursive: true });
  const fresh = mkdtempSync(join(out, ".synth-"));
  try {
    return write(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    if (readdirSync(out).length === 0) rmdirSync(out);
  }
}

/**
 * Moves a freshly synthesized folder over the output folder, file by file, so that no reader finds half a file. Of a
 * stack that is gone only the generated files go; what Terraform put beside them (.terraform, its lock file, a state)
 * is not ours to delete.
 */
export function publish(fresh: string, out: string, fleet: Fleet, resources: Readonly<Record<string, StackResources>>): void {
  const files = filesBelow(fresh);
  const generated = new Set(files);
  for (const old of Object.values(manifestStacks(out))) {
    const assets = filesBelow(out, join(old.workingDirectory, "assets"));
    for (const file of [old.synthesizedStackPath, ...assets]) if (!generated.has(file)) rmSync(join(out, file), { force: true });
  }
  for (const folder of new Set(files.map((file) => dirname(join(out, file))))) mkdirSync(folder, { recursive: true });
  for (const file of files) if (!sameBytes(join(fresh, file), join(out, file))) renameSync(join(fresh, file), join(out, file));
  const retired = fleet.clusters.filter((cluster) => cluster.retired).map((cluster) => cluster.name);
  const clouds = Object.fromEntries(fleet.clusters.map(({ name, cloud }) => [name, cloud]));
  const stacks = Object.keys(resources).sort();
  const protectedOf = Object.fromEntries(stacks.map((id) => [id, resources[id]!.protected]));
  const fleets: Fleets = { ...knownFleets(out), [fleet.name]: { stacks, retired, clouds, protected: protectedOf } };
  writeFileSync(join(out, FLEETS_FILE), `${JSON.stringify(fleets, null, 2)}\n`);
}

function sameBytes(one: string, other: string): boolean {
  return existsSync(other) && readFileSync(other).equals(readFileSync(one));
}

/** Paths of the files below `prefix`, relative to the folder; none where it doesn't exist. */
function filesBelow(folder: string, prefix = ""): string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}
