import { stackIds } from "../../model/derived/names";
import type { Fleet } from "../../model/schema/fleet";
import { backendOf } from "../../output/state";
import { type Handoff, handoffOf, type SynthesizedStack } from "../model";
import { literal } from "../values";
import { type Apart, apartOf } from "./apart";
import { type Backing, backingOf } from "./backing";
import { type Billed, billedOf } from "./billed";
import { type ClusterRow, clusterRows } from "./clusters";
import { type NameRow, nameRows } from "./names";
import { type ReleaseRow, releasesOf } from "./releases";
import { type Traffic, trafficOf } from "./traffic";

/** What changed since something, in the words of `diff`. */
export interface Changes {
  /** A revision or a folder. */
  readonly against: string;
  readonly lines: readonly string[];
}

/** All that a report shows. */
export interface Report {
  readonly fleet: string;
  /** The fleet file, as people name it. */
  readonly source: string;
  readonly zone: string;
  readonly zoneEngine: string;
  readonly handoff: Handoff;
  /** Where each stack keeps its state: a path or a key, by stack. */
  readonly keys: Readonly<Record<string, string>>;
  readonly traffic: Traffic;
  readonly clusters: readonly ClusterRow[];
  readonly names: readonly NameRow[];
  readonly releases: readonly ReleaseRow[];
  readonly apart: readonly Apart[];
  readonly backing: Backing;
  readonly billed: readonly Billed[];
  /** @default - nothing to compare with */
  readonly changes?: Changes;
}

/** What the report of a fleet shows. @param source the fleet file, as people name it */
export function reportOf(fleet: Fleet, stacks: readonly SynthesizedStack[], source: string, changes?: Changes): Report {
  const clusters = fleet.clusters.map(({ name }) => name);
  return {
    fleet: fleet.name,
    source,
    zone: fleet.dns.zone,
    zoneEngine: fleet.dns.engine === "route53" ? "Route53" : "Azure DNS",
    handoff: handoffOf(stacks, clusters),
    keys: Object.fromEntries(stacks.map(({ id, config }) => [id, keyOf(config)])),
    traffic: trafficOf(fleet),
    clusters: clusterRows(fleet),
    names: nameRows(fleet),
    releases: releasesOf(
      stacks,
      clusters,
      (stack) => clusterOf(fleet.name, clusters, stack),
      (release) => imageOf(fleet, release),
    ),
    apart: apartOf(fleet),
    backing: backingOf(fleet),
    billed: billedOf(stacks),
    ...(changes && { changes }),
  };
}

/** What of an application's image the fleet file says. */
function imageOf(fleet: Fleet, release: string): string | undefined {
  const image = fleet.apps[release]?.image;
  if (!image) return undefined;
  return `${image.repository}${image.tag === "variable" ? ", its tag a variable" : `:${image.tag}`}`;
}

/** The cluster that a stack belongs to: one's name may begin with another's. */
function clusterOf(fleet: string, clusters: readonly string[], stack: string): string | undefined {
  return clusters.find(
    (name) =>
      [stackIds.cluster, stackIds.priming, stackIds.apps].some((id) => id(fleet, name) === stack) ||
      stack.startsWith(stackIds.app(fleet, name, "")) ||
      stack.startsWith(stackIds.pull(fleet, name, "")),
  );
}

/** Where a state is, by the name that its backend gives it. */
function keyOf(config: SynthesizedStack["config"]): string {
  const { settings } = backendOf(config);
  const [workspaces] = [settings.workspaces ?? null].flat();
  const name = typeof workspaces === "object" && workspaces !== null && "name" in workspaces ? workspaces.name : undefined;
  return (
    ["key", "prefix", "path", "schema_name", "address"].map((setting) => literal(settings[setting])).find(Boolean) ??
    literal(name) ??
    ""
  );
}
