/** Rehearses a change: what the second of two synthesized folders does to what the first one made. */
import { type RehearsalOptions, rehearseIn } from "./rehearse";
import type { RehearsalReport } from "./report";
import { readStacks } from "./runner/stacks";
import { openWorkspace, type Workspace } from "./runner/workspace";

/** What a change did. */
export interface ChangeReport {
  readonly ok: boolean;
  /** The first folder, applied. */
  readonly before: RehearsalReport;
  /** The second on top of it: its plans say what is added, changed, replaced and destroyed. Absent where the first failed. */
  readonly after?: RehearsalReport;
  /** Stacks that only the first folder has, destroyed after the second was applied. */
  readonly dropped?: RehearsalReport;
  /** The end, where everything is destroyed. */
  readonly destroyed?: RehearsalReport;
}

/**
 * Applies the first folder, then the second in the same state and clouds, then destroys the stacks that only the first
 * had, and last everything.
 * @param options as for a rehearsal; faults strike in the second folder only. `until: "plan"` ends with the second's
 *   plans, `until: "apply"` before everything is destroyed
 */
export async function rehearseChange(before: string, after: string, options: RehearsalOptions = {}): Promise<ChangeReport> {
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
  options: RehearsalOptions,
): Promise<ChangeReport> {
  const { faults: _, until = "destroy", unprotected, ...plain } = options;
  const first = await rehearseIn(workspace, before, { ...plain, until: "apply" });
  if (!first.ok) return { ok: false, before: first };
  const second = await rehearseIn(workspace, after, { ...options, until: until === "plan" ? "plan" : "apply" });
  if (!second.ok || until === "plan") return { ok: second.ok, before: first, after: second };
  const remaining = new Set(readStacks(workspace.synthesized).map(({ id }) => id));
  const gone = Object.keys(first.stacks).filter((id) => !remaining.has(id));
  const dropped = gone.length > 0 ? await rehearseIn(workspace, before, { ...plain, stacks: gone }, "down") : undefined;
  const last = { ...plain, ...(unprotected && { unprotected }) };
  const destroyed = until === "destroy" ? await rehearseIn(workspace, after, last, "down") : undefined;
  const ok = (dropped?.ok ?? true) && (destroyed?.ok ?? true);
  return { ok, before: first, after: second, ...(dropped && { dropped }), ...(destroyed && { destroyed }) };
}
