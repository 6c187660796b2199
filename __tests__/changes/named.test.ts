import { isNamed } from "../../changes/lock/stack-facts";
import { committedFleet, coveringFleets, synthFleet } from "../support/fleet";
import type { Block, StackJson } from "../support/synth";

/**
 * Types whose resources may be "new one first" because a second can stand beside the first: it has no name, or the name
 * is given by the cloud, or it hangs on a parent that is watched.
 */
const UNNAMED = [
  ...["aws_eip", "aws_eks_addon", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_internet_gateway"],
  ...["aws_kms_key", "aws_launch_template", "aws_nat_gateway", "aws_route", "aws_route_table", "aws_route_table_association"],
  ...["aws_subnet", "aws_vpc"],
  ...["azurerm_role_assignment"],
  ...["google_kms_crypto_key_iam_member", "google_project_iam_member", "google_project_service"],
  ...["time_sleep"],
];

/** What Terraform makes "new one first" though nobody wrote so: all that such a resource depends on. */
function spreadTo(stack: StackJson): string[] {
  const blocks = new Map<string, Block>();
  for (const [prefix, kinds] of [
    ["", stack.resource],
    ["data.", stack.data],
  ] as const)
    for (const [type, ofType] of Object.entries(kinds ?? {}))
      for (const [id, block] of Object.entries(ofType)) blocks.set(`${prefix}${type}.${id}`, block);
  const addresses = [...blocks.keys()];
  const reached = new Set<string>();
  const own = (block: Block) =>
    (block.lifecycle as { create_before_destroy?: boolean } | undefined)?.create_before_destroy === true;
  const reach = (address: string): void => {
    const text = JSON.stringify(blocks.get(address));
    for (const other of addresses)
      if (other !== address && !reached.has(other) && text.includes(other)) {
        reached.add(other);
        reach(other);
      }
  };
  for (const [address, block] of blocks) if (own(block)) reach(address);
  return [...reached].filter((address) => !address.startsWith("data.") && !own(blocks.get(address)!));
}

test.each(coveringFleets)(
  "no resource of %s with a name of its own is ever new one first without the lock watching it",
  (file) => {
    const spread = Object.values(synthFleet(committedFleet(file)).stacks).flatMap(spreadTo);
    expect(spread.length).toBeGreaterThan(0);
    const types = [...new Set(spread.map((address) => address.split(".")[0]!))];
    expect(types.filter((type) => !isNamed(type) && !UNNAMED.includes(type))).toEqual([]);
  },
);
