import { join } from "node:path";
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
 * @throws where there is no output, or one that can't be read
 */
export function readStacks(out: string): Stack[] {
  if (!isOutputFolder(out)) throw new Error(`${out}: holds no synthesized stacks (no manifest.json); synthesize the fleet first`);
  return inOrder(readManifest(out)).map((stack) => ({ ...stack, config: readJsonObject(join(out, stack.file)) }));
}
