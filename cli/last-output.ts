import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { adoptedLock } from "../changes/lock/adopt";
import { committedLock } from "../changes/lock/committed";
import { readLock } from "../changes/lock/file";
import type { Lock } from "../changes/lock/lock";
import { stackFacts } from "../changes/lock/stack-facts";
import type { Stack } from "../output/folder";
import { readJsonObject } from "../output/json";
import { readManifest } from "../output/manifest";
import { rememberedIn } from "../output/memory";

/** What the last output says of a fleet, for one without a lock. @default - undefined: it says nothing */
export function lastOutput(out: string, fleet: string): Lock | undefined {
  const stacks = existing(out).filter(({ id }) => ownerOf(id) === fleet);
  return adoptedLock(fleet, stacks, rememberedIn(out, fleet));
}

/** What is known of a synthesized folder. */
export interface KnownFolder {
  readonly lock: Lock;
  /** Whether that is all: the lock that was written with it. Otherwise it is what its JSON says. */
  readonly whole: boolean;
}

/**
 * What a synthesized folder says of its fleet.
 * @param lockFile of the fleet file that it is compared with. @default - nobody knows
 * @throws where it holds stacks of more than one
 */
export function lockOfFolder(folder: string, lockFile?: string): KnownFolder {
  const fleets = [...new Set(readManifest(folder).map(({ id }) => ownerOf(id)))];
  const written = lockFile === undefined ? undefined : lockWrittenWith(folder, lockFile);
  if (written) return { lock: written, whole: true };
  const lock = fleets.length === 1 ? lastOutput(folder, fleets[0]!) : undefined;
  if (!lock)
    throw new Error(
      `${folder}: holds the stacks of ${fleets.length} fleets (${fleets.join(", ") || "none"}); give the output of one`,
    );
  return { lock, whole: false };
}

/**
 * The lock that was written with a folder, told by its digests: of a worktree the one at the same place in it, or the
 * fleet file's own, or the one that is committed.
 */
function lockWrittenWith(folder: string, lockFile: string): Lock | undefined {
  const digests = new Map(existing(folder).map(({ id, config }) => [id, stackFacts(id, config).digest]));
  const isOf = (lock: Lock | undefined): lock is Lock =>
    lock !== undefined &&
    Object.keys(lock.stacks).length === digests.size &&
    Object.entries(lock.stacks).every(([id, { digest }]) => digests.get(id) === digest);
  const path = relative(process.cwd(), resolve(lockFile));
  const places = [...(path.startsWith("..") ? [] : [join(dirname(folder), path)]), lockFile];
  return places.map((place) => readLock(place)).find(isOf) ?? [committedLock(lockFile)?.lock].find(isOf);
}

/** Other fleets whose stacks are in the output folder now. */
export function otherFleets(out: string, fleet: string): readonly string[] {
  return [...new Set(readManifest(out).map(({ id }) => ownerOf(id)))].filter((name) => name !== fleet);
}

/** The stacks of an output whose files are there. */
function existing(out: string): readonly Pick<Stack, "id" | "config">[] {
  return readManifest(out).flatMap(({ id, file }) =>
    existsSync(join(out, file)) ? [{ id, config: readJsonObject(join(out, file)) }] : [],
  );
}

/** A fleet's name has no hyphen, and every stack id starts with it. */
const ownerOf = (stackId: string): string => stackId.split("-")[0]!;
