/** Faults on demand: what makes a rehearsal go wrong in a chosen place. */

import type { Stack } from "../../output/folder";
import type { BeforeChange, Change } from "../provider/apply";
import { addressOf } from "./address";

/** One fault. Without `stack`, `address` or `type` it means any. */
export interface Fault {
  readonly stack?: string;
  /** Address in the stack, "aws_vpc.network". */
  readonly address?: string;
  readonly type?: string;
  /** Region in which nothing answers: what has it as `location` or `region`. @default - anywhere */
  readonly region?: string;
  /** `call`: any change, and reading too. @default - any change */
  readonly on?: "create" | "update" | "delete" | "call";
  /** Fails the change with this sentence. */
  readonly fail?: string;
  /** Makes the provider wait before the change, in milliseconds. */
  readonly delayMs?: number;
  /** Kills the Terraform process that asked (SIGKILL: it can clean up nothing). */
  readonly kill?: boolean;
  /** How often it strikes. @default - every time */
  readonly times?: number;
}

/**
 * The hook for a stack's providers.
 * @param kill kills the Terraform process of the stack
 */
export function faultHook(faults: readonly Fault[], stack: Stack, kill: () => void): BeforeChange {
  const left = new Map(faults.map((fault) => [fault, fault.times ?? Number.POSITIVE_INFINITY]));
  return async ({ kind, type, attributes }) => {
    for (const fault of faults) {
      if ((left.get(fault) ?? 0) <= 0) continue;
      if ((fault.stack ?? stack.id) !== stack.id || (fault.type ?? type) !== type || !meant(fault, kind)) continue;
      if (fault.region !== undefined && ![attributes.location, attributes.region].includes(fault.region)) continue;
      if (fault.address !== undefined && fault.address !== addressOf([stack], type, attributes)) continue;
      left.set(fault, (left.get(fault) ?? 0) - 1);
      if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
      if (fault.kill) kill();
      if (fault.fail || fault.kill) return fault.fail ?? "the process was killed";
    }
    return undefined;
  };
}

function meant({ on }: Fault, kind: Change["kind"]): boolean {
  if (on === "call") return true;
  return on === undefined ? kind !== "read" : on === kind;
}
