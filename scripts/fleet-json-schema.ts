import { parse } from "yaml";
import * as z from "zod";
import { VERSIONS } from "../model/catalog/kubernetes-versions";
import { DEFAULT_MACHINES } from "../model/catalog/machines";
import { type RegionCloud, regionsOf } from "../model/catalog/regions";
import { fleetFile } from "../model/schema/fleet";
import { EXAMPLES } from "./fleet-examples";

/** The part of JSON Schema (2020-12) that zod writes for the fleet file. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema | false>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly title?: string;
  readonly examples?: readonly unknown[];
  /** What the pattern of a text means, as messages say it. For the reference; editors don't get it. */
  readonly words?: string;
}

type Properties = Readonly<Record<string, JsonSchema>>;

/** The fleet file as zod describes it, the four kinds of clusters told apart by `cloud`. */
export function plainSchema(): JsonSchema {
  return z.toJSONSchema(fleetFile, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const words = wordsOf(zodSchema as z.core.$ZodType);
      if (words !== undefined) Object.assign(jsonSchema, { words });
      // zod has its own words for a text's start and parts, which are no formats of JSON Schema; the pattern says the same
      if (["starts_with", "ends_with", "includes"].includes(String(jsonSchema.format))) delete jsonSchema.format;
    },
  }) as JsonSchema;
}

/** How messages describe a text that must match a pattern. @default - it may be any */
function wordsOf(schema: z.core.$ZodType): string | undefined {
  if (schema._zod.def.type !== "string") return undefined;
  const checks = (schema._zod.def.checks ?? []).map((check) => check._zod.def as unknown as TextCheck);
  const said = checks.flatMap(({ check, format, error, prefix, includes }) => {
    if (check !== "string_format") return [];
    if (format === "starts_with") return [`starts with ${prefix}`];
    if (format === "includes") return [`has ${includes} in it`];
    const text = error?.({});
    return typeof text === "string" ? [text] : [];
  });
  return said.length > 0 ? said.join(", ") : undefined;
}

/** A check of a text, as zod 4 keeps it. */
interface TextCheck {
  readonly check: string;
  readonly format?: string;
  readonly error?: (issue: object) => unknown;
  readonly prefix?: string;
  readonly includes?: string;
}

/** The kinds of clusters in the plain schema, by the value of `cloud`. */
export function clusterKinds(plain: JsonSchema): ReadonlyMap<string, JsonSchema> {
  const clusters = plain.properties?.clusters;
  const kinds = clusters ? (clusters.additionalProperties || undefined)?.oneOf : undefined;
  if (!kinds) throw new Error("the schema of clusters is no longer a union on `cloud`: this program builds on that");
  return new Map(kinds.map((kind) => [String((kind.properties as Properties).cloud?.const), kind]));
}

/** The fields of every kind of cluster; where kinds describe a field differently, as those that Meridian makes do. */
export function allFields(kinds: ReadonlyMap<string, JsonSchema>): Properties {
  const fields = [...kinds.values()].flatMap((kind) => Object.entries(kind.properties as Properties));
  return Object.fromEntries(fields.map(([field]) => [field, fields.find(([name]) => name === field)![1]]));
}

/**
 * What editors complete and check by. Looser than the program where the fleet file is: what a cluster needs may come
 * from `defaults`, and null removes a default. All kinds of clusters are one map here, since editors say nothing useful
 * about unions.
 */
export function editorSchema(): JsonSchema {
  const plain = plainSchema();
  const kinds = clusterKinds(plain);
  const { cloud: _cloud, ...shared } = allFields(kinds);
  const reference = (field: string): JsonSchema => ({ $ref: `#/$defs/${field}` });
  const references = Object.fromEntries(Object.keys(shared).map((field) => [field, reference(field)]));
  const cluster: JsonSchema = {
    type: "object",
    properties: { cloud: { type: "string", enum: [...kinds.keys()], description: "Cloud of the cluster." }, ...references },
    required: ["cloud"],
    additionalProperties: false,
    allOf: [...kinds].map(([cloud, kind]) => ({
      if: { type: "object", properties: { cloud: { const: cloud } }, required: ["cloud"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        type: "object",
        properties: {
          ...Object.fromEntries(Object.keys(shared).flatMap((field) => (kind.properties?.[field] ? [] : [[field, false]]))),
          ...(cloud === "existing" ? {} : { region: { enum: regionNames(cloud as RegionCloud) } }),
        },
      },
    })),
  };
  const { existing: _existing, ...defaults } = references;
  const { clusters, defaults: plainDefaults, ...rest } = plain.properties as Properties;
  const { required = [], ...top } = plain;
  const whole: JsonSchema = {
    ...top,
    $id: "urn:meridian:fleet-file",
    title: "Meridian fleet file",
    examples: [parse(EXAMPLES[""]!)],
    // what a file that extends another doesn't say stands there
    required: ["fleet"],
    allOf: [
      {
        if: { properties: { extends: false } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: Object.fromEntries(required.map((field) => [field, {}])), required },
      },
    ],
    patternProperties: { "^x-": {} },
    properties: {
      ...rest,
      defaults: { type: "object", description: plainDefaults?.description, properties: defaults, additionalProperties: false },
      clusters: { ...clusters, additionalProperties: cluster },
    },
    $defs: {
      ...plain.$defs,
      ...Object.fromEntries(Object.entries(shared).map(([field, schema]) => [field, completed(field, optional(schema))])),
    },
  };
  return forEditors(whole);
}

const regionNames = (cloud: RegionCloud) => regionsOf(cloud).map(({ region }) => region);

/** What editors offer besides what the field takes: it refuses nothing that the program would take. */
function completed(field: string, schema: JsonSchema): JsonSchema {
  const { type: _type, pattern, description, ...rest } = schema;
  const text: JsonSchema = { type: "string", ...(pattern && { pattern }) };
  const offered = (values: readonly string[]): JsonSchema => ({
    ...rest,
    description,
    anyOf: [{ enum: values }, text, { type: "null" }],
  });
  if (field === "region") return offered((["aws", "azure", "google"] as const).flatMap(regionNames));
  if (field === "kubernetes") return offered(VERSIONS);
  if (field !== "pools" || !schema.additionalProperties) return schema;
  const pool = schema.additionalProperties;
  const machines = pool.properties?.machines;
  if (!machines) return schema;
  const items: JsonSchema = { anyOf: [{ enum: DEFAULT_MACHINES }, { type: "string" }] };
  return { ...schema, additionalProperties: { ...pool, properties: { ...pool.properties, machines: { ...machines, items } } } };
}

/** Without what is ours and no word of JSON Schema, and with defaults said as people read them. */
function forEditors(schema: JsonSchema): JsonSchema {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, ""));
    if (typeof value !== "object" || value === null) return value;
    // the keys of these maps are names of fields
    const names = ["properties", "$defs"].includes(key);
    const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
      if (!names && name === "words") return [];
      if (!names && (name === "examples" || name === "default")) return [[name, inner]];
      if (!names && name === "description" && typeof inner === "string")
        return [[name, inner.replace(/\s*@default\s+/s, " Default: ")]];
      return [[name, walk(inner, names ? "" : name)]];
    });
    return Object.fromEntries(entries);
  };
  return walk(schema, "") as JsonSchema;
}

/** A schema that needs nothing and takes null for everything. */
function optional(schema: JsonSchema): JsonSchema {
  const { required: _required, ...rest } = schema;
  const inner = (value: JsonSchema | false) => (value === false ? value : optional(value));
  return {
    ...rest,
    ...(typeof schema.type === "string" && schema.const === undefined && { type: [schema.type, "null"] }),
    ...(schema.enum && { enum: [...schema.enum, null] }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([field, value]) => [field, inner(value)])),
    }),
    ...(schema.additionalProperties && { additionalProperties: inner(schema.additionalProperties) }),
  };
}
