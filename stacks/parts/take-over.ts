import type { Problem } from "../../model/problems/problem";
import { didYouMean } from "../../model/problems/wording";
import type { FleetStack, StackContext } from "../fleet-stack";
import { resourcesByAddress } from "./addresses";

/**
 * Blocks by which Terraform imports what exists instead of making it. By override: cdktf's own `importFrom` runs
 * Terraform at synth.
 */
export function takeOver(stack: FleetStack): readonly Problem[] {
  const { fleet, text } = stack.context;
  const id = stack.node.id;
  const objects = Object.keys(fleet.imports[id] ?? {});
  if (objects.length === 0) return [];
  const resources = resourcesByAddress(stack);
  const known = objects.filter((address) => resources.has(address));
  if (known.length > 0)
    stack.addOverride(
      "import",
      known.map((address) => ({
        to: address,
        id: text.imports[id]![address],
        ...providerOf(resources.get(address)!),
      })),
    );
  return objects
    .filter((address) => !resources.has(address))
    .map((address) => ({
      path: ["imports", id, address],
      atKey: true,
      message: `stack ${id} has no resource '${address}'${didYouMean(address, [...resources.keys()], "resources")}`,
    }));
}

/** Stacks that something is imported into, and that the fleet doesn't have. */
export function missingStacks({ fleet, stacks }: StackContext): readonly Problem[] {
  return Object.keys(fleet.imports)
    .filter((id) => !stacks.has(id))
    .map((id) => ({
      path: ["imports", id],
      atKey: true,
      message: `there is no stack '${id}'${didYouMean(id, [...stacks.keys()], "stacks")}`,
    }));
}

/** A resource of a provider with an alias is imported by that one. */
function providerOf({ provider }: { readonly provider?: { readonly fqn: string } | undefined }): { readonly provider?: string } {
  const name = provider?.fqn;
  return name === undefined ? {} : { provider: name };
}
