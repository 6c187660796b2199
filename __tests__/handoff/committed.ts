import { type Handoff, handoffOf, type SynthesizedStack } from "../../handoff/model";
import type { Patch } from "../../handoff/patches";
import type { Fleet } from "../../model/schema/fleet";
import type { JsonObject } from "../../output/json";
import { synthFleet } from "../support/fleet";

/** The stacks of a fleet as a folder would have them, with metadata. */
export function synthesized(fleet: Fleet): readonly SynthesizedStack[] {
  const { files } = synthFleet(fleet);
  const manifest = JSON.parse(files["manifest.json"]!) as {
    stacks: Record<string, { name: string; workingDirectory: string; synthesizedStackPath: string; dependencies: string[] }>;
  };
  return Object.values(manifest.stacks).map((stack) => ({
    id: stack.name,
    folder: stack.workingDirectory,
    dependencies: stack.dependencies,
    config: JSON.parse(files[stack.synthesizedStackPath]!) as JsonObject,
  }));
}

export const handedOver = (fleet: Fleet): Handoff => handoffOf(synthesized(fleet));

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** A stack's resources as Terraform sees them with the override files beside it: merged argument by argument. */
export function patched({ id, config }: SynthesizedStack, patches: readonly Patch[]): Resources {
  const resources = structuredClone((config.resource ?? {}) as unknown as Resources);
  for (const { stack, override } of patches) {
    if (stack !== id) continue;
    for (const [type, ofType] of Object.entries(override.resource as unknown as Resources))
      for (const [name, changed] of Object.entries(ofType))
        for (const [argument, value] of Object.entries(changed)) {
          const block = resources[type]![name]!;
          block[argument] = argument === "lifecycle" ? { ...(block.lifecycle as object), ...(value as object) } : value;
        }
  }
  return resources;
}
