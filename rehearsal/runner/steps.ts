/** The steps that one stack goes through, each a run of Terraform. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../../output/folder";
import { backendOf } from "../../output/state";
import type { PlannedChange, StackDiagnostic, StateResource, Step, StepReport } from "../report";
import { causes, type ShownPlan } from "./causes";
import { type StateFile, stateText } from "./state-file";
import { type Event, type Finished, type Launch, terraform } from "./terraform";

/** What has been learned of a stack so far. */
export interface Progress {
  readonly steps: StepReport[];
  readonly diagnostics: StackDiagnostic[];
  plan: readonly PlannedChange[];
  again: readonly PlannedChange[];
  readonly applied: string[];
  readonly destroyed: string[];
  readonly order: string[];
  outputs: Readonly<Record<string, unknown>>;
  resources: readonly StateResource[];
}

/** Everything that a step needs. */
export interface Stage {
  readonly stack: Stack;
  /** The stack's folder in the workspace. */
  readonly folder: string;
  readonly launch: Launch;
  readonly progress: Progress;
}

const PLAN = "rehearsal.tfplan";
const CUT_SCHEMA = " If the real provider does, the rehearsal's copy of its schema lacks it: see scripts/rehearsal-schemas.mjs.";

/** The pg backend makes a new state under one lock for the whole database, so stacks that start together meet there. */
const PG_LOCK_TIMEOUT = "60s";

/** Nothing learned yet. */
export function newProgress(): Progress {
  return { steps: [], diagnostics: [], plan: [], again: [], applied: [], destroyed: [], order: [], outputs: {}, resources: [] };
}

/** `init`. Its own words are no JSON before Terraform 1.9; for a broken configuration `validate` says the same as JSON. */
export async function init(stage: Stage): Promise<boolean> {
  const { stack, progress, launch, folder } = stage;
  const ok = await step(stage, "init", ["init", "-input=false", "-no-color"]);
  if (ok) return true;
  const { stdout } = await terraform(launch, folder, ["validate", "-json"]).done;
  const broken = printedDiagnostics(stdout).filter((diagnostic) => diagnostic?.severity === "error" && diagnostic.range);
  if (broken.length === 0) return false;
  progress.diagnostics.pop();
  for (const diagnostic of broken) note(stack.id, progress, diagnostic);
  return false;
}

function printedDiagnostics(stdout: string): readonly Event["diagnostic"][] {
  return (JSON.parse(stdout || "{}") as { readonly diagnostics?: Event["diagnostic"][] }).diagnostics ?? [];
}

/** `validate`. */
export async function validate(stage: Stage): Promise<boolean> {
  const { stack, progress } = stage;
  return step(stage, "validate", ["validate", "-json"], (finished) => {
    for (const diagnostic of printedDiagnostics(finished.stdout)) note(stack.id, progress, diagnostic);
  });
}

/** `plan`, into a file that `apply` takes. */
export async function plan(stage: Stage): Promise<boolean> {
  const changes: PlannedChange[] = [];
  const ok = await step(stage, "plan", ["plan", "-json", "-input=false", `-out=${PLAN}`], undefined, changes);
  stage.progress.plan = ok ? await inDetail(stage, changes) : changes;
  return ok;
}

/** `apply` of the planned file, and a look at the state that it left. */
export async function apply(stage: Stage): Promise<boolean> {
  const ok = await step(stage, "apply", ["apply", "-json", "-input=false", PLAN]);
  rmSync(join(stage.folder, PLAN), { force: true });
  await lookAtState(stage);
  return ok;
}

/** The second plan: whatever it would change is an error. */
export async function planAgain(stage: Stage): Promise<boolean> {
  const { stack, progress } = stage;
  const changes: PlannedChange[] = [];
  const ok = await step(stage, "again", ["plan", "-json", "-input=false", `-out=${PLAN}`], undefined, changes);
  progress.again = ok && changes.length > 0 ? await inDetail(stage, changes) : changes;
  rmSync(join(stage.folder, PLAN), { force: true });
  for (const { address, actions, changedAttributes } of progress.again)
    progress.diagnostics.push({
      stack: stack.id,
      severity: "error",
      address,
      summary: "The second plan is not empty",
      detail: `Right after apply Terraform would ${actions.join(" and ")} it again${changedAttributes.length ? `, because of ${changedAttributes.join(", ")}` : ""}.`,
    });
  return ok && progress.again.length === 0;
}

/** Applies the stack without deletion protection, before it is destroyed. */
export function unprotect(stage: Stage): Promise<boolean> {
  return step(stage, "unprotect", ["apply", "-auto-approve", "-json", "-input=false"]);
}

/** `destroy`, after which the state must be empty. */
export async function destroy(stage: Stage): Promise<boolean> {
  const { stack, progress } = stage;
  const ok = await step(stage, "destroy", ["apply", "-destroy", "-auto-approve", "-json", "-input=false"]);
  const left = await readState(stage);
  if (!ok || left.resources.length === 0) return ok;
  progress.diagnostics.push({
    stack: stack.id,
    severity: "error",
    summary: "The state is not empty after destroy",
    detail: `It still holds ${left.resources.map(({ address }) => address).join(", ")}.`,
  });
  return false;
}

async function step(
  stage: Stage,
  name: Step,
  args: readonly string[],
  read?: (finished: Finished) => void,
  changes?: PlannedChange[],
): Promise<boolean> {
  const { stack, progress } = stage;
  const began = performance.now();
  const counts = { add: 0, change: 0, destroy: 0 };
  const errorsBefore = progress.diagnostics.length;
  const onEvent =
    args.includes("-json") && !read ? (event: Event) => take(stack.id, progress, counts, changes, event) : undefined;
  const waiting =
    name !== "init" && name !== "validate" && backendOf(stack.config).kind === "pg" ? [`-lock-timeout=${PG_LOCK_TIMEOUT}`] : [];
  const [command = "", ...rest] = args;
  const finished = await terraform(stage.launch, stage.folder, [command, ...waiting, ...rest], onEvent).done;
  read?.(finished);
  const ok = finished.code === 0;
  if (!ok && !progress.diagnostics.slice(errorsBefore).some(({ severity }) => severity === "error"))
    progress.diagnostics.push({
      stack: stack.id,
      severity: "error",
      summary: `terraform ${args[0]} failed`,
      detail: plain(finished.stderr || finished.stdout) || `exit code ${finished.code}`,
    });
  progress.steps.push({ step: name, ok, seconds: (performance.now() - began) / 1000, ...counts });
  return ok;
}

function take(
  stack: string,
  progress: Progress,
  counts: { add: number; change: number; destroy: number },
  changes: PlannedChange[] | undefined,
  event: Event,
): void {
  if (event.type === "diagnostic" && event.diagnostic) note(stack, progress, event.diagnostic);
  if (event.type === "planned_change" && event.change && changes) changes.push(planned(event.change));
  if (event.type === "apply_complete" && event.hook && event.hook.action !== "read") {
    const { action, resource } = event.hook;
    (action === "delete" ? progress.destroyed : progress.applied).push(resource.addr);
    progress.order.push(`${action} ${resource.addr}`);
  }
  if (event.type === "change_summary" && event.changes) {
    counts.add = event.changes.add;
    counts.change = event.changes.change;
    counts.destroy = event.changes.remove;
  }
}

function note(stack: string, progress: Progress, diagnostic: NonNullable<Event["diagnostic"]> | undefined): void {
  if (!diagnostic) return;
  const { severity, summary, detail = "", address, range } = diagnostic;
  const hint = /does not support (resource type|data source)/.test(detail) ? CUT_SCHEMA : "";
  progress.diagnostics.push({
    stack,
    severity,
    summary,
    detail: detail + hint,
    ...(address && { address }),
    ...(range && { place: `${range.filename}:${range.start.line}` }),
  });
}

function planned(change: NonNullable<Event["change"]>): PlannedChange {
  const actions = change.action === "replace" ? ["delete", "create"] : [change.action];
  return {
    address: change.resource.addr,
    type: change.resource.resource_type,
    actions,
    replace: change.action === "replace",
    causes: [],
    changedAttributes: [],
  };
}

/** The events say what is changed but not why; the plan file says both and costs another run, so only where it matters. */
async function inDetail(stage: Stage, changes: readonly PlannedChange[]): Promise<readonly PlannedChange[]> {
  if (changes.every(({ actions }) => actions[0] === "create" || actions[0] === "read")) return changes;
  const { stdout } = await terraform(stage.launch, stage.folder, ["show", "-json", PLAN]).done;
  const shown = JSON.parse(stdout) as ShownPlan;
  return (shown.resource_changes ?? [])
    .filter(({ mode, change }) => mode === "managed" && change.actions[0] !== "no-op")
    .map((resource) => [resource, resource.change] as const)
    .map(([resource, { actions, before, after, after_unknown: unknown }]) => ({
      address: resource.address,
      type: resource.type,
      actions,
      replace: actions.length > 1,
      causes: causes(shown, resource),
      changedAttributes:
        before && after
          ? Object.keys({ ...before, ...after, ...unknown })
              .filter((name) =>
                name in unknown && unknown[name] === true ? true : JSON.stringify(before[name]) !== JSON.stringify(after[name]),
              )
              .sort()
          : [],
    }));
}

async function lookAtState(stage: Stage): Promise<void> {
  const { outputs, resources } = await readState(stage);
  stage.progress.outputs = outputs;
  stage.progress.resources = resources;
}

async function readState(
  stage: Stage,
): Promise<{ readonly outputs: Record<string, unknown>; readonly resources: StateResource[] }> {
  const state = JSON.parse((stateText(stage.folder, stage.stack) ?? (await pulledState(stage))) || "{}") as StateFile;
  return {
    outputs: Object.fromEntries(Object.entries(state.outputs ?? {}).map(([name, { value }]) => [name, value])),
    resources: (state.resources ?? []).flatMap(({ mode, type, name, instances }) =>
      instances.map(({ index_key: key, attributes }) => ({
        address: `${mode === "data" ? "data." : ""}${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        type,
        mode,
        attributes,
      })),
    ),
  };
}

async function pulledState(stage: Stage): Promise<string> {
  return (await terraform(stage.launch, stage.folder, ["state", "pull"]).done).stdout;
}

function plain(text: string): string {
  return text.replace(/^[╷│╵]\s?/gm, "").trim();
}
