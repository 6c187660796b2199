import type { TerraformStack } from "cdktf";
import { closest } from "fastest-levenshtein";
import type { Problem } from "../../model/problems/problem";
import type { Cluster } from "../../model/schema/cluster";
import { resourcesByAddress } from "./addresses";

/**
 * Merges a cluster's raw Terraform arguments over resources of its stack, and says which resources aren't there. They
 * are Terraform's own language: `${…}` in them is an expression.
 */
export function applyOverrides(stack: TerraformStack, { name, overrides }: Cluster): readonly Problem[] {
  if (Object.keys(overrides).length === 0) return [];
  const resources = resourcesByAddress(stack);
  return Object.entries(overrides).flatMap(([address, args]): Problem[] => {
    const resource = resources.get(address);
    for (const [argument, value] of Object.entries(args)) resource?.addOverride(argument, value);
    if (resource) return [];
    const likely = closest(address, [...resources.keys()]);
    return [
      {
        path: ["clusters", name, "overrides", address],
        atKey: true,
        message: `stack ${stack.node.id} has no resource '${address}'; did you mean '${likely}'?`,
      },
    ];
  });
}
