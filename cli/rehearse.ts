import "../constructs/cdktf/creation-stacks";

/** `npm run rehearse`: rehearses a fleet file, a change between two, or any command on a fleet. */
import { existsSync } from "node:fs";
import { Option } from "commander";
import { diffSides } from "../changes/diff/diff";
import { diffLines } from "../changes/diff/words";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { isOutputFolder } from "../output/manifest";
import { rehearseChangeIn } from "../rehearsal/change";
import { type RehearsalOptions, rehearseIn } from "../rehearsal/rehearse";
import { runCommand } from "../rehearsal/runner/command";
import { bothFleets, stacksOf, unprotectedStacks } from "../rehearsal/runner/fleets";
import { requireTerraform } from "../rehearsal/runner/terraform";
import { isKept, openWorkspace, type Workspace } from "../rehearsal/runner/workspace";
import { command as newCommand, runAsync, startedAs } from "./command";
import { fromHere } from "./from-here";
import { changeLines, closing, diagnosticLines, stepLine } from "./rehearsal-print";
import { notKnown, standing } from "./sides";

interface Arguments {
  readonly from?: string;
  readonly until: "plan" | "apply" | "destroy";
  readonly keep?: boolean;
  readonly in?: string;
  readonly parallelism?: string;
}

const INTERRUPTED = 130;
const REHEARSED_ANYWAY = "Both fleets are rehearsed without deletion protection, to show what would be destroyed.";

/**
 * Runs the program.
 * @param argv arguments after the program's name; what follows `--` is a command
 * @returns the exit code: 0 when all went well, 1 otherwise, 130 when interrupted, or the command's own
 */
export function main(argv: readonly string[]): Promise<number> {
  const split = argv.indexOf("--");
  const command = split < 0 ? [] : argv.slice(split + 1);
  const program = newCommand("rehearse")
    .description("Run every stack of a fleet through the real Terraform against the real providers' schemas, offline.")
    .argument("<fleet>", "fleet file, or a synthesized folder")
    .option("--from <fleet>", "apply this fleet first and show what <fleet> changes")
    .addOption(new Option("--until <step>", "where it ends").choices(["plan", "apply", "destroy"]).default("destroy"))
    .option("--keep", "keep the folder with stacks, state and clouds")
    .option("--in <folder>", "go on in a folder that an earlier rehearsal kept")
    .option("--parallelism <n>", "Terraform processes at a time")
    .usage("<fleet> [options] [-- command to run with the rehearsal's providers]");
  return runAsync(program, split < 0 ? argv : argv.slice(0, split), (fleet: string, options: Arguments) =>
    run(fleet, options, command),
  );
}

async function run(fleet: string, options: Arguments, command: readonly string[]): Promise<number> {
  requireTerraform();
  if (options.in !== undefined && !isKept(options.in))
    throw new Error(
      `--in ${options.in}: ${existsSync(options.in) ? "no rehearsal was kept there" : "there is no such folder"}. Name one that a rehearsal with --keep printed.`,
    );
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
  if (args.from) return rehearseFrom(workspace, args.from, fleet, args, signal);
  const synthesized = await stacksOf(workspace, fleet, "fleet");
  const unprotected = args.until === "destroy" ? await unprotectedStacks(workspace, fleet, "fleet") : undefined;
  const options = { ...optionsOf(args, signal, false), ...(unprotected && { unprotected }) };
  const report = await rehearseIn(workspace, synthesized, options);
  process.stdout.write(`${closing(report, signal.aborted)}\n`);
  return report.ok ? 0 : 1;
}

async function rehearseFrom(
  workspace: Workspace,
  from: string,
  fleet: string,
  args: Arguments,
  signal: AbortSignal,
): Promise<number> {
  const { before, after, refusal, ...freed } = await bothFleets(workspace, from, fleet, args.until === "destroy");
  if (refusal) process.stdout.write(`${refusal}\n${REHEARSED_ANYWAY}\n\n`);
  process.stdout.write(`${head(from, fleet)}\n\n`);
  const report = await rehearseChangeIn(workspace, before, after, { ...optionsOf(args, signal, true), ...freed });
  process.stdout.write(`${closing(report, signal.aborted)}\n`);
  if (refusal) process.stdout.write("But synth refuses this change: see the first lines.\n");
  return report.ok && !refusal ? 0 : 1;
}

/** What `npm run diff` says of the same change, before Terraform says what it really does. */
function head(from: string, fleet: string): string {
  resolveTokensOnly();
  const was = standing(from, undefined, isOutputFolder(fleet) ? undefined : fleet);
  const lines = diffLines(diffSides(was.side, standing(fleet, was.side.lock).side));
  const unknown = notKnown(was);
  return fromHere([...(unknown ? [unknown, ""] : []), ...lines].join("\n"), fleet);
}

function optionsOf(args: Arguments, signal: AbortSignal, isChange: boolean): RehearsalOptions {
  return {
    until: args.until,
    ...(args.keep && { keep: true }),
    ...(args.parallelism && { parallelism: Number(args.parallelism) }),
    signal,
    onStep: printer(isChange),
  };
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

startedAs("rehearse", main);
