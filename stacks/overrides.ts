import { type TerraformElement, TerraformResource, type TerraformStack } from "cdktf";
import { closest } from "fastest-levenshtein";

/**
 * Merges a cluster's raw Terraform arguments over resources of its stack. They are Terraform's own language: `${…}` in
 * them is an expression.
 * @throws where no resource has the address
 */
export function applyOverrides(
  stack: TerraformStack,
  overrides: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): void {
  if (Object.keys(overrides).length === 0) return;
  const resources = new Map<string, TerraformElement>();
  for (const element of stack.node.findAll())
    if (element instanceof TerraformResource)
      resources.set(`${element.terraformResourceType}.${element.friendlyUniqueId}`, element);
  for (const [address, args] of Object.entries(overrides)) {
    const resource = resources.get(address);
    if (!resource)
      throw new Error(
        `overrides: stack ${stack.node.id} has no resource '${address}'; did you mean '${closest(address, [...resources.keys()])}'?`,
      );
    for (const [argument, value] of Object.entries(args)) resource.addOverride(argument, value);
  }
}
