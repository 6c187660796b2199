import { isJsonObject, type Json, type JsonObject } from "../output/json";

/** A block, which is an object, or a list of them; the list. */
export function blocks(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return (value as readonly Json[]).filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}

/** A literal string; nothing where Terraform only knows it at plan. */
export function literal(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" && !/[$%]\{/.test(value) ? value : undefined;
}

/** Strings in a list, in order, without repetitions. */
export function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value): value is string => value !== undefined))].sort();
}
