/**
 * Tests of one's own stacks: they are synthesized as production does, with preparation, aspects and validations, which the
 * Testing helpers of cdktf leave out in part. What comes back is data to look at, or to snapshot.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { readStacks as readFolder } from "../output/folder";
import type { Json as ReadonlyJson } from "../output/json";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** A synthesized resource or data source: its arguments, without the "//" metadata. */
export type Block = { [argument: string]: Json };
/** One stack's cdk.tf.json, without "//" metadata. */
export interface StackJson {
  terraform: { [key: string]: Json };
  provider?: { [name: string]: Block[] };
  resource?: { [type: string]: { [id: string]: Block } };
  data?: { [type: string]: { [id: string]: Block } };
  ephemeral?: { [type: string]: { [id: string]: Block } };
  output?: { [name: string]: Block };
  variable?: { [name: string]: Block };
  locals?: Block;
}

/** Synthesizes an app; gives its stacks by their ids. */
export function synthStacks(build: (app: App) => void): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    build(app);
    app.synth();
    return readStacks(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Synthesizes one stack. */
export function synthStack(build: (stack: TerraformStack) => void): StackJson {
  return synthStacks((app) => build(new TerraformStack(app, "stack"))).stack!;
}

/** Reads every stack of a synthesized folder, by stack id. */
export function readStacks(outdir: string): Record<string, StackJson> {
  return Object.fromEntries(readFolder(outdir).map(({ id, config }) => [id, withoutMetadata(config) as unknown as StackJson]));
}

/** The only resource of a type in a stack; fails where there is none or more than one. */
export function theResource(stack: StackJson, type: string): Block {
  const found = Object.values(stack.resource?.[type] ?? {});
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0]!;
}

/** All resources of a type in a stack, by id. */
export function resources(stack: StackJson, type: string): Record<string, Block> {
  return stack.resource?.[type] ?? {};
}

function withoutMetadata(value: ReadonlyJson): Json {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (value === null || typeof value !== "object") return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, inner]) => [key, withoutMetadata(inner)]),
  );
}
