/** `npm run handoff`: a synthesized fleet with all that its operators need, in one folder. */

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { bundleFiles, checksums, type Files, SYNTHESIZED } from "../handoff/bundle/files";
import { ENGINE_NAMES, type EngineName, engineFiles } from "../handoff/engines/index";
import { type FleetFacts, factsOf } from "../handoff/facts";
import { type Handoff, handoffOf } from "../handoff/model";
import { PIPELINE_NAMES, type PipelineName, pipelineFiles } from "../handoff/pipelines/index";
import { reportOf } from "../handoff/report/model";
import { reportPage } from "../handoff/report/page";
import { didYouMean } from "../model/problems/wording";
import { loadFleet } from "../model/reading/load";
import { readStacks, type Stack } from "../output/folder";
import { command, run, startedAs } from "./command";
import { lockProviders } from "./lock-providers";
import { pageAssets } from "./report-assets";
import { projectFolder, synthesize } from "./synthesized";

interface Options {
  readonly out: string;
  readonly platforms?: string;
  readonly mirror?: string;
  readonly pipelines?: string;
  readonly engines?: string;
  readonly nights?: boolean;
}

const SCRIPTS = ["stack.sh", "login.sh", "image.sh", "verify.sh", "plan.jq", "kubeconfig.jq"];

/**
 * Runs the program.
 * @param argv arguments after the program's name
 * @returns the exit code
 */
export function main(argv: readonly string[], print: (text: string) => void = (text) => void process.stdout.write(text)): number {
  const program = command("handoff")
    .description(
      "Write a folder that an operator applies with Terraform, make and jq: stacks, order, guard, and a page about this fleet.",
    )
    .argument("<fleet>", "fleet file")
    .requiredOption("--out <folder>", "the bundle; state and what Terraform keeps there stay")
    .option("--platforms <list>", "lock the providers' checksums for these, such as linux_amd64,darwin_arm64")
    .option("--pipelines <list>", `pipelines for these services: ${PIPELINE_NAMES.join(", ")}`)
    .option(
      "--nights",
      "with pipelines of GitHub, GitLab and Azure: destroy the fleet in the evening and make it again in the morning",
    )
    .option("--engines <list>", `files for these engines: ${ENGINE_NAMES.join(", ")}`)
    .option("--mirror <folder>", "take those checksums from this filesystem mirror instead of the registry");
  return run(program, argv, (file: string, options: Options) => {
    print(handoff(file, options));
    return 0;
  });
}

function handoff(file: string, options: Options): string {
  const fleet = loadFleet(file);
  const synthesized = join(options.out, SYNTHESIZED);
  synthesize(file, synthesized);
  const said = options.platforms === undefined ? undefined : lockProviders(synthesized, options.platforms, options.mirror);
  const pipelines = chosen(options.pipelines, PIPELINE_NAMES, "--pipelines");
  const engines = chosen(options.engines, ENGINE_NAMES, "--engines");
  const report = (stacks: readonly Stack[]) => reportPage(reportOf(fleet, stacks, file), pageAssets());
  const model = writeBundle(options.out, factsOf(fleet), file, { pipelines, engines, nights: options.nights ?? false, report });
  return `${[
    `${options.out}: fleet ${model.fleet}, ${model.stacks.length} stacks in ${model.levels.length} levels. README.md there has the walk; 'make' there prints what can be done.`,
    said ?? "Providers' checksums aren't locked: say --platforms linux_amd64,darwin_arm64, or 'make lock' there.",
  ].join("\n")}\n`;
}

/** What a bundle has besides itself. */
interface Extras {
  readonly pipelines?: readonly PipelineName[];
  readonly engines?: readonly EngineName[];
  readonly nights?: boolean;
  /** The page that shows the fleet. @default - none */
  readonly report?: (stacks: readonly Stack[]) => string;
}

/**
 * Makes a bundle around the synthesized folder in it.
 * @param source the fleet file, as the pages name it
 */
export function writeBundle(
  out: string,
  facts: FleetFacts,
  source: string,
  { pipelines = [], engines = [], nights = false, report }: Extras = {},
): Handoff {
  const stacks = readStacks(join(out, SYNTHESIZED));
  const model = handoffOf(
    stacks,
    facts.clusters.map(({ name }) => name),
  );
  const clusters = facts.clusters.map(({ name }) => name);
  const input = { handoff: model, source, bundle: placeInRepository(out), clusters, nights };
  const files = {
    ...bundleFiles(model, facts, scripts(), source),
    ...pipelineFiles(pipelines, input),
    ...engineFiles(engines, input),
    ...(report && { "report.html": report(stacks) }),
  };
  write(out, files);
  write(out, { SHA256SUMS: checksums({ ...files, ...handedOver(out, SYNTHESIZED) }) });
  return model;
}

/** Names in a list that somebody typed. */
function chosen<T extends string>(typed: string | undefined, known: readonly T[], option: string): readonly T[] {
  const words = (typed ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  for (const word of words)
    if (!known.some((name) => name === word))
      throw new Error(`${option}: there is no '${word}'${didYouMean(word, known, "names")}`);
  return known.filter((name) => words.includes(name));
}

/** Where the bundle lies, seen from the folder that the program runs in: the repository's root, for pipelines. */
function placeInRepository(out: string): string {
  const place = relative(process.cwd(), resolve(out)).split(sep).join("/");
  return place === "" || place.startsWith("..") || isAbsolute(place) ? "." : place;
}

/** The shell and jq programs of a bundle, as they are in the project. */
function scripts(): Files {
  const folder = join(projectFolder(), "handoff", "bundle");
  return Object.fromEntries(SCRIPTS.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Writes only what changed, so that make sees nothing new where nothing is. */
function write(out: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(out, path);
    if (existsSync(target) && readFileSync(target, "utf8") === text) continue;
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    writeFileSync(target, text);
    if (path.endsWith(".sh")) chmodSync(target, 0o755);
  }
}

/** What was synthesized, without what Terraform keeps beside it: a lock file it checks itself. */
function handedOver(out: string, folder: string): Readonly<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(out, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== ".terraform") walk(below);
      } else if (!/^\.terraform|\.bin$|tfstate|_override\.tf\.json$|^\.|~$/.test(entry.name))
        files[below] = readFileSync(join(out, below));
    }
  };
  walk(folder);
  return files;
}

startedAs("handoff", main);
