/**
 * Terraform values in JavaScript and on the wire. Objects, maps and blocks are plain objects, lists and sets are arrays,
 * a value that is known only after apply is `UNKNOWN`.
 * The wire form is msgpack as in docs/plugin-protocol/object-wire-format.md of hashicorp/terraform: extension 0 is an
 * unknown value, extension 12 an unknown one with refinements, which a provider may forget.
 */
import { decode, ExtensionCodec, encode } from "@msgpack/msgpack";
import type { DynamicValue } from "./messages";

class Unknown {
  toJSON(): string {
    return "(known after apply)";
  }
}

/** A value that is known only after apply. */
export const UNKNOWN = new Unknown();

/** Any Terraform value. Bytes occur only inside values of dynamic type, which are passed on as they came. */
export type Value = null | string | number | boolean | Unknown | Uint8Array | readonly Value[] | ValueObject;
/** An object, a map or a block. */
export interface ValueObject {
  readonly [key: string]: Value;
}

const extensions = new ExtensionCodec();
extensions.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensions.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** Reads a value from the wire; an absent one is null. */
export function fromWire(value: DynamicValue | null | undefined): Value {
  if (value?.msgpack?.length) return decode(value.msgpack, { extensionCodec: extensions }) as Value;
  if (value?.json?.length) return JSON.parse(Buffer.from(value.json).toString("utf8")) as Value;
  return null;
}

/** Writes a value for the wire. */
export function toWire(value: Value): DynamicValue {
  return { msgpack: encode(value, { extensionCodec: extensions }) };
}

/** Whether a value is an object, a map or a block (and neither null, unknown, a list nor bytes). */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

/** Whether a value is a list or a set. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether nothing in a value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** Whether two values are the same; an unknown one equals only an unknown one. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return false;
}
