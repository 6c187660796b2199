import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ChartPin } from "../../model/add-ons/add-on";
import { CHARTS } from "../../model/add-ons/charts";
import type { ChartValues, ValueShape } from "../../model/catalog/chart-values";
import { kindOf } from "../../model/catalog/chart-values";
import { templateReads } from "./template-reads";

type Shapes = { [key: string]: ValueShape };
type Schema = { readonly [key: string]: unknown };

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
    merged = withoutClosed(overlay(base, fromSchema(root, root, 0)));
  }
  return withDependencies(folder, merged);
}

function valuesFile(folder: string): string | undefined {
  return ["values.tmpl.yaml", "values.yaml"].map((name) => join(folder, name)).find(existsSync);
}

/** Kinds by example: what is empty or null says little. */
function fromValues(value: unknown): ValueShape {
  if (value === null || value === undefined) return "any";
  const kind = kindOf(value);
  if (kind !== "map") return kind;
  const entries = Object.entries(value as object);
  if (entries.length === 0) return "map";
  return Object.fromEntries(entries.map(([name, inner]) => [name, fromValues(inner)]));
}

/** Paths that templates read, though values.yaml only mentions them in a comment, and maps that they give on whole. */
function addTemplates(shape: Shapes, folder: string): void {
  if (!existsSync(folder)) return;
  const { read, fields, keyed, whole } = templateReads(folder);
  for (const path of read) put(shape, path);
  for (const path of fields) if (isMap(at(shape, path.slice(0, -1)))) put(shape, path);
  for (const path of keyed) {
    const map: unknown = at(shape, path);
    if (isMap(map)) map["*"] ??= "any";
  }
  for (const path of whole) open(shape, path);
}

const isSchema = (rest: unknown): rest is Schema => typeof rest === "object" && rest !== null;

const isMap = (shape: unknown): shape is Shapes => typeof shape === "object" && shape !== null;

function at(shape: ValueShape, path: readonly string[]): ValueShape | undefined {
  return path.reduce<ValueShape | undefined>((here, key) => (isMap(here) ? here[key] : undefined), shape);
}

function put(shape: Shapes, path: readonly string[]): void {
  let here = shape;
  for (const key of path.slice(0, -1)) {
    const next = here[key];
    if (isMap(next)) here = next;
    else if (next === undefined || next === "any" || next === "map") {
      const made: Shapes = next === undefined ? {} : { "*": "any" };
      here[key] = made;
      here = made;
    } else return;
  }
  here[path.at(-1)!] ??= "any";
}

/** A map that is given on whole, with the maps in it. */
function open(shape: Shapes, path: readonly string[]): void {
  const free = (map: unknown): void => {
    if (!isMap(map)) return;
    map["*"] ??= "any";
    for (const inner of Object.values(map)) free(inner);
  };
  free(at(shape, path));
}

const SCHEMA_KINDS: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  array: "list",
  object: "map",
};

/** Stands for other keys while shapes are laid over each other: the schema refuses them, whatever templates do. */
const CLOSED = "closed";

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
  const { properties, additionalProperties: rest } = schema;
  if (properties !== undefined || (depth > 0 && isSchema(rest))) {
    const shape: Shapes = Object.fromEntries(
      Object.entries((properties ?? {}) as Record<string, Schema>).map(([key, inner]) => [
        key,
        fromSchema(inner, root, depth + 1),
      ]),
    );
    if (depth > 0 && isSchema(rest)) return { ...shape, "*": fromSchema(rest, root, depth + 1) };
    if (Object.keys(shape).length === 0) return "map";
    // `true` opens nothing: a key that no template reads has no use, whatever the schema lets pass
    return rest === false ? { ...shape, "*": CLOSED } : shape;
  }
  const kinds = [schema.type]
    .flat()
    .flatMap((type) => (typeof type === "string" && type !== "null" ? [SCHEMA_KINDS[type] ?? "any"] : []));
  return kinds.length === 0 ? "any" : kinds.join("|");
}

/** What the schema says goes before examples, but where it says nothing. */
function overlay(example: ValueShape | undefined, schema: ValueShape): ValueShape {
  if (example === undefined || schema === "any") return schema === "any" ? (example ?? "any") : schema;
  if (typeof example === "string") return schema;
  if (typeof schema === "string") return schema.split("|").includes("map") ? example : schema;
  const merged: Shapes = {};
  for (const key of new Set([...Object.keys(example), ...Object.keys(schema)])) {
    if (schema[key] === CLOSED) continue;
    const said = schema[key] ?? (schema["*"] === CLOSED ? undefined : schema["*"]);
    merged[key] = said === undefined ? example[key]! : overlay(example[key], said);
  }
  return merged;
}

function withoutClosed(shape: ValueShape): ValueShape {
  if (typeof shape === "string") return shape;
  const kept = Object.entries(shape).filter(([key, inner]) => key !== "*" || inner !== CLOSED);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutClosed(inner)]));
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

/** Sub-charts that are not in the folder. */
function missingDependencies(folder: string): string[] {
  const chart = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as { dependencies?: { name: string }[] };
  return (chart.dependencies ?? [])
    .map(({ name }) => name)
    .filter((name) => !existsSync(join(folder, "charts", name, "Chart.yaml")));
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
    const notRead = missingDependencies(chart);
    const values: ChartValues = {
      chart: pin.chart,
      version: pin.version,
      source: pin.source,
      digest: chartDigest(chart),
      ...(notRead.length > 0 ? { notRead } : {}),
      values: chartShape(chart),
    };
    writeFileSync(join(out, `${pin.chart}.json`), `${JSON.stringify(values, sorted, 1)}\n`);
  }
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
