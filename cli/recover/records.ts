/** A revision of a release, as Helm keeps it in a Secret. */
export interface HelmRecord {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  /** e.g. deployed, superseded, failed, pending-install, pending-upgrade, pending-rollback, uninstalling */
  readonly status: string;
  /** When Helm last wrote it. */
  readonly modified: Date;
}

/** A release of the stack, and how long Helm may work on it. */
export interface StackRelease {
  readonly name: string;
  readonly namespace: string;
  readonly timeoutSeconds: number;
}

/** Somebody's lock on the stack's state. */
export interface StateLock {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  readonly created: string;
}

/** What puts one release right. */
export type Remedy =
  | { readonly kind: "forget"; readonly record: HelmRecord }
  | { readonly kind: "rollback"; readonly record: HelmRecord; readonly to: number }
  /** Helm may still be at work on it. */
  | { readonly kind: "wait"; readonly record: HelmRecord; readonly seconds: number };

/** What Helm writes before it begins, and again when it is done: what stays so was killed in between. */
const PENDING = ["pending-install", "pending-upgrade", "pending-rollback"];

/**
 * What must be done so that the next apply goes on. A first installation that never ended is forgotten: its objects
 * stay, and the next apply takes them over by their annotations. An upgrade goes back to what was deployed before.
 */
export function remedies(records: readonly HelmRecord[], releases: readonly StackRelease[], now: Date): readonly Remedy[] {
  return releases.flatMap((release): Remedy[] => {
    const own = records
      .filter((record) => record.release === release.name && record.namespace === release.namespace)
      .sort((a, b) => b.revision - a.revision);
    const [last] = own;
    if (!last || !PENDING.includes(last.status)) return [];
    const seconds = Math.ceil(release.timeoutSeconds - (now.getTime() - last.modified.getTime()) / 1000);
    if (seconds > 0) return [{ kind: "wait", record: last, seconds }];
    const deployed = own.find(({ status }) => status === "deployed");
    return [deployed ? { kind: "rollback", record: last, to: deployed.revision } : { kind: "forget", record: last }];
  });
}

/** Age for people. */
export function age(since: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
