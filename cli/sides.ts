import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App } from "cdktf";
import type { Side } from "../changes/diff/diff";
import { committedLock, committedText, isInGit, mergeBase } from "../changes/lock/committed";
import { lockOf } from "../changes/lock/facts";
import { lockFileOf, readLock } from "../changes/lock/file";
import type { Lock } from "../changes/lock/lock";
import { pinsOf } from "../changes/lock/pins";
import { otherOwner } from "../changes/rules/fleet";
import { StackProblems } from "../model/problems/fleet-error";
import type { BaseReader } from "../model/reading/layers";
import { loadFleet, parseFleet, STDIN, withPlaces } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { readStacks, type Stack } from "../output/folder";
import { isOutputFolder } from "../output/manifest";
import { lockOfFolder } from "./last-output";
import { VERSION } from "./version";
import { writtenStacks } from "./written-stacks";

/** A side of a change whose fleet is known. */
export type FleetSide = Side & { readonly fleet: Fleet };

/** What came before: with the version of Meridian that had made it. */
export interface Before {
  readonly side: Side;
  /** As people call it. */
  readonly name: string;
  /** Version of Meridian that its lock names. @default - this one, or not known */
  readonly meridian?: string;
  /** Of a synthesized folder: the lock that was written with it isn't known. @default false */
  readonly onlyJson?: boolean;
}

/** Of a folder whose lock nobody has, the rules know what its JSON says. undefined where they know all. */
export function notKnown({ name, onlyJson }: Before): string | undefined {
  if (!onlyJson) return undefined;
  return `No lock file that was written with ${name} is known: of its accounts, ranges, names, databases and applications the rules say nothing. They do for a worktree's output, and for a fleet file.`;
}

/** What takes files that nobody needs. */
const NOWHERE = { write: () => undefined, copy: () => undefined };

/** A fleet's stacks, written nowhere. */
export function stacksOf(fleet: Fleet): readonly Stack[] {
  const outdir = mkdtempSync(join(tmpdir(), "meridian-"));
  try {
    return writtenStacks(new App({ outdir, stackTraces: false }), NOWHERE, fleet);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export function sideOf(fleet: Fleet): FleetSide {
  const stacks = stacksOf(fleet);
  return { fleet, stacks, lock: lockOf(fleet, stacks, VERSION) };
}

/** The fleet file as it is now, with the versions of its lock. @param before for a file without a lock of its own */
export function now(file: string, before?: Lock): FleetSide {
  const own = readLock(lockFileOf(file));
  const fleet = loadFleet(file, pinsOf(own ?? before));
  const other = otherOwner(own, `the lock file ${lockFileOf(file)}`, fleet.name);
  if (other.length > 0) throw withPlaces(new StackProblems(other), file);
  return sideOf(fleet);
}

/**
 * A fleet file or a synthesized folder as it stands.
 * @param file the fleet file that a folder is compared with. @default - nobody knows
 */
export function standing(path: string, before?: Lock, file?: string): Before {
  if (!isOutputFolder(path)) return { side: now(path, before), name: path };
  const { lock, whole } = lockOfFolder(path, file && lockFileOf(file));
  return { side: { stacks: readStacks(path), lock }, name: path, ...(!whole && { onlyJson: true }) };
}

/** The files that a committed fleet file extends, of the same revision, which problems call `name`. */
const committedBase =
  (fleetFile: string, revisionName: string, revision: string): BaseReader =>
  (path, from) => {
    const base = join(dirname(from.slice(revisionName.length + 1)), path);
    const text = committedText(base, revision, fleetFile);
    if (text === undefined)
      throw new Error(
        `${base} is not in ${revisionName}: a base lies in the same repository and is committed. Or name a synthesized folder with --against`,
      );
    return { text, name: `${revisionName}:${base}` };
  };

/**
 * What a fleet file is compared with: a synthesized folder, or a revision, by default HEAD.
 * @throws one clear sentence where there is none
 */
export function before(file: string, against?: string): Before {
  if (against !== undefined && isOutputFolder(against)) return standing(against, undefined, file);
  if (against !== undefined && existsSync(against))
    throw new Error(`--against ${against}: holds no synthesized stacks, and a revision is called otherwise`);
  if (file === STDIN) throw new Error("what comes in is in no revision: name a synthesized folder with --against");
  const revision = against === undefined ? "HEAD" : mergeBase(file, against);
  const text = committedText(file, revision);
  const name = against ?? "HEAD";
  if (text === undefined && !isInGit(file))
    throw new Error(
      `${file} is in no git repository, or git is not installed: there is nothing to compare with. Name a synthesized folder with --against`,
    );
  if (text === undefined)
    throw new Error(
      `${file} is not in ${name}: there is nothing to compare with. Commit it, or name a synthesized folder with --against`,
    );
  const lock = committedLock(lockFileOf(file), against)?.lock;
  const fleet = {
    ...parseFleet(text, `${name}:${file}`, pinsOf(lock), false, committedBase(file, name, revision)),
    folder: dirname(file),
  };
  const side = sideOf(fleet);
  return { side: lock ? { ...side, lock } : side, name, ...(lock && { meridian: lock.meridian }) };
}
