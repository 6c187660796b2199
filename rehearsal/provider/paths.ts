/** Attribute paths as the knowledge tables write them ("vpc_config.subnet_ids"): list positions are left out. */
import type { Step } from "../protocol/messages";
import { equal, isList, isObject, UNKNOWN, type Value } from "../protocol/values";
import type { Attribute, Block } from "../schema/types";

/** A value with the exact way that leads to it. */
export interface Found {
  readonly value: Value;
  readonly steps: readonly Step[];
}

/**
 * All values at a path, one for each element of the lists on the way. An element of a set can't be named, so the way
 * to a value inside one ends at the set.
 */
export function valuesAt(block: Block, value: Value, path: string): Found[] {
  return descend(block, value, path.split("."), [], false);
}

function descend(block: Block, value: Value, names: readonly string[], steps: readonly Step[], inSet: boolean): Found[] {
  const [name, ...rest] = names;
  if (name === undefined || !isObject(value)) return [];
  const below = value[name] ?? null;
  const here = inSet ? steps : [...steps, { attribute_name: name }];
  if (rest.length === 0) return [{ value: below, steps: here }];
  const { inner, isSet } = nestedOf(block, name);
  if (isList(below))
    return below.flatMap((item, i) =>
      descend(inner, item, rest, isSet || inSet ? here : [...here, { element_key_int: i }], isSet || inSet),
    );
  if (isObject(below)) return descend(inner, below, rest, here, inSet);
  return [];
}

function nestedOf(block: Block, name: string): { readonly inner: Block; readonly isSet: boolean } {
  const nested = block.block_types?.[name];
  if (nested) return { inner: nested.block, isSet: nested.nesting_mode === "set" };
  const attribute: Attribute | undefined = block.attributes?.[name];
  if (attribute?.nested_type)
    return { inner: { attributes: attribute.nested_type.attributes }, isSet: attribute.nested_type.nesting_mode === "set" };
  return { inner: {}, isSet: Array.isArray(attribute?.type) && attribute.type[0] === "set" };
}

/**
 * The places at which the plan differs from the prior state, below one path.
 * @param counts which differences count. @default - all
 */
export function changedAt(
  block: Block,
  prior: Value,
  planned: Value,
  path: string,
  counts: (before: Value, after: Value) => boolean = () => true,
): (readonly Step[])[] {
  const before = valuesAt(block, prior, path);
  const after = valuesAt(block, planned, path);
  const changed: (readonly Step[])[] = [];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const now = after[i]?.value ?? null;
    const old = before[i]?.value ?? null;
    if ((now !== UNKNOWN && equal(now, old)) || !counts(old, now)) continue;
    changed.push(after[i]?.steps ?? before[i]?.steps ?? []);
  }
  return changed;
}

/** A path for people: `vpc_config[0].subnet_ids`. */
export function spell(steps: readonly Step[]): string {
  return steps
    .map((step, i) =>
      step.attribute_name !== undefined
        ? `${i ? "." : ""}${step.attribute_name}`
        : `[${step.element_key_int ?? step.element_key_string}]`,
    )
    .join("");
}
