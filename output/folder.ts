import { join } from "node:path";
import { assertWhole } from "./journal";
import { type JsonObject, readJsonObject } from "./json";
import { isOutputFolder, type ManifestStack, readManifest } from "./manifest";
import { inOrder } from "./order";

/** One stack of an output folder, with its Terraform JSON. */
export interface Stack extends ManifestStack {
  /** Its cdk.tf.json. */
  readonly config: JsonObject;
}

/**
 * The stacks of an output folder, each after those that it depends on.
 * @throws where there is no output, or one that can't be read, or that a synth was stopped in
 */
export function readStacks(out: string): Stack[] {
  if (!isOutputFolder(out)) throw new Error(`${out}: holds no synthesized stacks (no manifest.json); synthesize the fleet first`);
  assertWhole(out);
  return inOrder(readManifest(out)).map((stack) => ({ ...stack, config: readJsonObject(join(out, stack.file)) }));
}
