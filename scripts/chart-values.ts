import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ChartValues, ValueShape } from "../model/catalog/chart-values";
import { kindOf } from "../model/catalog/chart-values";
import { CHARTS, type ChartPin } from "../model/catalog/charts";

type Shapes = { [key: string]: ValueShape };
type Schema = { readonly [key: string]: unknown };

/** Values that Kubernetes, not the chart, gives their keys, by their usual names. */
const PASSED_ON =
  /(annotations|labels|securitycontext|affinity|resources|nodeselector|selector|strategy|probe|limits|requests|dnsconfig)$/i;

/** Makes the shape of an unpacked chart's values: from values.yaml, values.schema.json and what its templates read. */
export function chartShape(folder: string): ValueShape {
  const values = valuesFile(folder);
  const shape: Shapes = values ? (fromValues(parse(readFileSync(values, "utf8")) ?? {}) as Shapes | string as Shapes) : {};
  const base: Shapes = typeof shape === "string" ? {} : shape;
  addTemplates(base, join(folder, "templates"));
  const schemaFile = join(folder, "values.schema.json");
  let merged: ValueShape = base;
  if (existsSync(schemaFile)) {
    const root = JSON.parse(readFileSync(schemaFile, "utf8")) as Schema;
    merged = overlay(base, fromSchema(root, root, 0));
  }
  return withDependencies(folder, merged);
}

function valuesFile(folder: string): string | undefined {
  return ["values.yaml", "values.tmpl.yaml"].map((name) => join(folder, name)).find(existsSync);
}

/** Kinds by example: what is empty or null says little. */
function fromValues(value: unknown, key = ""): ValueShape {
  if (value === null || value === undefined) return "any";
  const kind = kindOf(value);
  if (kind !== "map") return kind;
  const entries = Object.entries(value as object);
  if (entries.length === 0) return "map";
  const shape: Shapes = Object.fromEntries(entries.map(([name, inner]) => [name, fromValues(inner, name)]));
  return PASSED_ON.test(key) ? { ...shape, "*": "any" } : shape;
}

/** Paths that templates read, though values.yaml only mentions them in a comment, and maps that they pass on whole. */
function addTemplates(shape: Shapes, folder: string): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, file);
    if (!statSync(path).isFile() || statSync(path).size > 400_000) continue;
    const text = readFileSync(path, "utf8");
    for (const [, found] of text.matchAll(/\.Values\.([A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)*)/g))
      put(shape, found!.split("."), "any");
    for (const [, found] of text.matchAll(/(?:toYaml|toJson|tpl \(toYaml)\s+\(?\s*\.Values\.([\w.]+)/g))
      open(shape, found!.split("."));
    // a map that is gone through key by key has keys of the user's
    for (const [, found] of text.matchAll(/range\s+\$\w+\s*,\s*\$\w+\s*:=\s*\.Values\.([\w.]+)/g)) open(shape, found!.split("."));
    for (const [, found] of text.matchAll(/(?:with|range[^}]*?)\s+\.Values\.([\w.]+)\s*-?}}(?=[\s\S]{0,160}?toYaml \.)/g))
      open(shape, found!.split("."));
  }
}

function put(shape: Shapes, path: readonly string[], kind: ValueShape): void {
  let at = shape;
  for (const key of path.slice(0, -1)) {
    const next = at[key];
    if (next === undefined || next === "any" || next === "map") {
      const made: Shapes = next === undefined ? {} : { "*": "any" };
      at[key] = made;
      at = made;
    } else if (typeof next === "string") return;
    else at = next as Shapes;
  }
  const last = path.at(-1)!;
  at[last] ??= kind;
}

function open(shape: Shapes, path: readonly string[]): void {
  let at: ValueShape | undefined = shape;
  for (const key of path) {
    if (at === undefined || typeof at === "string") return;
    at = at[key];
  }
  if (at !== undefined && typeof at !== "string") (at as Shapes)["*"] ??= "any";
}

const SCHEMA_KINDS: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  array: "list",
  object: "map",
};

function fromSchema(schema: Schema, root: Schema, depth: number): ValueShape {
  if (depth > 30) return "any";
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const target = reference.startsWith("#/")
      ? reference
          .slice(2)
          .split("/")
          .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key.replace(/~1/g, "/")], root)
      : undefined;
    return target ? fromSchema(target as Schema, root, depth + 1) : "any";
  }
  for (const union of ["oneOf", "anyOf", "allOf"])
    if (schema[union] !== undefined && schema.properties === undefined) return "any";
  if (schema.properties !== undefined) {
    const shape: Shapes = Object.fromEntries(
      Object.entries(schema.properties as Record<string, Schema>).map(([key, inner]) => [
        key,
        fromSchema(inner, root, depth + 1),
      ]),
    );
    // at the top a key that no template reads has no use, whatever the schema lets pass
    if (depth === 0) return shape;
    const rest = schema.additionalProperties;
    if (Object.keys(shape).length === 0) return "map";
    // a schema that closes some maps leaves the others open on purpose; one that closes none says nothing
    const open = rest === undefined ? JSON.stringify(root).includes('"additionalProperties":false') : rest !== false;
    return open ? { ...shape, "*": "any" } : shape;
  }
  const kinds = [schema.type]
    .flat()
    .flatMap((type) => (typeof type === "string" && type !== "null" ? [SCHEMA_KINDS[type] ?? "any"] : []));
  return kinds.length === 0 ? "any" : kinds.join("|");
}

/** What the schema says goes before examples, but where it says nothing. */
function overlay(example: ValueShape | undefined, schema: ValueShape): ValueShape {
  if (example === undefined || schema === "any") return schema === "any" ? (example ?? "any") : schema;
  if (typeof example === "string") return typeof schema === "string" || example === "any" || example === "map" ? schema : schema;
  if (typeof schema === "string") return schema.split("|").includes("map") ? { ...example, "*": "any" } : schema;
  const keys = new Set([...Object.keys(example), ...Object.keys(schema)]);
  const merged: Shapes = {};
  for (const key of keys) {
    const said = schema[key];
    merged[key] = said === undefined ? example[key]! : overlay(example[key], said);
  }
  return merged;
}

/** Values for a sub-chart: its own shape where it is at hand, anything otherwise. */
function withDependencies(folder: string, shape: ValueShape): ValueShape {
  const file = join(folder, "Chart.yaml");
  if (typeof shape === "string" || !existsSync(file)) return shape;
  const chart = parse(readFileSync(file, "utf8")) as { dependencies?: { name: string; alias?: string }[] };
  const merged: Shapes = { ...shape };
  if (merged.global !== undefined && typeof merged.global !== "string") merged.global = { ...merged.global, "*": "any" };
  for (const { name, alias } of chart.dependencies ?? []) {
    const sub = join(folder, "charts", name);
    const own = merged[alias ?? name];
    const inner: ValueShape = existsSync(join(sub, "Chart.yaml")) ? chartShape(sub) : { "*": "any" };
    merged[alias ?? name] = own === undefined ? inner : union(inner, own);
  }
  return merged;
}

/** What either allows: a chart's examples for its sub-chart are seldom all that the sub-chart takes. */
function union(a: ValueShape, b: ValueShape): ValueShape {
  if (typeof a === "string" || typeof b === "string") {
    const shapes = [a, b].filter((shape) => shape !== "any" && shape !== "map");
    const map = shapes.find((shape) => typeof shape !== "string");
    return map !== undefined ? { ...(map as Shapes), "*": "any" } : [...new Set([a, b])].join("|");
  }
  const merged: Shapes = { ...a };
  for (const [key, shape] of Object.entries(b)) merged[key] = merged[key] === undefined ? shape : union(merged[key], shape);
  return merged;
}

/** SHA-256 of what was read. */
export function chartDigest(folder: string): string {
  const hash = createHash("sha256");
  for (const file of [valuesFile(folder), join(folder, "values.schema.json")])
    if (file !== undefined && existsSync(file)) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * Writes the shapes of all pinned charts.
 * @param folder unpacked charts, each in a folder of its name and at its pinned version
 * @throws where a chart is missing or of another version
 */
export function writeChartValues(folder: string, out: string): void {
  for (const pin of Object.values<ChartPin>(CHARTS)) {
    const chart = join(folder, pin.chart);
    if (!existsSync(join(chart, "Chart.yaml"))) throw new Error(`${pin.chart}: no Chart.yaml in ${pin.chart}/ of the folder`);
    const { version } = parse(readFileSync(join(chart, "Chart.yaml"), "utf8")) as { version: string };
    // some projects fill the version in when they release
    if (version !== pin.version && !version.startsWith("v0.0.0"))
      throw new Error(`${pin.chart}: ${version} is there, ${pin.version} is pinned`);
    const values: ChartValues = {
      chart: pin.chart,
      version: pin.version,
      source: pin.source,
      digest: chartDigest(chart),
      values: chartShape(chart),
    };
    writeFileSync(join(out, `${pin.chart}.json`), `${JSON.stringify(values, sorted, 1)}\n`);
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
