/** Fleet files as synthesized folders in the workspace: one alone, or two of which the second comes after the first. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { copyUnprotected } from "../../output/unprotected";
import { synthesize } from "./synthesize";

import type { Workspace } from "./workspace";

const UNPROTECTED = ["--without-deletion-protection"];

/** The stacks of a change. */
export interface BothFleets {
  readonly before: string;
  readonly after: string;
  readonly unprotected?: string;
  readonly beforeUnprotected?: string;
  /** Why synth refuses the second fleet after the first; then all folders are without deletion protection. */
  readonly refusal?: string;
}

/** A fleet file's stacks, synthesized into the workspace; a folder is taken as it is. */
export async function stacksOf(workspace: Workspace, fleet: string, name: string): Promise<string> {
  if (!isFolder(fleet)) return synthesizeInto(workspace, fleet, name);
  if (existsSync(join(fleet, "manifest.json"))) return fleet;
  throw new Error(`${fleet} is a folder without stacks (no manifest.json): name a fleet file, or a folder that synth wrote.`);
}

/** Destroying a fleet takes two steps, the first of which takes its protection away. */
export async function unprotectedStacks(workspace: Workspace, fleet: string, name: string): Promise<string> {
  if (!isFolder(fleet)) return synthesizeInto(workspace, fleet, `${name}-unprotected`, UNPROTECTED);
  const out = join(workspace.folder, `${name}-unprotected`);
  copyUnprotected(fleet, out);
  return out;
}

/** What nobody can rehearse: stacks that are gone without having been destroyed, providers that are gone with their cloud. */
const NOT_TO_REHEARSE = /\[(fleet-renamed|cluster-dropped|stack-dropped|cluster-cloud|cluster-made-existing)\]/;

/**
 * The stacks of two fleets. The second is judged against the first one's lock, so that synth refuses here too what it
 * refuses there. The change is shown all the same, with both fleets as they are without deletion protection: whoever
 * rehearses a change wants to see what it destroys.
 * @param toTheEnd whether all is destroyed last
 * @throws the refusal, where there is nothing to be shown
 */
export async function bothFleets(workspace: Workspace, from: string, fleet: string, toTheEnd: boolean): Promise<BothFleets> {
  const lock = join(workspace.folder, "before.lock.json");
  const before = isFolder(from)
    ? await stacksOf(workspace, from, "before")
    : await synthesizeInto(workspace, from, "before", ["--lock", lock], "write");
  const beforeUnprotected = await unprotectedStacks(workspace, from, "before");
  if (isFolder(fleet)) {
    const after = await stacksOf(workspace, fleet, "fleet");
    return {
      before,
      after,
      beforeUnprotected,
      ...(toTheEnd && { unprotected: await unprotectedStacks(workspace, fleet, "fleet") }),
    };
  }
  try {
    const flags = ["--against", isFolder(from) ? from : lock, "--lock", join(workspace.folder, "after.lock.json")];
    const after = await synthesizeInto(workspace, fleet, "fleet", flags, "write");
    const unprotected = toTheEnd ? await unprotectedStacks(workspace, fleet, "fleet") : undefined;
    return { before, after, beforeUnprotected, ...(unprotected && { unprotected }) };
  } catch (refused) {
    if (!(refused instanceof Error) || NOT_TO_REHEARSE.test(refused.message)) throw refused;
    const after = await synthesizeInto(workspace, fleet, "fleet-after-unprotected", UNPROTECTED).catch(() => {
      throw refused;
    });
    return { before: beforeUnprotected, after, refusal: refused.message };
  }
}

async function synthesizeInto(
  workspace: Workspace,
  fleet: string,
  name: string,
  flags: readonly string[] = [],
  lock: "off" | "write" = "off",
): Promise<string> {
  const out = join(workspace.folder, name);
  await synthesize(fleet, out, flags, lock);
  return out;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
