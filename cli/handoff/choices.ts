import { existsSync } from "node:fs";
import { ENGINE_NAMES, type EngineName } from "../../handoff/engines/index";
import { PIPELINE_NAMES, type PipelineName } from "../../handoff/pipelines/index";
import { didYouMean } from "../../model/problems/wording";

/** What somebody typed. */
export interface Typed {
  readonly out: string;
  readonly platforms?: string;
  readonly mirror?: string;
  readonly pipelines?: string;
  readonly engines?: string;
  readonly nights?: boolean;
}

/** What a bundle gets besides itself. */
export interface Choices {
  readonly platforms?: readonly string[];
  readonly mirror?: string;
  readonly pipelines: readonly PipelineName[];
  readonly engines: readonly EngineName[];
  readonly nights: boolean;
}

/** @throws with the first option that is none, before anything is made */
export function choicesOf({ platforms, mirror, pipelines, engines, nights = false }: Typed): Choices {
  const services = pipelines === undefined ? [] : chosen(pipelines, PIPELINE_NAMES, "--pipelines");
  if (nights && services.length === 0) throw new Error("--nights: is for pipelines; name them with --pipelines");
  if (mirror !== undefined && platforms === undefined)
    throw new Error("--mirror: checksums are taken from it for the platforms that --platforms names, and it names none");
  if (mirror !== undefined && !existsSync(mirror)) throw new Error(`--mirror ${mirror}: there is no such folder`);
  return {
    ...(platforms !== undefined && { platforms: platformsOf(platforms) }),
    ...(mirror !== undefined && { mirror }),
    pipelines: services,
    engines: engines === undefined ? [] : chosen(engines, ENGINE_NAMES, "--engines"),
    nights,
  };
}

const wordsOf = (typed: string): readonly string[] =>
  typed
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** Names in a list that somebody typed, in our order. */
function chosen<T extends string>(typed: string, known: readonly T[], option: string): readonly T[] {
  const words = wordsOf(typed);
  if (words.length === 0) throw new Error(`${option}: names none of ${known.join(", ")}`);
  for (const word of words)
    if (!known.some((name) => name === word))
      throw new Error(`${option}: there is no '${word}'${didYouMean(word, known, "names")}`);
  return known.filter((name) => words.includes(name));
}

/** A platform as Terraform's registry names it. */
const PLATFORM = /^[a-z0-9]+_[a-z0-9]+$/;

function platformsOf(typed: string): readonly string[] {
  const words = wordsOf(typed);
  const wrong = words.length === 0 ? typed : words.find((word) => !PLATFORM.test(word));
  if (wrong !== undefined)
    throw new Error(
      `--platforms: '${wrong}' is no platform; they are named as linux_amd64, linux_arm64, darwin_arm64, windows_amd64`,
    );
  return words;
}
