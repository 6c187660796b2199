/** Asks the services: may this be made, changed, deleted? */
import type { ValueObject } from "../protocol/values";
import { eksRefusals } from "./eks";
import { stillUsed, usedTooEarly } from "./in-use";
import type { Cloud } from "./model";
import { route53Refusals } from "./route53";
import { nameTaken } from "./taken";
import { trafficManagerRefusals } from "./traffic-manager";

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

/** One refusal of a service. */
export interface Refusal {
  readonly type: string;
  readonly on: readonly Attempt["kind"][];
  /** Where the service documents it. */
  readonly source: string;
  /** @returns the service's answer, undefined where it agrees */
  readonly refuse: (attempt: Attempt) => string | undefined;
}

/** Types with a switch that keeps them from being deleted. */
function guarded(type: string, argument: string, source: string): Refusal {
  return {
    type,
    on: ["delete"],
    source,
    refuse: ({ attributes }) =>
      attributes[argument] === true
        ? `'${argument}' is true. Apply it as false first, then destroy (for a whole fleet: synthesize with --without-deletion-protection and apply).`
        : undefined,
  };
}

/** Refusals of one resource; uses and names are tables of their own. */
export const refusals: readonly Refusal[] = [
  ...route53Refusals,
  ...trafficManagerRefusals,
  ...eksRefusals,
  guarded("aws_eks_cluster", "deletion_protection", "EKS API, DeleteCluster"),
  guarded("aws_lb", "enable_deletion_protection", "Elastic Load Balancing v2 API, OperationNotPermitted"),
  guarded("google_container_cluster", "deletion_protection", "hashicorp/google 6.50.0, resource_container_cluster.go"),
];

/** The first refusal, as a sentence with its source. */
export function refusal(attempt: Attempt): string | undefined {
  const { kind, type, attributes, cloud, account, stack } = attempt;
  for (const entry of refusals) {
    if (entry.type !== type || !entry.on.includes(kind)) continue;
    const sentence = entry.refuse(attempt);
    if (sentence) return `${sentence} (Source: ${entry.source}.)`;
  }
  if (kind === "delete") return stillUsed(attempt);
  if (kind === "update") return undefined;
  return nameTaken(cloud, type, attributes, account, stack) ?? usedTooEarly(attempt);
}
