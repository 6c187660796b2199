/**
 * What a chart's values may be: a kind, kinds with | between, `map` for free keys, `any`, or a map of its keys. The key
 * `*` stands for every other key.
 */
export type ValueShape = string | { readonly [key: string]: ValueShape };

/** The values of one chart, read from the chart itself; no text of it, only paths and kinds. */
export interface ChartValues {
  readonly chart: string;
  readonly version: string;
  /** Where it was read. */
  readonly source: { readonly repository: string; readonly tag: string };
  /** SHA-256 of values.yaml and values.schema.json. */
  readonly digest: string;
  /** Sub-charts that were not at hand: of their values anything passes. @default - all were read */
  readonly notRead?: readonly string[];
  readonly values: ValueShape;
}

/** What a chart would not understand in values, a line for each path. Strings may stand for tokens of Terraform. */
export function chartValuesProblems(shape: ValueShape, values: unknown, path = ""): readonly string[] {
  if (values === null || values === undefined || shape === "any") return [];
  if (typeof shape === "string") return kindProblems(shape, values, path);
  if (typeof values !== "object" || Array.isArray(values)) return [`${path}: the chart has a map here, not ${kindOf(values)}`];
  return Object.entries(values).flatMap(([key, inner]) => {
    const below = Object.hasOwn(shape, key) ? shape[key] : shape["*"];
    const at = path === "" ? key : `${path}.${key}`;
    return below === undefined ? [`${at}: the chart has no such value`] : chartValuesProblems(below, inner, at);
  });
}

function kindProblems(shape: string, value: unknown, path: string): readonly string[] {
  const kinds = shape.split("|");
  const kind = kindOf(value);
  return kinds.includes(kind) || kinds.includes("any") ? [] : [`${path}: the chart takes ${kinds.join(" or ")}, not ${kind}`];
}

/** The kind of a value as shapes name it. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (value === null || value === undefined) return "any";
  return typeof value === "object" ? "map" : typeof value;
}
