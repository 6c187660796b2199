import { existsSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type Json, member, readJsonObject } from "./json";

/** Where cdktf lists the stacks, in an output folder. */
export const MANIFEST = "manifest.json";

/** One stack in cdktf's manifest. */
export interface ManifestStack {
  readonly id: string;
  /** Its folder, relative to the output folder: "stacks/x". */
  readonly folder: string;
  /** Its cdk.tf.json, relative to the output folder. */
  readonly file: string;
  /** Ids of the stacks that are applied before it. */
  readonly dependencies: readonly string[];
}

/** Whether a folder is the output of a synth. */
export function isOutputFolder(folder: string): boolean {
  return existsSync(join(folder, MANIFEST));
}

/**
 * The stacks of an output folder as its manifest lists them; none where there is no output.
 * @throws where the manifest is none: whoever reads it removes and replaces the files that it names
 */
export function readManifest(out: string): readonly ManifestStack[] {
  if (!isOutputFolder(out)) return [];
  const file = join(out, MANIFEST);
  const { stacks } = readJsonObject(file);
  if (!isJsonObject(stacks)) throw broken(file, "it lists no stacks");
  return Object.keys(stacks).map((key) => {
    const { name, workingDirectory, synthesizedStackPath, dependencies } = member(stacks, key);
    if (!isText(name) || !isInside(workingDirectory) || !isInside(synthesizedStackPath) || !isTexts(dependencies))
      throw broken(file, `stack '${key}' has no name, dependencies and paths inside the folder`);
    return { id: name, folder: workingDirectory, file: synthesizedStackPath, dependencies };
  });
}

function broken(file: string, why: string): Error {
  return new Error(`${file}: is no manifest of a synth: ${why}. Put its last good version back, and synthesize again`);
}

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";
const isTexts = (value: Json | undefined): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** A path that stays in the folder, as cdktf writes them all: "stacks/x/cdk.tf.json". */
function isInside(value: Json | undefined): value is string {
  return isText(value) && /^stacks[\\/]/.test(value) && !value.split(/[\\/]/).includes("..");
}
