import * as z from "zod";
import { fleetFile } from "../model/schema/fleet";

/** The part of JSON Schema (2020-12) that zod writes for the fleet file. */
export interface JsonSchema {
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
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

type Properties = Readonly<Record<string, JsonSchema>>;

/** The fleet file as zod describes it, the four kinds of clusters told apart by `cloud`. */
export function plainSchema(): JsonSchema {
  return z.toJSONSchema(fleetFile, {
    io: "input",
    // zod has its own words for a text's start and parts, which are no formats of JSON Schema; the pattern says the same
    override: ({ jsonSchema }) => {
      if (["starts_with", "ends_with", "includes"].includes(String(jsonSchema.format))) delete jsonSchema.format;
    },
  }) as JsonSchema;
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
      if: { properties: { cloud: { const: cloud } }, required: ["cloud"] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        properties: Object.fromEntries(
          Object.keys(shared).flatMap((field) => (kind.properties?.[field] ? [] : [[field, false]])),
        ),
      },
    })),
  };
  const { existing: _existing, ...defaults } = references;
  const { clusters, defaults: plainDefaults, ...rest } = plain.properties as Properties;
  return {
    ...plain,
    properties: {
      ...rest,
      defaults: { type: "object", description: plainDefaults?.description, properties: defaults, additionalProperties: false },
      clusters: { ...clusters, additionalProperties: cluster },
    },
    $defs: {
      ...plain.$defs,
      ...Object.fromEntries(Object.entries(shared).map(([field, schema]) => [field, optional(schema)])),
    },
  };
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
