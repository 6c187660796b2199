import { existsSync } from "node:fs";
import { committedLock } from "../changes/lock/committed";
import { lockFileOf, readLock } from "../changes/lock/file";
import type { Lock } from "../changes/lock/lock";
import { type LockMode, lockMode } from "../changes/lock/policy";
import { STDIN } from "../model/reading/load";
import { isOutputFolder } from "../output/manifest";
import { invocation } from "./command";
import { lockOfFolder } from "./last-output";

/** What a synth was asked about the lock. */
export interface LockOptions {
  /** A lock file of another name or place. @default - beside the fleet file */
  readonly lock?: string;
  /** A revision, a lock file or a synthesized folder that the change is judged against. @default - HEAD */
  readonly against?: string;
  /** Stand-ins take the place of what still says CHANGE-ME; no lock is read or written. @default false */
  readonly draft?: boolean;
  /** The lock must be there and fit. @default false */
  readonly frozen?: boolean;
}

/** The locks of a synth. */
export interface Locks {
  readonly mode: LockMode;
  /** The file that is written, or must fit. */
  readonly file: string;
  /** What that file says now. @default - there is none */
  readonly current?: Lock;
  /** What the change is judged against. @default - nothing is known */
  readonly before?: Lock;
  /** What versions are taken from. @default - the catalogue */
  readonly pins?: Lock;
}

/** The usual folder of the stacks. */
export const USUAL_FOLDER = "cdktf.out";

/**
 * Finds the locks of a synth.
 * @throws one clear sentence where one can't be read, or a frozen one is missing
 */
export function locksOf(
  fleetFile: string,
  out: string,
  options: LockOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Locks {
  const beside = lockFileOf(fleetFile);
  const file = options.lock ?? beside;
  const exists = existsSync(file);
  if (options.draft) return { mode: "off", file };
  const mode = lockMode({
    exists,
    frozen: options.frozen,
    named: options.lock !== undefined,
    usualFolder: out === USUAL_FOLDER && fleetFile !== STDIN,
    environment: environment.MERIDIAN_LOCK,
    ci: environment.CI === "true",
    underCdktf: environment.CDKTF_OUTDIR !== undefined && environment.CDKTF_OUTDIR === out,
  });
  if (mode === "frozen" && !exists)
    throw new Error(
      `${file}: there is no lock file to hold to. Run ${invocation("synth", fleetFile)}, and commit the lock file that it writes`,
    );
  const current = readLock(file);
  const before = mode === "off" ? undefined : beforeOf(file, options.against, current);
  const pins = current ?? (file === beside ? undefined : readLock(beside)) ?? before;
  return { mode, file, ...(current && { current }), ...(before && { before }), ...(pins && { pins }) };
}

function beforeOf(file: string, against: string | undefined, current: Lock | undefined): Lock | undefined {
  if (against !== undefined && isOutputFolder(against)) return lockOfFolder(against, file).lock;
  if (against?.endsWith(".json")) {
    const named = readLock(against);
    if (!named) throw new Error(`--against ${against}: there is no such file`);
    return named;
  }
  const committed = committedLock(file, against);
  return committed?.lock ?? (against === undefined ? current : undefined);
}
