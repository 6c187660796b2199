import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One stack in cdktf's manifest. */
export interface ManifestStack {
  readonly name: string;
  /** Folder of the stack, relative to the output folder. */
  readonly workingDirectory: string;
  /** Its cdk.tf.json, relative to the output folder. */
  readonly synthesizedStackPath: string;
  /** Ids of the stacks that are applied before it. */
  readonly dependencies: readonly string[];
}

/** The stacks of an output folder, by id; none where there is no output. */
export function manifestStacks(out: string): Readonly<Record<string, ManifestStack>> {
  const file = join(out, "manifest.json");
  if (!existsSync(file)) return {};
  return (readJson(file) as { stacks: Record<string, ManifestStack> }).stacks;
}

/**
 * A file of an output folder.
 * @throws where it is no JSON, as after a merge with conflicts
 */
export function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(
      `${file}: is no JSON (${(error as Error).message.replace(/\s+/g, " ")}). Put its last good version back, and synthesize again`,
    );
  }
}
