import type { TerraformStack } from "cdktf";
import { resourcesByAddress } from "./addresses";

/** A resource that has another address since a release. */
export interface Moved {
  /** Which stacks have it. */
  readonly stack: RegExp;
  readonly from: string;
  readonly to: string;
  /** The first release that has it under its new address. */
  readonly since: string;
}

/**
 * Every address that is another one than in a release, so that nobody's resource is destroyed for a name of ours. What
 * goes to another state can't stand here: docs/changes.md says the `state mv` for it. None so far: a test holds all
 * addresses of 0.1.0 against this list.
 */
export const MOVES: readonly Moved[] = [];

/** Blocks by which Terraform moves what its state has. By override: cdktf's own `moveTo` is of one construct to another. */
export function moveAddresses(stack: TerraformStack, moves: readonly Moved[]): void {
  const own = moves.filter((move) => move.stack.test(stack.node.id));
  if (own.length === 0) return;
  const resources = resourcesByAddress(stack);
  const blocks = own.filter(({ from, to }) => resources.has(to) && !resources.has(from)).map(({ from, to }) => ({ from, to }));
  if (blocks.length > 0) stack.addOverride("moved", blocks);
}
