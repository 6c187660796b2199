import { factsReference } from "./facts-reference";
import { EXAMPLES, SHORTHANDS } from "./fleet-examples";
import { allFields, clusterKinds, type JsonSchema, plainSchema } from "./fleet-json-schema";

/** A table of the reference: the fields of one map. */
interface Section {
  /** Where the map is: clusters.<cluster>.network. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** Said before the table. */
  readonly note?: string;
}

const INTRODUCTION = `# The fleet file

Every field, in the order of the file. This page is made from the schema by \`npm run schema\`; a test says when it is stale.
Editors check and complete a fleet file that starts with \`# yaml-language-server: $schema=../docs/fleet.schema.json\`.

\`defaults\` takes the fields of a cluster and is merged under each: maps by key, lists replace, \`null\` in a cluster removes
a default. A cluster takes only what its cloud has fields for. Where the table says *needed*, a cluster's value may come
from \`defaults\`.
`;

/** The reference page, Markdown. */
export function fleetReference(): string {
  const texts = new Map(sections().map((section) => [section.path, sectionText(section)]));
  return [INTRODUCTION, ...texts.values(), factsReference()].join("\n");
}

/** Where each table of the reference is: clusters.<cluster>.network. */
export function sectionPaths(): readonly string[] {
  return [...new Set(sections().map(({ path }) => path))];
}

function sections(): readonly Section[] {
  const plain = plainSchema();
  const kinds = clusterKinds(plain);
  const fields = Object.entries(plain.properties as Readonly<Record<string, JsonSchema>>).map(
    ([field, schema]) => [field, field === "clusters" || field === "defaults" ? plainMap(schema) : schema] as const,
  );
  const root: JsonSchema = { ...plain, properties: Object.fromEntries(fields) };
  return [
    ...sectionsOf({ path: "", schema: root }, plain),
    ...sectionsOf({ path: "clusters.<cluster>", schema: everyCluster(kinds), note: fieldsByKind(kinds) }, plain),
  ];
}

/** A field whose own fields are described elsewhere. */
function plainMap(schema: JsonSchema | undefined): JsonSchema {
  return { type: "object", description: schema?.description, default: schema?.default };
}

/** All fields that some kind of cluster has. */
function everyCluster(kinds: ReadonlyMap<string, JsonSchema>): JsonSchema {
  const cloud: JsonSchema = {
    enum: [...kinds.keys()],
    description: "Cloud of the cluster: EKS, AKS, GKE, or a cluster that something else made.",
  };
  const { cloud: _cloud, ...fields } = allFields(kinds);
  return {
    type: "object",
    properties: { cloud, ...fields },
    required: ["cloud", "region", "aws", "azure", "google", "existing"],
  };
}

function fieldsByKind(kinds: ReadonlyMap<string, JsonSchema>): string {
  const made = Object.keys(kinds.get("aws")?.properties ?? {});
  const existing = Object.keys(kinds.get("existing")?.properties ?? {});
  const missing = made.filter((field) => field !== "aws" && !existing.includes(field));
  return `\`aws\`, \`azure\`, \`google\` and \`existing\` are for clusters of that \`cloud\` only. An existing cluster has no ${missing.map(code).join(", ")}, and its \`region\` is optional.`;
}

/** A section for a map, then for every map in it. */
function sectionsOf(section: Section, root: JsonSchema): readonly Section[] {
  const { schema, path } = section;
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants && !schema.properties) {
    const maps = variants.filter(({ properties }) => properties);
    return maps.flatMap((variant) => sectionsOf({ path: `${path} ${variantName(variant)}`.trim(), schema: variant }, root));
  }
  const own = schema.properties && Object.keys(schema.properties).length > 0 ? [section] : [];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([field, value]) => {
    if (value === false) return [];
    const at = path === "" ? field : `${path.replace(/ \(.*\)$/, "")}.${field}`;
    return innerSections(at, value, root);
  });
  return [...own, ...inner];
}

function innerSections(path: string, value: JsonSchema, root: JsonSchema): readonly Section[] {
  if (value.items) return innerSections(`${path}[]`, value.items, root);
  if (value.additionalProperties) return innerSections(`${path}.<${keyName(path)}>`, value.additionalProperties, root);
  if (value.$ref) {
    const name = value.$ref.split("/").at(-1)!;
    const target = root.$defs?.[name];
    // A member holds members again: their tables stand where the first are.
    const again = name === "members" && path.includes("[]");
    return target && !again ? innerSections(path, target, root) : [];
  }
  return value.properties || value.oneOf || value.anyOf ? sectionsOf({ path, schema: value }, root) : [];
}

/** names → name, pools → pool: what the keys of a map are called. */
const keyName = (path: string) => path.split(".").at(-1)!.replace(/\[\]$/, "").replace(/ies$/, "ys").replace(/s$/, "");

/** How a variant is told from the others: (backend: s3), or by its first field. */
function variantName(variant: JsonSchema): string {
  const fields = Object.entries(variant.properties ?? {}) as [string, JsonSchema][];
  const fixed = fields.find(([, value]) => value.const !== undefined);
  if (fixed) return `(${fixed[0]}: ${fixed[1].const})`;
  const [first] = fields;
  if (!first) return "";
  const values = first[1].enum ?? [];
  return values.length > 0 && values.length < 4 ? `(${first[0]}: ${values.join(" or ")})` : `(${first[0]})`;
}

function sectionText({ path, schema, note }: Section): string {
  const rows = Object.entries(schema.properties ?? {}).flatMap(([field, value]) =>
    value === false ? [] : [`| ${code(field)} | ${typeText(value)} | ${defaultText(field, value, schema)} | ${meaning(value)} |`],
  );
  return [
    path === "" ? "## The file" : `## ${code(path)}`,
    "",
    ...(note ? [note, ""] : []),
    ...(schema.description && path !== "" ? [cell(withoutDefault(schema.description)), ""] : []),
    "| Field | Type | Default | Meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(SHORTHANDS[path] ? [SHORTHANDS[path], ""] : []),
    ...(EXAMPLES[path] ? ["```yaml", EXAMPLES[path], "```", ""] : []),
  ].join("\n");
}

function typeText(value: JsonSchema): string {
  if (value.const !== undefined) return code(String(value.const));
  if (value.enum) return value.enum.map((one) => code(String(one))).join(", ");
  if (value.$ref) return { members: "list of members", member: "member" }[value.$ref.split("/").at(-1)!] ?? "anything";
  if (value.type === "array" && value.items) return `list of ${plural(value.items)}${counted(value.minItems, value.maxItems)}`;
  if (value.type === "object" && value.additionalProperties) {
    const inner = value.additionalProperties;
    const text = plural(inner);
    return text === "anything" ? "any map" : `map of ${text} by name`;
  }
  const variants = value.oneOf ?? value.anyOf;
  if (variants) return [...new Set(variants.map(typeText))].join(" or ");
  if (value.type === "integer" || value.type === "number") {
    const kind = value.type === "integer" ? "whole number" : "number";
    return `${kind}${counted(value.minimum, value.maximum)}`;
  }
  if (value.type === "string") return textType(value);
  return { boolean: "true or false", object: "map" }[String(value.type)] ?? "anything";
}

/** A text, with what it must look like. */
function textType({ words, maxLength, pattern }: JsonSchema): string {
  const most = maxLength === undefined || words?.includes(String(maxLength)) ? [] : [`at most ${maxLength} characters`];
  const looks = [words ?? (pattern === undefined ? undefined : code(pattern)), ...most].filter((part) => part !== undefined);
  return looks.length === 0 ? "text" : `text (${cell(looks.join("; "))})`;
}

/** ", 1 to 5", ", at least 1", ", at most 5", or nothing; zod writes the largest whole number where there is no limit. */
function counted(least: number | undefined, most: number | undefined): string {
  const limit = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  const start = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  if (start !== undefined && limit !== undefined) return `, ${start} to ${limit}`;
  if (start !== undefined) return `, at least ${start}`;
  return limit === undefined ? "" : `, at most ${limit}`;
}

function plural(value: JsonSchema): string {
  const text = typeText(value);
  if (text.startsWith("text (")) return text.replace("text", "texts");
  return { map: "maps", "any map": "maps", text: "texts", member: "members" }[text] ?? text;
}

function defaultText(field: string, value: JsonSchema, parent: JsonSchema): string {
  const said = /@default\s+(.+)$/s.exec(value.description ?? "")?.[1];
  if (said !== undefined) return cell(said);
  if (parent.required?.includes(field)) return "*needed*";
  if (value.default === undefined) return "none";
  if (typeof value.default === "object" && value.default !== null && !Array.isArray(value.default))
    return value.properties && Object.keys(value.properties).length > 0
      ? "as its table says"
      : Object.keys(value.default).length === 0
        ? "empty"
        : code(JSON.stringify(value.default));
  return Array.isArray(value.default) && value.default.length === 0 ? "empty" : code(JSON.stringify(value.default));
}

function meaning(value: JsonSchema): string {
  return cell(withoutDefault(value.description ?? ""));
}

const withoutDefault = (text: string) => text.replace(/\s*@default\s.+$/s, "");
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
const code = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
