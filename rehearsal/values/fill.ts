/** Turns every "known after apply" of a planned state into a value of the right type that looks like the real thing. */
import { isList, isObject, UNKNOWN, type Value, type ValueObject } from "../protocol/values";
import { type Attribute, type Block, isCollection, type NestedType, type Type } from "../schema/types";
import type { Subject } from "./context";
import { genericNumber, genericString } from "./generic";

type Hints = Readonly<Record<string, Value | undefined>>;

/**
 * The state after apply.
 * @param hints what the type's own inventor says
 */
export function filled(block: Block, planned: ValueObject, subject: Subject, hints: Hints): ValueObject {
  const state: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    state[name] = fillAttribute(name, attribute, planned[name] ?? null, subject, hints[name], name);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const hint = hints[name];
    const inner = isObject(hint) ? hint : {};
    state[name] = eachElement(planned[name] ?? null, (item) => filled(nested.block, item, subject, inner));
  }
  return state;
}

function eachElement(value: Value, fill: (item: ValueObject) => ValueObject): Value {
  if (isList(value)) return value.map((item) => (isObject(item) ? fill(item) : item));
  return isObject(value) ? fill(value) : value;
}

function fillAttribute(
  name: string,
  attribute: Attribute,
  planned: Value,
  subject: Subject,
  hint: Value | undefined,
  path: string,
): Value {
  if (attribute.write_only) return null;
  const nested = attribute.nested_type;
  if (nested && planned !== UNKNOWN && planned !== null) return fillNested(nested, planned, subject, hint);
  if (planned !== UNKNOWN) return planned;
  if (nested)
    return hint !== undefined
      ? conformNested(nested, hint, subject, path)
      : nested.nesting_mode === "single"
        ? conformNested(nested, {}, subject, path)
        : nested.nesting_mode === "map"
          ? {}
          : [];
  const type = attribute.type ?? "dynamic";
  if (hint !== undefined) return conform(type, hint, subject, name, path);
  // What the user may also set is empty when nobody set it; what only the cloud sets holds one element.
  if (attribute.optional && isCollection(type)) return type[0] === "map" ? {} : [];
  return invent(type, subject, name, path);
}

function fillNested(nested: NestedType, planned: Value, subject: Subject, hint: Value | undefined): Value {
  const hints = isObject(hint) ? hint : {};
  const fill = (item: ValueObject) => filled({ attributes: nested.attributes }, item, subject, hints);
  if (nested.nesting_mode === "map" && isObject(planned))
    return Object.fromEntries(Object.entries(planned).map(([key, item]) => [key, isObject(item) ? fill(item) : item]));
  return eachElement(planned, fill);
}

/** A hint with all members of its type. */
function conformNested(nested: NestedType, hint: Value, subject: Subject, path: string): Value {
  const one = (item: Value): ValueObject =>
    Object.fromEntries(
      Object.entries(nested.attributes).map(([key, member]) => {
        const given = isObject(item) ? item[key] : undefined;
        if (given !== undefined) return [key, given];
        return [key, fillAttribute(key, member, member.computed ? UNKNOWN : null, subject, undefined, `${path}.${key}`)];
      }),
    );
  if (nested.nesting_mode === "single") return one(hint);
  return isList(hint) ? hint.map(one) : [one(hint)];
}

function conform(type: Type, hint: Value, subject: Subject, name: string, path: string): Value {
  if (typeof type === "string" || hint === null) return hint;
  if (type[0] === "object")
    return Object.fromEntries(
      Object.entries(type[1]).map(([key, member]) => {
        const given = isObject(hint) ? hint[key] : undefined;
        return [
          key,
          given === undefined
            ? invent(member, subject, key, `${path}.${key}`)
            : conform(member, given, subject, key, `${path}.${key}`),
        ];
      }),
    );
  if (type[0] === "map")
    return isObject(hint)
      ? Object.fromEntries(Object.entries(hint).map(([key, item]) => [key, conform(type[1], item, subject, key, path)]))
      : {};
  if (type[0] === "tuple") return hint;
  const element = type[1];
  return isList(hint)
    ? hint.map((item, i) => conform(element, item, subject, name, `${path}.${i}`))
    : [conform(element, hint, subject, name, `${path}.0`)];
}

function invent(type: Type, subject: Subject, name: string, path: string): Value {
  if (type === "string") return genericString(subject, name, path);
  if (type === "number") return genericNumber(name);
  if (type === "bool") return false;
  if (type === "dynamic") return null;
  if (type[0] === "object")
    return Object.fromEntries(
      Object.entries(type[1]).map(([key, member]) => [key, invent(member, subject, key, `${path}.${key}`)]),
    );
  if (type[0] === "map") return {};
  if (type[0] === "tuple") return type[1].map((member, i) => invent(member, subject, name, `${path}.${i}`));
  return [invent(type[1], subject, name.replace(/s$/, ""), `${path}.0`)];
}
