/** Data that JSON and YAML can hold. Strings may be tokens. */
export type Values = { readonly [key: string]: unknown };

const isMap = (value: unknown): value is Values => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Lays one map of Helm values over another, as Helm does: maps merge by key, lists and all else replace. A null stays:
 * to Helm it removes the chart's own default.
 */
export function mergeValues(under: Values, over: Values): Values {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? mergeValues(below, value) : value;
  }
  return merged;
}
