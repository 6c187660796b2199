/** Rehearses a change: what the second of two synthesized folders does to what the first one made. */

import { readStacks } from "../output/folder";
import { type RehearsalOptions, rehearseIn } from "./rehearse";
import type { RehearsalReport } from "./report";
import { openWorkspace, type Workspace } from "./runner/workspace";

/** How a change is rehearsed. */
export interface ChangeOptions extends RehearsalOptions {
  /** The first folder without deletion protection, for stacks that only it has. @default - destroyed as they are */
  readonly beforeUnprotected?: string;
}

/** What a change did. */
export interface ChangeReport {
  readonly ok: boolean;
  /** The first folder, applied. */
  readonly before: RehearsalReport;
  /** Stacks that only the first folder has, destroyed before the second is applied: an operator does it while they are in the file. */
  readonly dropped?: RehearsalReport;
  /** The second on top of the first: its plans say what is added, changed, replaced and destroyed. Absent where something before it failed. */
  readonly after?: RehearsalReport;
  /** The end, where everything is destroyed. */
  readonly destroyed?: RehearsalReport;
}

/**
 * Applies the first folder, destroys the stacks that the second no longer has, applies the second in the same state and
 * clouds, and last destroys everything.
 * @param options as for a rehearsal; faults strike in the second folder only. `until: "plan"` ends with the second's
 *   plans, `until: "apply"` before everything is destroyed
 */
export async function rehearseChange(before: string, after: string, options: ChangeOptions = {}): Promise<ChangeReport> {
  const workspace = openWorkspace(options.folder);
  try {
    return await rehearseChangeIn(workspace, before, after, options);
  } finally {
    workspace.save();
    workspace.remove(options.keep ?? false);
  }
}

/** The same in a workspace that the caller opens and removes. */
export async function rehearseChangeIn(
  workspace: Workspace,
  before: string,
  after: string,
  options: ChangeOptions,
): Promise<ChangeReport> {
  const { faults: _, until = "destroy", unprotected, beforeUnprotected, ...plain } = options;
  const first = await rehearseIn(workspace, before, { ...plain, until: "apply" });
  if (!first.ok) return { ok: false, before: first };
  const remaining = new Set(readStacks(after).map(({ id }) => id));
  const gone = Object.keys(first.stacks).filter((id) => !remaining.has(id));
  const freed = { ...plain, stacks: gone, ...(beforeUnprotected && { unprotected: beforeUnprotected }) };
  const dropped = gone.length > 0 ? await rehearseIn(workspace, before, freed, "down") : undefined;
  const leaving = { before: first, ...(dropped && { dropped }) };
  if (dropped && !dropped.ok) return { ok: false, ...leaving };
  const second = await rehearseIn(workspace, after, { ...options, until: until === "plan" ? "plan" : "apply" });
  if (!second.ok || until !== "destroy") return { ok: second.ok, ...leaving, after: second };
  const last = { ...plain, ...(unprotected && { unprotected }) };
  const destroyed = await rehearseIn(workspace, after, last, "down");
  return { ok: destroyed.ok, ...leaving, after: second, destroyed };
}
