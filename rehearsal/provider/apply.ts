/** What happens when a resource is created, updated or deleted, and what a data source answers. */

import type { Attempt } from "../cloud/attempt";
import type { Cloud } from "../cloud/model";
import { refusal, warning } from "../cloud/refusals";
import type { Diagnostic } from "../protocol/messages";
import { equal, isObject, type Value, type ValueObject } from "../protocol/values";
import type { Block } from "../schema/types";
import { fixtureOf, inventorOf } from "../values";
import { awsAccount } from "../values/aws";
import { text } from "../values/context";
import { filled } from "../values/fill";
import { seed } from "../values/seed";
import { plannedState } from "./plan";
import { problems } from "./rules";

/** A change that is about to be made. */
export interface Change {
  readonly stack: string;
  readonly kind: "create" | "update" | "delete" | "read";
  readonly type: string;
  /** What exists, or will: the planned state, for a deletion and a reading the prior one. */
  readonly attributes: ValueObject;
}

/** Waits, fails the change with the returned sentence, or lets it pass with undefined. */
export type BeforeChange = (change: Change) => Promise<string | undefined>;

interface ApplyInput {
  readonly type: string;
  readonly block: Block;
  readonly prior: Value;
  readonly planned: Value;
  readonly config: ValueObject;
  readonly provider: ValueObject;
  readonly stack: string;
  readonly cloud: Cloud;
  readonly before: BeforeChange;
}

interface Outcome {
  readonly state: Value;
  readonly problem?: Diagnostic;
}

/** Makes the change in the cloud; where it is refused, the state stays what it was. */
export async function applied(input: ApplyInput): Promise<Outcome> {
  const { type, stack, cloud, prior, planned } = input;
  const kind = !isObject(planned) ? "delete" : isObject(prior) ? "update" : "create";
  const attributes = isObject(planned) ? planned : isObject(prior) ? prior : {};
  const account = accountOf(input.provider);
  const fault = await input.before({ stack, kind, type, attributes });
  if (fault) return refused(prior, `${type}: ${kind} failed`, fault);

  if (kind === "delete") {
    const no = refusal({ kind, type, stack, account, config: {}, attributes, cloud });
    if (no) return refused(prior, `${type} can't be deleted`, no);
    cloud.remove({ stack, account, type, attributes });
    return { state: null };
  }

  const [wrong] = problems(type, input.block, input.config, "apply");
  if (wrong) return { state: prior, problem: wrong };
  const state = fill(input, attributes);
  const attempt: Attempt = {
    kind,
    type,
    stack,
    account,
    config: input.config,
    attributes: state,
    cloud,
    ...(isObject(prior) && { prior }),
  };
  const no = refusal(attempt);
  if (no) return refused(prior, `${type} was refused`, no);
  const known = { stack, account, type, attributes: isObject(prior) ? prior : {} };
  const earlier = isObject(prior) ? cloud.find(known) : undefined;
  if (isObject(prior)) cloud.remove(known);
  const hidden = sent(input, isObject(prior) ? prior : undefined, earlier?.hidden);
  const warned = warning(attempt);
  cloud.put({ stack, account, type, attributes: state, ...(hidden && { hidden }) });
  return { state, ...(warned && { problem: { severity: 2, summary: `${type} may be refused`, detail: warned } }) };
}

/**
 * What the service holds of write-only arguments. They are sent when the resource is made, and again only when their
 * version changes: no plan compares them.
 */
function sent({ block, config }: ApplyInput, prior: ValueObject | undefined, earlier: ValueObject = {}): ValueObject | undefined {
  const names = Object.entries(block.attributes ?? {}).flatMap(([name, { write_only }]) => (write_only ? [name] : []));
  if (names.length === 0) return undefined;
  const anew = (name: string) => prior === undefined || !equal(prior[`${name}_version`], config[`${name}_version`]);
  return Object.fromEntries(names.map((name) => [name, (anew(name) ? config[name] : earlier[name]) ?? null]));
}

/**
 * Whose cloud it is: the subscription, project or account that the provider is configured with. Of Kubernetes and Helm it is
 * the cluster, which is known by its address and its authority: the addresses that are invented here are few.
 */
export function accountOf(provider: ValueObject): string {
  const inside = isObject(provider.kubernetes ?? null) ? (provider.kubernetes as ValueObject) : provider;
  if (typeof inside.host === "string") return `${inside.host} ${String(inside.cluster_ca_certificate ?? "")}`;
  return text(provider, "subscription_id", text(provider, "project", awsAccount(provider)));
}

function refused(state: Value, summary: string, detail: string): Outcome {
  return { state, problem: { severity: 1, summary, detail } };
}

function fill({ type, block, provider, stack, cloud }: ApplyInput, planned: ValueObject): ValueObject {
  const words = JSON.stringify([stack, type, planned]);
  const subject = { type, known: planned, provider, seed: seed(words, String(cloud.serial(seed(words).hex(16)))) };
  return filled(block, planned, subject, inventorOf(type)(subject));
}

/**
 * What a data source answers: a resource of the same type that the rehearsal made and that fits what was asked, or else
 * its fixture.
 */
export function readData(type: string, block: Block, config: ValueObject, provider: ValueObject, cloud: Cloud): ValueObject {
  const planned = plannedState(block, null, config, config);
  const asked = Object.entries(config).filter(([, value]) => typeof value === "string");
  const made = cloud
    .all(type)
    .find(({ attributes }) => asked.length > 0 && asked.every(([name, value]) => equal(attributes[name], value)));
  const subject = { type, known: config, provider, seed: seed(type, JSON.stringify(config)) };
  return filled(block, planned, subject, { ...fixtureOf(type)(subject), ...made?.attributes });
}
