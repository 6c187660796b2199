/** Rehearses a synthesized folder: every stack through the real Terraform, in dependency order, and back again. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readStacks, type Stack } from "../output/folder";
import type { JsonObject } from "../output/json";
import { isOutputFolder } from "../output/manifest";
import type { RehearsalReport, StackReport, StepReport } from "./report";
import { type Children, createChildren } from "./runner/children";
import { type Fault, faultHook } from "./runner/faults";
import { type Gate, gate, inDependencyOrder } from "./runner/schedule";
import { type Servers, serve } from "./runner/servers";
import { typesInState } from "./runner/state-file";
import * as steps from "./runner/steps";
import { requireTerraform } from "./runner/terraform";
import { adjust, bringIn, openWorkspace, RC_FILE, startOver, useMirror, type Workspace } from "./runner/workspace";

/** How a rehearsal runs. */
export interface RehearsalOptions {
  /**
   * Where it ends. "plan": stacks that others read are applied, the last of each chain only planned; nothing is
   * destroyed. "apply": everything is applied and planned again. @default "destroy"
   */
  readonly until?: "plan" | "apply" | "destroy";
  /** Keeps the folder with the stacks and their state. @default false */
  readonly keep?: boolean;
  /** A folder that an earlier rehearsal kept: its state and clouds go on. @default - a new one */
  readonly folder?: string;
  /** @default [] */
  readonly faults?: readonly Fault[];
  /** Ids of the stacks to run; those that they need must have been applied in `folder`. @default - all */
  readonly stacks?: readonly string[];
  /** Terraform processes at a time. @default - the number of processors, at least 2 */
  readonly parallelism?: number;
  /** Leaves backends as they are written instead of keeping all state in the rehearsal's folder. @default false */
  readonly keepBackends?: boolean;
  /** Variables for Terraform's environment. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Providers that are not served here: Terraform takes the real ones from a filesystem mirror.
   * @default - none
   */
  readonly real?: RealProviders;
  /** Changes a stack's JSON before it is run. @default - run as it is */
  readonly edit?: (stack: string, config: JsonObject) => JsonObject;
  /** The program. @default - terraform on PATH, else tofu */
  readonly program?: string;
  /**
   * The same stacks without deletion protection: applied before they are destroyed, as an operator must.
   * @default - destroyed as they are
   */
  readonly unprotected?: string;
  /** Told of each step as it ends. */
  readonly onStep?: (stack: string, step: StepReport, report: StackReport) => void;
  /** Stops the rehearsal in an orderly way. */
  readonly signal?: AbortSignal;
}

/** Providers as their makers built them. */
export interface RealProviders {
  /** Names in hashicorp's namespace, "aws". */
  readonly names: readonly string[];
  /** Folder in the layout of Terraform's filesystem mirror. */
  readonly mirror: string;
}

interface Rehearsal {
  readonly workspace: Workspace;
  readonly stacks: readonly Stack[];
  readonly options: RehearsalOptions;
  readonly stages: ReadonlyMap<string, steps.Stage>;
  readonly gate: Gate;
  readonly skipped: Map<string, string>;
}

/**
 * Rehearses a synthesized folder.
 * @param synthesized the folder with manifest.json
 * @throws where there is nothing to run it with: no Terraform, no manifest, no schema of a provider. What Terraform
 *   itself says is in the report
 */
export async function rehearse(synthesized: string, options: RehearsalOptions = {}): Promise<RehearsalReport> {
  const workspace = openWorkspace(options.folder);
  try {
    return await rehearseIn(workspace, synthesized, options);
  } finally {
    workspace.save();
    workspace.remove(options.keep ?? false);
  }
}

/** "both": up and, unless `until` says less, down again; "down": destroys what is in the workspace's state. */
export type Way = "both" | "down";

/** The same in a workspace that the caller opens and removes. */
export async function rehearseIn(
  workspace: Workspace,
  synthesized: string,
  options: RehearsalOptions,
  way: Way = "both",
): Promise<RehearsalReport> {
  const began = performance.now();
  const program = requireTerraform(options.program);
  const earlier = isOutputFolder(workspace.synthesized) ? readStacks(workspace.synthesized) : [];
  startOver(workspace);
  bringIn(workspace, synthesized, options.edit);
  if (options.real) useMirror(workspace, options.real.mirror);
  const all = readStacks(workspace.synthesized);
  const unknown = (options.stacks ?? []).filter((id) => !all.some((stack) => stack.id === id));
  if (unknown.length > 0) throw new Error(`No stack '${unknown.join("', '")}'; there are ${all.map(({ id }) => id).join(", ")}.`);
  const chosen = all.filter(({ id }) => options.stacks?.includes(id) ?? true);
  // A real provider is large, and inherits the environment.
  const env = terraformEnvironment(workspace, { ...(options.real && { GOGC: "100" }), ...options.env });
  const adjustments = adjust(workspace, all, options.keepBackends ?? false, env);
  const children = createChildren();
  const servers: Servers[] = [];
  const stop = (): void => void children.stop();
  options.signal?.addEventListener("abort", stop);
  try {
    const stages = new Map<string, steps.Stage>();
    for (const stack of chosen) {
      const own = createChildren();
      const server = await serve({
        folder: workspace.sockets,
        name: stack.id,
        stacks: [stack],
        // Its last JSON too: a state that a backend elsewhere keeps is not read here.
        earlier: [...earlier.filter(({ id }) => id === stack.id), typesInState(join(workspace.synthesized, stack.folder), stack)],
        cloud: workspace.cloud,
        before: faultHook(options.faults ?? [], stack, own.killNewest),
        except: options.real?.names ?? [],
      });
      servers.push(server);
      stages.set(
        stack.id,
        stageOf(workspace, stack, program, { ...env, TF_REATTACH_PROVIDERS: server.reattach }, [children, own]),
      );
    }
    const width = options.parallelism ?? Math.max(2, availableParallelism());
    const rehearsal = { workspace, stacks: chosen, options, stages, gate: gate(width), skipped: new Map<string, string>() };
    await run(rehearsal, way);
    return report(rehearsal, adjustments, began);
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await children.stop();
    for (const server of servers) server.close();
  }
}

function stageOf(
  workspace: Workspace,
  stack: Stack,
  program: string,
  env: NodeJS.ProcessEnv,
  watchers: readonly Children[],
): steps.Stage {
  return {
    stack,
    folder: join(workspace.synthesized, stack.folder),
    launch: {
      program,
      env,
      started: (child) => {
        for (const watcher of watchers) watcher.add(child);
      },
    },
    progress: steps.newProgress(),
  };
}

/**
 * Terraform's environment: nothing of the operator's own Terraform settings, which could bring other providers in.
 * TF_VAR_* and the backends' own variables stay.
 */
export function terraformEnvironment(workspace: Workspace, own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^TF_(?!VAR_|HTTP_)|^KUBE_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    // Terraform alone is small: collecting its garbage less often saves a sixth of the time.
    GOGC: process.env.GOGC ?? "400",
    TF_CLI_CONFIG_FILE: join(workspace.folder, RC_FILE),
    ...own,
  };
}

async function run(rehearsal: Rehearsal, way: Way): Promise<void> {
  const { stacks, options, stages, skipped } = rehearsal;
  const ids = stacks.map(({ id }) => id);
  const until = options.until ?? "destroy";
  const dependenciesOf = (id: string): readonly string[] => stages.get(id)?.stack.dependencies ?? [];
  const isRead = (id: string): boolean => stacks.some(({ dependencies }) => dependencies.includes(id));

  // Neither step needs another stack, so all go first: a mistake anywhere shows before anything is applied.
  const ready = new Set<string>();
  await Promise.all(
    ids.map(async (id) => {
      if ((await take(rehearsal, id, "init")) && (way === "down" || (await take(rehearsal, id, "validate")))) ready.add(id);
    }),
  );
  if (way === "both") {
    const later: Promise<unknown>[] = [];
    await inDependencyOrder(ids, dependenciesOf, async (id, failed) => {
      if (failed.length > 0) skipped.set(id, `waits for ${failed.join(", ")}`);
      if (failed.length > 0 || !ready.has(id) || !(await take(rehearsal, id, "plan"))) return false;
      if (until === "plan" && !isRead(id)) return true;
      if (!(await take(rehearsal, id, "apply"))) return false;
      if (until !== "plan") later.push(take(rehearsal, id, "again"));
      return true;
    });
    await Promise.all(later);
  }
  const allWell = (): boolean => ids.every((id) => wentWell(rehearsal, id));
  if (until !== "destroy" || !allWell()) return;
  const { unprotected } = options;
  if (unprotected) {
    const free = new Map(readStacks(unprotected).map(({ id, config }) => [id, JSON.stringify(config)]));
    const isProtected = ({ id, config }: Stack): boolean => free.has(id) && free.get(id) !== JSON.stringify(config);
    const protectedIds = new Set(stacks.filter(isProtected).map(({ id }) => id));
    bringIn(rehearsal.workspace, unprotected, options.edit);
    await inDependencyOrder(ids, dependenciesOf, async (id, failed) => {
      if (failed.length > 0) return false;
      return !protectedIds.has(id) || take(rehearsal, id, "unprotect");
    });
    if (!allWell()) return;
  }
  const dependentsOf = (id: string): string[] =>
    stacks.filter(({ dependencies }) => dependencies.includes(id)).map((stack) => stack.id);
  await inDependencyOrder(ids, dependentsOf, async (id, failed) => failed.length === 0 && take(rehearsal, id, "destroy"));
}

const stepsByName = {
  init: steps.init,
  validate: steps.validate,
  plan: steps.plan,
  apply: steps.apply,
  again: steps.planAgain,
  unprotect: steps.unprotect,
  destroy: steps.destroy,
} as const;

async function take(rehearsal: Rehearsal, id: string, name: StepReport["step"]): Promise<boolean> {
  const stage = rehearsal.stages.get(id) as steps.Stage;
  if (rehearsal.options.signal?.aborted) return false;
  const ok = await rehearsal.gate.run(() => stepsByName[name](stage));
  const last = stage.progress.steps.at(-1);
  if (last) rehearsal.options.onStep?.(id, { ...last, ok }, stackReport(rehearsal, stage));
  return ok;
}

function wentWell({ stages, skipped }: Rehearsal, id: string): boolean {
  const progress = stages.get(id)?.progress;
  return !skipped.has(id) && (progress?.diagnostics.every(({ severity }) => severity !== "error") ?? false);
}

function stackReport(rehearsal: Rehearsal, { stack, progress }: steps.Stage): StackReport {
  const skipped = rehearsal.skipped.get(stack.id);
  return {
    stack: stack.id,
    dependencies: stack.dependencies,
    ok: wentWell(rehearsal, stack.id),
    ...(skipped && { skipped }),
    ...progress,
  };
}

function report(rehearsal: Rehearsal, adjustments: readonly string[], began: number): RehearsalReport {
  const { stages, options, workspace } = rehearsal;
  const stacks = Object.fromEntries([...stages].map(([id, stage]) => [id, stackReport(rehearsal, stage)]));
  return {
    ok: Object.values(stacks).every(({ ok }) => ok) && !options.signal?.aborted,
    stacks,
    errors: Object.values(stacks).flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error")),
    adjustments,
    seconds: (performance.now() - began) / 1000,
    ...(options.keep && { folder: workspace.folder }),
  };
}
