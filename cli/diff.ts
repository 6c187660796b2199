import { command, invocation, run, startedAs } from "./command";
import "../constructs/cdktf/creation-stacks";

/** `npm run diff`: what a change of a fleet file does, in words, without Terraform. */
import { diffSides, type FleetDiff } from "../changes/diff/diff";
import { diffLines, diffMarkdown, isEmpty } from "../changes/diff/words";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { fromHere } from "./from-here";
import { type Before, before, notKnown, now } from "./sides";
import { VERSION } from "./version";

interface Options {
  readonly against?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly exitCode?: boolean;
}

/** What `--exit-code` gives where something changes, as `terraform plan -detailed-exitcode` does. */
const CHANGES = 2;

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: (text: string) => void = (text) => void process.stdout.write(text)): number {
  const program = command("diff")
    .description("Say what a change of a fleet file does: stack by stack, to traffic, and by the rules about changes.")
    .argument("[fleet]", "fleet file", "fleets/arctiq.yaml")
    .option("--against <revision>", "a revision (what HEAD and it have in common), or a synthesized folder (default: HEAD)")
    .option("--json", "for programs")
    .option("--markdown", "for a comment under a request")
    .option("--exit-code", `exit with ${CHANGES} where something changes`);
  return run(program, argv, (file: string, options: Options) => diff(file, options, print));
}

function diff(file: string, { against, json, markdown, exitCode }: Options, print: (text: string) => void): number {
  resolveTokensOnly();
  const was = before(file, against);
  const is = now(file, was.side.lock);
  const changes = typedHere(diffSides(was.side, is), file);
  const other = otherMeridian(file, was) ?? notKnown(was);
  if (json)
    print(`${JSON.stringify({ fleet: is.lock.fleet, against: was.name, ...(other && { note: other }), ...changes }, null, 2)}\n`);
  else if (markdown) print(`${other ? `${other}\n\n` : ""}${diffMarkdown(changes)}`);
  else print(`${[...(other ? [other, ""] : []), ...diffLines(changes)].join("\n")}\n`);
  return exitCode && !isEmpty(changes) ? CHANGES : 0;
}

/** The stacks of before are made by this Meridian; another one may have made others of the same file. */
function otherMeridian(file: string, { name, meridian }: Before): string | undefined {
  if (meridian === undefined || meridian === VERSION) return undefined;
  return `Meridian was ${meridian} at ${name} and is ${VERSION} now: what it changes itself is not in this comparison. To see that too: git worktree add ../before ${name} && (cd ../before && npm ci && ${invocation("synth", file)}) && ${invocation("diff", file)} --against ../before/cdktf.out`;
}

/** The commands that the rules give, for this file. */
function typedHere(diff: FleetDiff, file: string): FleetDiff {
  const findings = diff.findings.map((finding) => ({ ...finding, message: fromHere(finding.message, file) }));
  return { ...diff, findings };
}

startedAs("diff", main);
