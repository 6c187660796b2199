import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Files, SYNTHESIZED, sumOf } from "../../handoff/bundle/files";
import type { Handoff } from "../../handoff/model";
import { isJsonObject, type Json } from "../../output/json";
import { isOutputFolder, MANIFEST, readManifest } from "../../output/manifest";

/** Sums of all that was handed over. */
export const SUMS = "SHA256SUMS";

/** What only a bundle has at its top: `terraform/` may have been synthesized before there was a bundle around it. */
const OWN_NAMES = [
  ".gitignore",
  "Makefile",
  "README.md",
  "bundle.json",
  "engines",
  "pipelines",
  "report.html",
  "stack.sh",
  "verify.json",
  SUMS,
];

/**
 * A bundle is written over the last one of its fleet, and over nothing else.
 * @throws where somebody else's files would be overwritten
 */
export function assertOwnFolder(out: string, fleet: string): void {
  const owner = fleetOfBundle(out);
  if (owner === fleet) return;
  if (owner !== undefined)
    throw new Error(
      `--out ${out}: is the bundle of fleet '${owner}', and this one is '${fleet}'; name another folder. A fleet that was renamed is another fleet: everything of the first is still there`,
    );
  if (isOutputFolder(out)) throw new Error(`--out ${out}: holds what synth wrote; name another folder for the bundle`);
  const there = OWN_NAMES.filter((name) => existsSync(join(out, name)));
  if (there.length > 0)
    throw new Error(
      `--out ${out}: is no bundle, and has ${there.join(", ")}, which a bundle would overwrite; name another folder`,
    );
}

/** The fleet whose bundle a folder is. @default - undefined: it is none */
function fleetOfBundle(out: string): string | undefined {
  try {
    const facts = JSON.parse(readFileSync(join(out, "bundle.json"), "utf8")) as Json;
    return isJsonObject(facts) && isJsonObject(facts.guard) && typeof facts.fleet === "string" ? facts.fleet : undefined;
  } catch {
    return undefined; // not there, or something else
  }
}

/** Files of an output folder that a synth wrote, by their paths in it. */
export function outputFiles(folder: string): readonly string[] {
  if (!isOutputFolder(folder)) return [];
  const stacks = readManifest(folder).flatMap(({ folder: stack, file }) => [file, ...filesBelow(folder, join(stack, "assets"))]);
  return [MANIFEST, "meridian.json", ...stacks].filter((path) => existsSync(join(folder, path)));
}

/** Copies an output, for the next synth to compare with. */
export function copyOutput(from: string, to: string): void {
  for (const path of outputFiles(from)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

/** Files below a folder of a folder, by their paths in the outer one. */
export function filesBelow(folder: string, prefix = ""): readonly string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

/** What the last bundle had and this one hasn't, where nobody has changed it since. */
export function leftBehind(out: string, next: ReadonlySet<string>): readonly string[] {
  if (!existsSync(join(out, SUMS))) return [];
  return readFileSync(join(out, SUMS), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      if (path === undefined || next.has(path) || path.startsWith("/") || path.split("/").includes("..")) return [];
      return existsSync(join(out, path)) && sumOf(readFileSync(join(out, path))) === sum ? [path] : [];
    });
}

/** Files beside the stacks that drain a cluster or lift the protection: as this output has it, and those that fit no more. */
export function overridesBeside(
  out: string,
  { drains, unprotected }: Handoff,
): { readonly files: Files; readonly gone: readonly string[] } {
  const files: Record<string, string> = {};
  const gone: string[] = [];
  for (const path of filesBelow(out, `${SYNTHESIZED}/stacks`)) {
    const [, stack, kind, cluster = ""] =
      /^[^/]+\/stacks\/([^/]+)\/(drained_(.+)|unprotected)_override\.tf\.json$/.exec(path) ?? [];
    if (kind === undefined) continue;
    const patches = kind === "unprotected" ? unprotected : (drains[cluster] ?? []);
    const patch = patches.find((one) => one.stack === stack);
    if (patch) files[path] = `${JSON.stringify(patch.override, null, 2)}\n`;
    else gone.push(path);
  }
  return { files, gone };
}
