/** Fleet files as synthesized folders in the workspace: one alone, or two of which the second comes after the first. */
import { cpSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { synthesize } from "./synthesize";
import type { Workspace } from "./workspace";

const UNPROTECTED = ["--without-deletion-protection"];

/** The stacks of a change. */
export interface BothFleets {
  readonly before: string;
  readonly after: string;
  readonly unprotected?: string;
  readonly beforeUnprotected?: string;
  /** Why synth refuses the second fleet over the first one's output; then all folders are without deletion protection. */
  readonly refusal?: string;
}

/** A fleet file's stacks, synthesized into the workspace; a folder is taken as it is. */
export async function stacksOf(workspace: Workspace, fleet: string, name: string): Promise<string> {
  return isFolder(fleet) ? fleet : synthesizeAfter(workspace, fleet, name);
}

/** Destroying a fleet takes two steps, the first of which takes its protection away. */
export async function unprotectedStacks(workspace: Workspace, fleet: string, name: string): Promise<string | undefined> {
  return isFolder(fleet) ? undefined : synthesizeAfter(workspace, fleet, `${name}-unprotected`, UNPROTECTED);
}

/**
 * The stacks of two fleets. The second is synthesized over the first one's output, so that synth refuses here too what
 * it refuses there. Where only protection is in the way, the change is shown all the same, with both fleets as they are
 * without it: that is the way that the refusal names, and whoever rehearses a change wants to see what it destroys.
 * @param toTheEnd whether all is destroyed last
 * @throws the refusal, where protection isn't all: stacks that are gone though nobody said that they may go
 */
export async function bothFleets(workspace: Workspace, from: string, fleet: string, toTheEnd: boolean): Promise<BothFleets> {
  const before = await stacksOf(workspace, from, "before");
  const beforeUnprotected = await unprotectedStacks(workspace, from, "before");
  if (isFolder(fleet)) return { before, after: fleet, ...(beforeUnprotected && { beforeUnprotected }) };
  try {
    const after = await synthesizeAfter(workspace, fleet, "fleet", [], before);
    const unprotected = toTheEnd ? await unprotectedStacks(workspace, fleet, "fleet") : undefined;
    return { before, after, ...(beforeUnprotected && { beforeUnprotected }), ...(unprotected && { unprotected }) };
  } catch (refused) {
    if (!beforeUnprotected || !(refused instanceof Error)) throw refused;
    const after = await synthesizeAfter(workspace, fleet, "fleet-after-unprotected", UNPROTECTED, beforeUnprotected).catch(() => {
      throw refused;
    });
    return { before: beforeUnprotected, after, refusal: refused.message };
  }
}

/** @param last the output that it comes after. @default - none */
async function synthesizeAfter(
  workspace: Workspace,
  fleet: string,
  name: string,
  flags: readonly string[] = [],
  last?: string,
): Promise<string> {
  const out = join(workspace.folder, name);
  if (last) cpSync(last, out, { recursive: true, filter: (source) => basename(source) !== ".terraform" });
  await synthesize(fleet, out, flags);
  return out;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
