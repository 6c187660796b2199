import type { Problem } from "../../model/problems/problem";
import { didYouMean } from "../../model/problems/wording";
import type { StackContext } from "../fleet-stack";
import { resourcesByAddress } from "./addresses";

/**
 * Blocks by which Terraform imports what exists instead of making it. By override: cdktf's own `importFrom` runs
 * Terraform at synth.
 */
export function takeOver({ fleet, text, stacks }: StackContext): readonly Problem[] {
  return Object.entries(fleet.imports).flatMap(([id, objects]): readonly Problem[] => {
    const stack = stacks.get(id);
    const path = ["imports", id];
    if (!stack)
      return [{ path, atKey: true, message: `there is no stack '${id}'${didYouMean(id, [...stacks.keys()], "stacks")}` }];
    const resources = resourcesByAddress(stack);
    const known = Object.keys(objects).filter((address) => resources.has(address));
    if (known.length > 0)
      stack.addOverride(
        "import",
        known.map((address) => ({
          to: address,
          id: text.imports[id]![address],
          ...providerOf(resources.get(address)!),
        })),
      );
    return Object.keys(objects)
      .filter((address) => !resources.has(address))
      .map((address) => ({
        path: [...path, address],
        atKey: true,
        message: `stack ${id} has no resource '${address}'${didYouMean(address, [...resources.keys()], "resources")}`,
      }));
  });
}

/** A resource of a provider with an alias is imported by that one. */
function providerOf({ provider }: { readonly provider?: { readonly fqn: string } | undefined }): { readonly provider?: string } {
  const name = provider?.fqn;
  return name === undefined ? {} : { provider: name };
}
