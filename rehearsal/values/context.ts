/** What a value is invented from. */
import { isObject, type Value, type ValueObject } from "../protocol/values";
import type { Seed } from "./seed";

/** A resource or data source whose computed attributes are to be filled. */
export interface Subject {
  readonly type: string;
  /** What is known of it: the configuration, defaults and prior values. */
  readonly known: ValueObject;
  /** The provider's configuration. */
  readonly provider: ValueObject;
  readonly seed: Seed;
}

/**
 * Attribute → invented value for one type. Only computed attributes are taken from it; for a block an object, whose members
 * fill the computed attributes of each block of that name.
 */
export type Inventor = (subject: Subject) => Readonly<Record<string, Value | undefined>>;

/** A string attribute of the configuration, or a stand-in. */
export function text(values: ValueObject, name: string, otherwise = ""): string {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : otherwise;
}

/** A member of a nested object, or of the first of a list of them. */
export function first(values: ValueObject, name: string): ValueObject {
  const value = values[name];
  const item = Array.isArray(value) ? value[0] : value;
  return isObject(item) ? item : {};
}
