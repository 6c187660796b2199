import type { Files } from "../bundle/files";
import type { PipelineInput } from "../pipelines/common";
import { aboutAtlantis, atlantis } from "./atlantis";
import { aboutHcp } from "./hcp";
import { aboutTerramate, terramate } from "./terramate";

/** An engine that runs stacks by its own order: its files by path in the bundle, and what to know of it. */
interface Engine {
  files(input: PipelineInput): Files;
  about(input: PipelineInput): readonly string[];
}

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const ENGINES = {
  atlantis: { files: (input) => below("engines/atlantis", atlantis(input)), about: aboutAtlantis },
  terramate: { files: (input) => below("terraform", terramate(input)), about: aboutTerramate },
  hcp: { files: () => ({}), about: aboutHcp },
} as const satisfies Readonly<Record<string, Engine>>;

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as readonly EngineName[];

/** Files of the named engines, and the page that says what each can't do. */
export function engineFiles(names: readonly EngineName[], input: PipelineInput): Files {
  if (names.length === 0) return {};
  const { handoff, source } = input;
  const page = [
    `# Engines for fleet ${handoff.fleet}`,
    "",
    `Made by Meridian from \`${source}\`. None of them plans a stack again after its producer's apply by itself on a fleet's first day, and none judges plans; what to do about it is said for each.`,
    "",
    ...names.flatMap((name) => ENGINES[name].about(input)),
  ];
  return {
    ...Object.assign({}, ...names.map((name) => ENGINES[name].files(input))),
    "engines/README.md": `${page.join("\n").trimEnd()}\n`,
  };
}
