import type { ClusterFacts, Lock } from "../lock/lock";

/** What a rule is asked about. */
export interface Change {
  /** What was committed. */
  readonly before: Lock;
  /** What the fleet file makes now. */
  readonly after: Lock;
  /** Addresses of what each stack makes now. */
  readonly made: Readonly<Record<string, readonly string[]>>;
  /** Namespaces of the Helm releases that each stack makes now, by address. @default - they aren't known */
  readonly namespaces?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Stacks that the fleet file says were destroyed. @default - none */
  readonly destroyed?: readonly string[];
  /** Fields of add-ons that the fleet file switches off in words, by existing cluster. @default - none */
  readonly declined?: Readonly<Record<string, readonly string[]>>;
}

/**
 * refused: synth writes nothing, unless the fleet file accepts the transition. warning: what one should know before
 * applying it. note: what is good to know.
 */
export type Severity = "refused" | "warning" | "note";

/** What a rule says of a change. */
export interface Finding {
  /** Stable name of what was found: messages print it, docs/changes.md explains it. */
  readonly id: string;
  readonly severity: Severity;
  /** Where in the fleet file. */
  readonly path: readonly (string | number)[];
  /** What changes, exactly as `acceptChanges` takes it. @default - it can't be accepted */
  readonly transition?: string;
  /** What happens, and what to do instead. */
  readonly message: string;
  /** What is to be typed for it, a line each. @default nothing */
  readonly commands?: readonly string[];
}

export type ChangeRule = (change: Change) => readonly Finding[];

/** A cluster that was there before and is there now. */
export interface ChangedCluster {
  readonly name: string;
  readonly before: ClusterFacts;
  readonly after: ClusterFacts;
}

/** The clusters of both sides that are the same cluster: not one that was retired and whose name another has taken. */
export function keptClusters({ before, after }: Change): readonly ChangedCluster[] {
  return Object.entries(after.clusters).flatMap(([name, now]) => {
    const was = before.clusters[name];
    return was === undefined || (was.retired && !now.retired && was.cloud !== now.cloud)
      ? []
      : [{ name, before: was, after: now }];
  });
}

/** The same, of clusters that Meridian makes and that stay in their cloud. */
export function keptMade(change: Change): readonly ChangedCluster[] {
  return keptClusters(change).filter(({ before, after }) => before.cloud === after.cloud && after.cloud !== "existing");
}

/** `clusters.toronto.kubernetes: 1.36 → 1.35` */
export function transition(path: readonly (string | number)[], before: unknown, after: unknown): string {
  return `${path.join(".")}: ${shown(before)} → ${shown(after)}`;
}

/** A value as people read it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** Whether both are known and not the same. */
export const differ = (before: unknown, after: unknown): boolean =>
  before !== undefined && after !== undefined && shown(before) !== shown(after);
