/** `npm run rehearse`: rehearses a fleet file, a change between two, or any command on a fleet. */
import { cpSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Command, Option } from "commander";
import { type ChangeReport, rehearseChangeIn } from "./change";
import { changeLines, closing, diagnosticLines, stepLine } from "./print";
import { type RehearsalOptions, rehearseIn } from "./rehearse";
import { runCommand } from "./runner/command";
import { synthesize } from "./runner/synthesize";
import { requireTerraform } from "./runner/terraform";
import { openWorkspace, type Workspace } from "./runner/workspace";

interface Arguments {
  readonly from?: string;
  readonly until: "plan" | "apply" | "destroy";
  readonly keep?: boolean;
  readonly in?: string;
  readonly parallelism?: string;
}

const INTERRUPTED = 130;

/**
 * Runs the program.
 * @param argv arguments after the program's name; what follows `--` is a command
 * @returns the exit code: 0 when all went well, 1 otherwise, 130 when interrupted, or the command's own
 */
export async function main(argv: readonly string[]): Promise<number> {
  const split = argv.indexOf("--");
  const command = split < 0 ? [] : argv.slice(split + 1);
  let code = 1;
  const program = new Command("rehearse")
    .description("Run every stack of a fleet through the real Terraform against the real providers' schemas, offline.")
    .argument("<fleet>", "fleet file, or a synthesized folder")
    .option("--from <fleet>", "apply this fleet first and show what <fleet> changes")
    .addOption(new Option("--until <step>", "where it ends").choices(["plan", "apply", "destroy"]).default("destroy"))
    .option("--keep", "keep the folder with stacks, state and clouds")
    .option("--in <folder>", "go on in a folder that an earlier rehearsal kept")
    .option("--parallelism <n>", "Terraform processes at a time")
    .usage("<fleet> [options] [-- command to run with the rehearsal's providers]")
    .exitOverride()
    .action(async (fleet: string, options: Arguments) => {
      code = await run(fleet, options, command);
    });
  try {
    await program.parseAsync(split < 0 ? argv : argv.slice(0, split), { from: "user" });
  } catch (error) {
    if (error instanceof Error && "exitCode" in error) return Number(error.exitCode);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  return code;
}

async function run(fleet: string, options: Arguments, command: readonly string[]): Promise<number> {
  requireTerraform();
  const workspace = openWorkspace(options.in);
  try {
    return await interruptible(async (signal) => {
      if (command.length === 0) return rehearseFleet(workspace, fleet, options, signal);
      const synthesized = await stacksOf(workspace, fleet, "fleet");
      return signal.aborted ? INTERRUPTED : runCommand(workspace, synthesized, command);
    });
  } finally {
    workspace.save();
    workspace.remove(options.keep ?? false);
    if (command.length > 0 && options.keep) process.stdout.write(`Kept: ${workspace.folder}\n`);
  }
}

/** Ctrl-C lets the running Terraforms end in order; everything is removed afterwards as always. */
async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const interrupt = (): void => {
    process.stderr.write("Interrupted: waiting for Terraform to stop.\n");
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const code = await work(controller.signal);
    return controller.signal.aborted ? INTERRUPTED : code;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function rehearseFleet(workspace: Workspace, fleet: string, args: Arguments, signal: AbortSignal): Promise<number> {
  const before = args.from && (await stacksOf(workspace, args.from, "before"));
  const synthesized = await stacksOf(workspace, fleet, "fleet", before);
  const unprotected = args.until === "destroy" ? await unprotectedStacks(workspace, fleet, "fleet") : undefined;
  const options: RehearsalOptions = {
    until: args.until,
    ...(args.keep && { keep: true }),
    ...(args.parallelism && { parallelism: Number(args.parallelism) }),
    ...(unprotected && { unprotected }),
    signal,
    onStep: printer(before !== undefined),
  };
  const report =
    args.from && before
      ? await rehearseFrom(workspace, args.from, before, synthesized, options)
      : await rehearseIn(workspace, synthesized, options);
  process.stdout.write(`${closing(report)}\n`);
  return report.ok ? 0 : 1;
}

async function rehearseFrom(
  workspace: Workspace,
  from: string,
  before: string,
  after: string,
  options: RehearsalOptions,
): Promise<ChangeReport> {
  const beforeUnprotected = await unprotectedStacks(workspace, from, "before");
  return rehearseChangeIn(workspace, before, after, { ...options, ...(beforeUnprotected && { beforeUnprotected }) });
}

/** Prints each step as it ends, its diagnostics below it, and for a change what the plan does. */
function printer(isChange: boolean): NonNullable<RehearsalOptions["onStep"]> {
  const shown = new Set<unknown>();
  return (stack, step, report) => {
    const lines = [stepLine(stack, step, 28)];
    for (const diagnostic of report.diagnostics) {
      if (shown.has(diagnostic)) continue;
      shown.add(diagnostic);
      lines.push(diagnosticLines(diagnostic));
    }
    if (isChange && step.step === "plan" && step.ok) lines.push(...changeLines(report).map((line) => `  ${line}`));
    process.stdout.write(`${lines.join("\n")}\n`);
  };
}

/**
 * A fleet file's stacks, synthesized into the workspace; a folder is taken as it is.
 * @param last the output that it comes after, so that synth refuses here too what it refuses over that output: stacks
 *   that are gone though nobody said that they may go. @default - none
 */
async function stacksOf(workspace: Workspace, fleet: string, name: string, last?: string): Promise<string> {
  if (isFolder(fleet)) return fleet;
  const out = join(workspace.folder, name);
  if (last) cpSync(last, out, { recursive: true, filter: (source) => basename(source) !== ".terraform" });
  await synthesize(fleet, out);
  return out;
}

/** Destroying a fleet takes two steps, the first of which takes its protection away. */
async function unprotectedStacks(workspace: Workspace, fleet: string, name: string): Promise<string | undefined> {
  if (isFolder(fleet)) return undefined;
  const out = join(workspace.folder, `${name}-unprotected`);
  await synthesize(fleet, out, ["--without-deletion-protection"]);
  return out;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

if (require.main === module || process.argv[1]?.endsWith("rehearse.js"))
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
