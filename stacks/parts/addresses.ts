import { TerraformResource, type TerraformStack } from "cdktf";

/** The resources of a stack by their address in the synthesized JSON. */
export function resourcesByAddress(stack: TerraformStack): ReadonlyMap<string, TerraformResource> {
  return new Map(
    stack.node
      .findAll()
      .flatMap((element) =>
        element instanceof TerraformResource
          ? [[`${element.terraformResourceType}.${element.friendlyUniqueId}`, element] as const]
          : [],
      ),
  );
}
