/**
 * What a provider plans: the configuration, and "known after apply" for what only the cloud decides. Follows what Terraform's
 * core accepts (docs/resource-instance-change-lifecycle.md in hashicorp/terraform): a configured value is planned as it is,
 * a computed one keeps its prior value.
 */
import { equal, isList, isObject, UNKNOWN, type Value, type ValueObject } from "../protocol/values";
import type { Attribute, Block, NestedBlock } from "../schema/types";

/**
 * The planned state of a resource that is created or updated.
 * @param prior null where it is created
 * @param config what was written
 * @param proposed the core's merge of config and prior
 */
export function plannedState(block: Block, prior: Value, config: ValueObject, proposed: ValueObject): ValueObject {
  return planBlock(block, isObject(prior) ? prior : undefined, config, proposed);
}

function planBlock(block: Block, prior: ValueObject | undefined, config: ValueObject, proposed: ValueObject): ValueObject {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    planned[name] = planAttribute(attribute, prior?.[name], config[name] ?? null, proposed[name] ?? null, prior !== undefined);
  for (const [name, nested] of Object.entries(block.block_types ?? {}))
    planned[name] = planElements(nested, prior?.[name], config[name] ?? null, proposed[name] ?? null);
  return planned;
}

function planAttribute(attribute: Attribute, prior: Value | undefined, config: Value, proposed: Value, existed: boolean): Value {
  if (attribute.write_only) return null;
  if (config === null) {
    if (!attribute.computed) return null;
    if (existed) return prior ?? proposed;
    return proposed === null ? UNKNOWN : proposed;
  }
  const nested = attribute.nested_type;
  if (!nested) return config;
  return planElements({ nesting_mode: nested.nesting_mode, block: { attributes: nested.attributes } }, prior, config, proposed);
}

/** Blocks, and attributes whose members have flags of their own: both nest in the same four ways. */
function planElements(nested: NestedBlock, prior: Value | undefined, config: Value, proposed: Value): Value {
  const one = (before: Value | undefined, written: Value, merged: Value): Value =>
    isObject(written)
      ? planBlock(nested.block, isObject(before) ? before : undefined, written, isObject(merged) ? merged : written)
      : written;
  if (config === null || config === UNKNOWN) return config === null && nested.nesting_mode !== "single" ? proposed : config;
  if (nested.nesting_mode === "single" || nested.nesting_mode === "group") return one(prior, config, proposed);
  if (isList(config)) {
    const merged = isList(proposed) && proposed.length === config.length ? proposed : config;
    const before = isList(prior) ? prior : [];
    if (nested.nesting_mode === "list") return config.map((item, i) => one(before[i], item, merged[i] ?? null));
    // The core matches the elements of a set for us: one that it found in the prior state is already complete.
    return merged.map((item) => before.find((old) => equal(old, item)) ?? one(undefined, item, item));
  }
  if (!isObject(config)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, item]) => [
      key,
      one(isObject(prior) ? prior[key] : undefined, item, isObject(proposed) ? (proposed[key] ?? null) : null),
    ]),
  );
}
