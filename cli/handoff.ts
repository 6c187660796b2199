/** `npm run handoff`: a synthesized fleet with all that its operators need, in one folder. */

import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { bundleFiles, checksums, type Files, SYNTHESIZED } from "../handoff/bundle/files";
import { ENGINE_NAMES, engineFiles } from "../handoff/engines/index";
import { type FleetFacts, factsOf } from "../handoff/facts";
import { type Handoff, handoffOf } from "../handoff/model";
import { PIPELINE_NAMES, pipelineFiles } from "../handoff/pipelines/index";
import { reportOf } from "../handoff/report/model";
import { reportPage } from "../handoff/report/page";
import { loadFleet } from "../model/reading/load";
import { withDraft } from "../output/draft";
import { readStacks, type Stack } from "../output/folder";
import { command, run, startedAs } from "./command";
import { assertOwnFolder, copyOutput, filesBelow, leftBehind, outputFiles, overridesBeside, SUMS } from "./handoff/bundle-folder";
import { type Choices, choicesOf, type Typed } from "./handoff/choices";
import { LOCK_FILE, lockProviders } from "./lock-providers";
import { pageAssets } from "./report-assets";
import { projectFolder, synthesize } from "./synthesized";

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
    .option("--nights", "with pipelines: destroy the fleet in the evening and make it again in the morning")
    .option("--engines <list>", `files for these engines: ${ENGINE_NAMES.join(", ")}`)
    .option("--mirror <folder>", "take those checksums from this filesystem mirror instead of the registry");
  return run(program, argv, (file: string, typed: Typed) => {
    print(handoff(file, typed.out, choicesOf(typed)));
    return 0;
  });
}

function handoff(file: string, out: string, { platforms, mirror, ...extras }: Choices): string {
  const fleet = loadFleet(file);
  assertOwnFolder(out, fleet.name);
  let said = "Providers' checksums aren't locked: say --platforms linux_amd64,darwin_arm64, or 'make lock' there.";
  const model = writeBundle(out, factsOf(fleet), file, {
    ...extras,
    report: (stacks) => reportPage(reportOf(fleet, stacks, file), pageAssets()),
    synthesize: (folder) => {
      synthesize(file, folder, join(out, SYNTHESIZED));
      if (platforms !== undefined) said = lockProviders(folder, platforms, mirror);
    },
  });
  return `${[
    `${out}: fleet ${model.fleet}, ${model.stacks.length} stacks in ${model.levels.length} levels. README.md there has the walk; 'make' there prints what can be done.`,
    said,
  ].join("\n")}\n`;
}

/** What a bundle has besides itself. */
interface Extras extends Partial<Pick<Choices, "pipelines" | "engines" | "nights">> {
  /** The page that shows the fleet. @default - none */
  readonly report?: (stacks: readonly Stack[]) => string;
  /** Makes the next output in a folder that holds the last one. @default - the last one stays */
  readonly synthesize?: (folder: string) => void;
}

/**
 * Makes a bundle around the synthesized folder in it: whole, or, where something refuses, not at all.
 * @param source the fleet file, as the pages name it
 */
export function writeBundle(
  out: string,
  facts: FleetFacts,
  source: string,
  { pipelines = [], engines = [], nights = false, report, synthesize: make }: Extras = {},
): Handoff {
  return withDraft(out, (draft) => {
    const last = outputFiles(join(out, SYNTHESIZED));
    const folder = join(draft.scratch, SYNTHESIZED);
    copyOutput(join(out, SYNTHESIZED), folder);
    make?.(folder);
    const stacks = readStacks(folder);
    const clusters = facts.clusters.map(({ name }) => name);
    const model = handoffOf(stacks, clusters);
    const input = { handoff: model, source, bundle: placeInRepository(out), clusters, nights };
    const files: Record<string, string | Uint8Array> = {
      ...bundleFiles(model, facts, scripts(), source),
      ...pipelineFiles(pipelines, input),
      ...engineFiles(engines, input),
      ...(report && { "report.html": report(stacks) }),
    };
    const synthesized = filesBelow(folder).filter((path) => !path.startsWith("."));
    for (const path of synthesized) files[`${SYNTHESIZED}/${path}`] = readFileSync(join(folder, path));
    // a lock file Terraform checks itself, and an operator adds to it
    const locks = synthesized.filter((path) => path.endsWith(LOCK_FILE)).map((path) => `${SYNTHESIZED}/${path}`);
    const handedOver = Object.fromEntries(Object.entries(files).filter(([path]) => !locks.includes(path)));
    files[SUMS] = checksums(handedOver);
    const beside = overridesBeside(out, model);
    Object.assign(files, beside.files);
    for (const [path, content] of Object.entries(files)) draft.write(path, content, path.endsWith(".sh") ? 0o755 : undefined);
    const next = new Set(Object.keys(files));
    const gone = [...last.map((path) => `${SYNTHESIZED}/${path}`), ...leftBehind(out, next)].filter((path) => !next.has(path));
    draft.publish([...new Set([...gone, ...beside.gone])]);
    return model;
  });
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

startedAs("handoff", main);
