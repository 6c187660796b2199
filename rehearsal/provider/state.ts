/** Stored state from its JSON to a value of the current schema. */
import { isList, isObject, type Value, type ValueObject } from "../protocol/values";
import { type Block, emptyBlock, type Type } from "../schema/types";

/**
 * A stored state as a value: members that the schema no longer has are dropped, new ones are null.
 * @param raw the state's JSON
 */
export function upgraded(block: Block, raw: Value): ValueObject {
  const empty = emptyBlock(block);
  if (!isObject(raw)) return empty;
  const value: Record<string, Value> = { ...empty };
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    value[name] = attribute.nested_type ? (raw[name] ?? null) : fromState(attribute.type ?? "dynamic", raw[name] ?? null);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const inner = raw[name];
    if (isList(inner)) value[name] = inner.map((item) => upgraded(nested.block, item));
    else if (isObject(inner))
      value[name] =
        nested.nesting_mode === "map"
          ? Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, upgraded(nested.block, item)]))
          : upgraded(nested.block, inner);
  }
  return value;
}

/** State writes a value of dynamic type as {value, type}; the wire wants [type, value]. */
function fromState(type: Type, value: Value): Value {
  if (type === "dynamic" && isObject(value) && "type" in value && "value" in value)
    return [Buffer.from(JSON.stringify(value.type)), value.value ?? null];
  return value;
}
