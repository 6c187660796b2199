import type { ValueObject } from "../protocol/values";
import type { Cloud } from "./model";

/** What is about to happen to one resource. */
export interface Attempt {
  readonly kind: "create" | "update" | "delete";
  readonly type: string;
  /** Id of the stack that asks. */
  readonly stack: string;
  /** Account, subscription or project of the provider that asks. */
  readonly account: string;
  /** What is written; empty for a deletion. */
  readonly config: ValueObject;
  /** After the change, invented values included; for a deletion what exists. */
  readonly attributes: ValueObject;
  /** Before the change. */
  readonly prior?: ValueObject;
  readonly cloud: Cloud;
}

/** One refusal of a service, or a warning of what it may refuse. */
export interface Refusal {
  readonly type: string;
  readonly on: readonly Attempt["kind"][];
  /** Where the service documents it. */
  readonly source: string;
  /** @returns the service's answer, undefined where it agrees */
  readonly refuse: (attempt: Attempt) => string | undefined;
}
