/** How values and their kinds are called in messages. */

/** A value for people: in quotes where it is text, short where it is long. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (typeof value === "string") return value.length > 80 ? `'${value.slice(0, 77)}...'` : `'${value}'`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return typeof value === "object" ? "a map" : String(value);
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

/**
 * What is wrong with a value of another kind than the field's, and how to write it.
 * @param expected zod's name of the kind
 * @param source the value as the file writes it, if the file does: 1.30 is not 1.3
 */
export function wrongKind(value: unknown, expected: string, source: string | undefined): string {
  const wanted = EXPECTED[expected] ?? expected;
  if (value === null) return `is empty: write ${wanted}, or remove the key`;
  const written = source ?? String(value);
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean"))
    return `${written} is a ${typeof value === "number" ? "number" : "truth value"} to YAML, and this is text: write it in quotes, "${written}"`;
  if (typeof value === "string" && wanted.endsWith("number") && value.trim() !== "" && !Number.isNaN(Number(value)))
    return `'${value}' is text to YAML, and this is ${wanted}: write it without quotes`;
  if (expected === "array" && typeof value === "string") return `'${value}' is text, and this is a list: write [${value}]`;
  return `${kindOf(value)} is not ${wanted}`;
}
