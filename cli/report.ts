import { command, invocation, run, startedAs } from "./command";
import "../constructs/cdktf/creation-stacks";

/** `npm run report`: a fleet on one page, for people: who is served where, the stacks, versions, what is billed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { diffSides } from "../changes/diff/diff";
import { diffLines } from "../changes/diff/words";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { type Changes, reportOf } from "../handoff/report/model";
import { reportPage } from "../handoff/report/page";
import { pageAssets } from "./report-assets";
import { type Before, before, type FleetSide, now } from "./sides";

interface Options {
  readonly out: string;
  readonly against?: string;
}

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: (text: string) => void = (text) => void process.stdout.write(text)): number {
  const program = command("report", {
    "fleets/arctiq.yaml --out arctiq.html": "a page that opens without a network",
    "fleets/arctiq.yaml --out arctiq.html --against main": "with what changed since main",
  })
    .description(
      "Write one HTML file that shows a fleet: a map of who is served where, stacks, clusters, versions, what is billed.",
    )
    .argument("<fleet>", "fleet file")
    .requiredOption("--out <file>", "the page")
    .option(
      "--against <revision>",
      "say what changed since a revision or a synthesized folder (default: HEAD, where the file is in it)",
    );
  return run(program, argv, (file: string, options: Options) => {
    print(report(file, options));
    return 0;
  });
}

function report(file: string, { out, against }: Options): string {
  resolveTokensOnly();
  const was = comparedWith(file, against);
  const is = now(file, was?.side.lock);
  const page = reportPage(reportOf(is.fleet, is.stacks, file, was && changesOf(was, is)), pageAssets());
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, page);
  const compared = was
    ? `compared with ${was.name}`
    : `compared with nothing: the file is not in HEAD; name a revision or a synthesized folder: ${invocation("report", file)} --out ${out} --against <revision>`;
  return `${out}: fleet ${is.fleet.name}, ${is.stacks.length} stacks, ${Math.round(page.length / 1024)} kB, ${compared}\n`;
}

/** What nobody asked to be compared with may be missing. */
function comparedWith(file: string, against: string | undefined): Before | undefined {
  if (against !== undefined) return before(file, against);
  try {
    return before(file);
  } catch {
    return undefined;
  }
}

const changesOf = (was: Before, is: FleetSide): Changes => ({ against: was.name, lines: diffLines(diffSides(was.side, is)) });

startedAs("report", main);
