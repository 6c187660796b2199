import { existsSync } from "node:fs";
import { join } from "node:path";
import { adoptedLock } from "../changes/lock/adopt";
import type { Lock } from "../changes/lock/lock";
import type { Stack } from "../output/folder";
import { readJsonObject } from "../output/json";
import { readManifest } from "../output/manifest";
import { rememberedIn } from "../output/memory";

/** What the last output says of a fleet, for one without a lock. @default - undefined: it says nothing */
export function lastOutput(out: string, fleet: string): Lock | undefined {
  const stacks = existing(out).filter(({ id }) => ownerOf(id) === fleet);
  return adoptedLock(fleet, stacks, rememberedIn(out, fleet));
}

/** What a synthesized folder says of its fleet. @throws where it holds stacks of more than one */
export function lockOfFolder(folder: string): Lock {
  const fleets = [...new Set(readManifest(folder).map(({ id }) => ownerOf(id)))];
  const lock = fleets.length === 1 ? lastOutput(folder, fleets[0]!) : undefined;
  if (!lock)
    throw new Error(
      `${folder}: holds the stacks of ${fleets.length} fleets (${fleets.join(", ") || "none"}); give the output of one`,
    );
  return lock;
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
