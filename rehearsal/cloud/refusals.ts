/** Asks the services: may this be made, changed, deleted? */
import type { ValueObject } from "../protocol/values";
import type { Cloud } from "./model";

/** What is about to happen to one resource. */
export interface Attempt {
  readonly kind: "create" | "update" | "delete";
  readonly type: string;
  /** After the change; for a deletion what exists. */
  readonly attributes: ValueObject;
  /** Before the change. */
  readonly prior?: ValueObject;
  readonly cloud: Cloud;
}

/** One refusal of a service. */
export interface Refusal {
  readonly type: string;
  readonly on: readonly Attempt["kind"][];
  /** Where the service documents it. */
  readonly source: string;
  /** @returns the service's answer, undefined where it agrees */
  readonly refuse: (attempt: Attempt) => string | undefined;
}

const refusals: readonly Refusal[] = [];

/** The first refusal, as a sentence with its source. */
export function refusal(attempt: Attempt): string | undefined {
  for (const entry of refusals) {
    if (entry.type !== attempt.type || !entry.on.includes(attempt.kind)) continue;
    const sentence = entry.refuse(attempt);
    if (sentence) return `${sentence} (Source: ${entry.source}.)`;
  }
  return undefined;
}
