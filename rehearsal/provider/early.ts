/** Computed values that the real provider knows at plan already: labels with the provider's defaults, derived addresses. */
import { isObject, UNKNOWN, type Value, type ValueObject } from "../protocol/values";
import type { Block } from "../schema/types";
import { knownAtPlan } from "../values";
import { first } from "../values/context";
import { seed } from "../values/seed";

/**
 * The planned state with those values in it.
 * @param written the configuration
 * @param provider the provider's configuration
 */
export function earlyValues(
  type: string,
  block: Block,
  planned: ValueObject,
  written: ValueObject,
  provider: ValueObject,
): ValueObject {
  const early: Record<string, Value | undefined> = {
    ...merged(planned, provider),
    ...knownAtPlan(type)({ type, known: planned, provider, seed: seed(type) }),
  };
  const value: Record<string, Value> = { ...planned };
  for (const [name, known] of Object.entries(early))
    if (known !== undefined && block.attributes?.[name]?.computed && (written[name] ?? null) === null) value[name] = known;
  return value;
}

/** aws: tags_all; google: effective_labels and terraform_labels. */
function merged(planned: ValueObject, provider: ValueObject): Readonly<Record<string, Value>> {
  const defaults = first(provider, "default_tags").tags ?? null;
  const labels = {
    ...asMap(provider.default_labels ?? null),
    ...googleMark(provider),
    ...asMap(planned.labels ?? planned.resource_labels ?? null),
  };
  return {
    tags_all: isUnknown(planned.tags) ? UNKNOWN : { ...asMap(defaults), ...asMap(planned.tags ?? null) },
    effective_labels: labels,
    terraform_labels: labels,
  };
}

/** The google provider's own label, unless the configuration turns it off (add_terraform_attribution_label, default true). */
function googleMark(provider: ValueObject): ValueObject {
  return provider.add_terraform_attribution_label === false ? {} : { "goog-terraform-provisioned": "true" };
}

function asMap(value: Value): ValueObject {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null)) : {};
}

function isUnknown(value: Value | undefined): boolean {
  return value === UNKNOWN;
}
