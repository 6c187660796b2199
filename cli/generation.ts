import "../constructs/cdktf/creation-stacks";

/** `npm run generation`: from one generation of a cluster to the next, a step at a time. */
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { diffSides } from "../changes/diff/diff";
import { diffLines } from "../changes/diff/words";
import { add } from "../changes/generations/add";
import { olderOf } from "../changes/generations/groups";
import { drop, retire, stacksOf } from "../changes/generations/leave";
import { rollback, shift } from "../changes/generations/shift";
import { NoStep, type Step } from "../changes/generations/step";
import { lockFileOf } from "../changes/lock/file";
import type { Lock } from "../changes/lock/lock";
import { pinsOf } from "../changes/lock/pins";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { StackProblems } from "../model/problems/fleet-error";
import { loadFleet, STDIN, withPlaces } from "../model/reading/load";
import type { Fleet } from "../model/schema/fleet";
import { command, invocation, startedAs } from "./command";
import { fromHere } from "./from-here";
import { locksOf, USUAL_FOLDER } from "./lock";
import { sideOf } from "./sides";
import { heldBy } from "./state-list";
import { mendKilled, synthesize } from "./synthesize";

type Print = (text: string) => void;
type TakeStep = (text: string, fleet: Fleet, before: Lock | undefined) => Step;

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: Print = (text) => void process.stdout.write(text)): number {
  let code = 0;
  let file = "";
  const program = command("generation", {
    "fleets/arctiq.yaml add prod1711 --from prod1706": "a copy beside it, in no name yet",
    "fleets/arctiq.yaml shift prod1711 10": "first both in one place, then a tenth of the answers",
    "fleets/arctiq.yaml rollback prod1711": "everything back to the one before",
    "fleets/arctiq.yaml retire prod1706": "out of the names, its stacks still there",
    "fleets/arctiq.yaml drop prod1706": "out of the file, once its stacks are destroyed",
  })
    .description("Take one step from a generation of a cluster to the next: edits the fleet file and says what to apply and see.")
    .argument("<fleet>", "fleet file")
    .argument("<step>", "add, shift, rollback, retire or drop")
    .argument("<cluster>", "the new one of add, shift and rollback; the old one of retire and drop")
    .argument("[percent]", "shift: the new one's part, 0 to 100")
    .option("--from <cluster>", "the generation before (default: the one that it shares names with, or the only one there)")
    .option("--cidr <range>", "add: range of the new one (default: the next one that is free)")
    .option("--out <folder>", "where the stacks are written", USUAL_FOLDER)
    .exitOverride();
  program.action((fleet: string, step: string, cluster: string, percent?: string) => {
    file = fleet;
    code = run(program, { file, step, cluster, percent }, print);
  });
  try {
    program.parse(argv, { from: "user" });
    return code;
  } catch (thrown) {
    if (thrown instanceof Error && "exitCode" in thrown) return Number(thrown.exitCode);
    const error = thrown instanceof StackProblems ? withPlaces(thrown, file) : thrown;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${fromHere(message, file, program.opts<{ out: string }>().out)}\n`);
    return 1;
  }
}

interface Arguments {
  readonly file: string;
  readonly step: string;
  readonly cluster: string;
  readonly percent: string | undefined;
}

function run(program: Command, args: Arguments, print: Print): number {
  resolveTokensOnly();
  const { file } = args;
  if (file === STDIN) throw new NoStep("a step edits the fleet file: name one");
  const { out, from, cidr } = program.opts<{ out: string; from?: string; cidr?: string }>();
  mendKilled(out);
  const lock = lockFileOf(file);
  const locks = locksOf(file, out, { lock }, {});
  const fleet = loadFleet(file, pinsOf(locks.pins));
  const text = readFileSync(file, "utf8");
  const taken = stepOf(args, { from, cidr, out })(text, fleet, locks.before);
  const was = sideOf(fleet);
  synthesize({ file, text: taken.text, out, lock, say: (line) => void process.stderr.write(`${line}\n`) });
  const is = sideOf(loadFleet(file, pinsOf(locksOf(file, out, { lock }, {}).pins)));
  print(report(file, taken, diffLines({ ...diffSides(was, is), findings: [] })));
  return 0;
}

function stepOf(
  { step, cluster, percent }: Arguments,
  { from, cidr, out }: { readonly from?: string | undefined; readonly cidr?: string | undefined; readonly out: string },
): TakeStep {
  const older = (fleet: Fleet) => from ?? olderOf(fleet, cluster);
  switch (step) {
    case "add":
      if (from === undefined) throw new NoStep("add: of which cluster is it the next generation? Name it with --from");
      return (text, fleet) => add(text, fleet, cluster, from, cidr);
    case "shift":
      if (percent === undefined || !/^\d{1,3}$/.test(percent))
        throw new NoStep(`shift: '${percent ?? ""}' is no part in percent, 0 to 100`);
      return (text, fleet) => shift(text, fleet, cluster, older(fleet), Number(percent));
    case "rollback":
      return (text, fleet) => rollback(text, fleet, cluster, older(fleet));
    case "retire":
      return (text, fleet) => retire(text, fleet, cluster);
    case "drop":
      return (text, fleet, before) => {
        const stacks = before ? stacksOf(before, cluster) : [];
        const empty = stacks.filter((id) => !fleet.destroyedStacks.includes(id) && heldBy(out, id)?.length === 0);
        return drop(text, fleet, cluster, before, empty);
      };
    default:
      throw new NoStep(`'${step}' is no step: add, shift, rollback, retire or drop`);
  }
}

function report(file: string, { said, check, next }: Step, diff: readonly string[]): string {
  return [
    ...said,
    "",
    ...diff,
    "",
    "Before the next step:",
    ...(check.some((line) => line.startsWith("commit")) ? [] : [`  commit ${file} and ${lockFileOf(file)}`]),
    ...check.map((line) => `  ${fromHere(line, file)}`),
    ...(next ? ["", `Then: ${invocation("generation", file)} ${next.join(" ")}`] : []),
    "",
  ].join("\n");
}

startedAs("generation", main);
