import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { EXAMPLES } from "../../scripts/fleet-examples";
import { editorSchema, type JsonSchema, plainSchema } from "../../scripts/fleet-json-schema";
import { sectionPaths } from "../../scripts/fleet-reference";
import { generatedFiles, main, staleFiles } from "../../scripts/schema";
import { fleetFiles, root } from "../support/fleet";

const committed = (path: string) => readFileSync(join(root, path), "utf8");

test("docs/fleet.md, docs/fleet.schema.json and the tables of docs/add-ons.md are as the model says (npm run schema)", () => {
  expect(staleFiles(committed)).toEqual([]);
});

test("a stale file, a stale line in a table and a page without its marks are found", () => {
  const with_ = (name: string, text: string) => (path: string) => (path === name ? text : committed(path));
  expect(staleFiles(with_("docs/fleet.md", "old"))).toEqual(["docs/fleet.md"]);
  const page = "docs/add-ons.md";
  expect(staleFiles(with_(page, committed(page).replace("| `headlamp` | no |", "| `headlamp` | yes |")))).toEqual([page]);
  expect(staleFiles(with_(page, "# Add-ons"))).toEqual([page]);
  expect(generatedFiles(committed)[page]).toContain("| `monitoring` | no |");
});

test("--check fails on stale files and writes nothing", () => {
  const stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const here = process.cwd();
  try {
    process.chdir(join(root, "fleets")); // where there are no generated files
    expect(main(["--check"])).toBe(1);
    expect(stderr.mock.calls.map(([text]) => text)).toEqual([
      "docs/fleet.schema.json is stale: npm run schema\n",
      "docs/verify.schema.json is stale: npm run schema\n",
      "docs/fleet.md is stale: npm run schema\n",
      "docs/add-ons.md is stale: npm run schema\n",
      "charts/service/values.schema.json is stale: npm run schema\n",
    ]);
  } finally {
    process.chdir(here);
    stderr.mockRestore();
  }
});

test("every fleet file names the schema in its first line", () => {
  for (const file of fleetFiles) {
    const [first] = readFileSync(join(root, file), "utf8").split("\n");
    expect([file, first]).toEqual([file, "# yaml-language-server: $schema=../docs/fleet.schema.json"]);
  }
});

test("every block of the reference has an example (scripts/fleet-examples.ts), and no example is of a block that isn't there", () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...sectionPaths()].sort());
});

/** Paths of fields without a doc line. */
function undescribed(schema: JsonSchema, path = ""): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([field, value]) => {
    if (value === false) return [];
    const at = `${path}.${field}`;
    return [...(value.description ? [] : [at]), ...undescribed(value, at)];
  });
  const inner = [schema.items, schema.additionalProperties || undefined, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return [...fields, ...inner.flatMap((value) => (value ? undescribed(value, `${path}.*`) : []))];
}

test("every field has a doc line", () => {
  const schema = plainSchema();
  expect([schema, ...Object.values(schema.$defs ?? {})].flatMap((one) => undescribed(one))).toEqual([]);
});

/** Whether the editor's schema, as far as keys and kinds go, takes data. Paths of what it doesn't. */
function refused(schema: JsonSchema | false | undefined, data: unknown, root: JsonSchema, path = ""): string[] {
  if (schema === false) return [path];
  if (schema === undefined || Object.keys(schema).length === 0) return [];
  if (schema.$ref) return refused(root.$defs?.[schema.$ref.split("/").at(-1)!], data, root, path);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.some((variant) => refused(variant, data, root, path).length === 0) ? [] : [path];
  if (schema.const !== undefined && schema.const !== data) return [path];
  if (schema.enum && !schema.enum.includes(data)) return [path];
  if (schema.type && ![schema.type].flat().some((type) => type === kind(data) || (type === "number" && kind(data) === "integer")))
    return [path];
  if (Array.isArray(data)) return data.flatMap((item, index) => refused(schema.items, item, root, `${path}[${index}]`));
  if (typeof data !== "object" || data === null) return [];
  const missing = (schema.required ?? []).filter((field) => !(field in data)).map((field) => `${path}.${field}`);
  const conditions = (schema.allOf ?? []).flatMap((rule) =>
    rule.if && refused(rule.if, data, root).length === 0 ? refused(rule.then, data, root, path) : [],
  );
  const fields = Object.entries(data).flatMap(([field, value]) => {
    const own =
      schema.properties?.[field] ??
      Object.entries(schema.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern).test(field))?.[1];
    return own === undefined && schema.properties && schema.additionalProperties === undefined
      ? []
      : refused(own ?? schema.additionalProperties, value, root, `${path}.${field}`);
  });
  return [...missing, ...conditions, ...fields];
}

function kind(data: unknown): string {
  if (data === null) return "null";
  if (Array.isArray(data)) return "array";
  return Number.isInteger(data) ? "integer" : typeof data;
}

describe("the editor's schema", () => {
  const schema = editorSchema();

  test.each(fleetFiles)("takes %s", (file) => {
    expect(refused(schema, parse(readFileSync(join(root, file), "utf8"), { merge: true }), schema)).toEqual([]);
  });

  const dns = { zone: "k8s.example.com" };

  test("refuses what is misspelt, what is missing and another cloud's block", () => {
    const clusters = { a: { cloud: "aws", region: 1, azure: {}, netwrok: {} }, b: { cloud: "awz" }, c: {} };
    expect([...new Set(refused(schema, { fleet: "x", clusters, colour: "red" }, schema))].sort()).toEqual(
      [
        ".clusters.a.azure",
        ".clusters.a.netwrok",
        ".clusters.a.region",
        ".clusters.b.cloud",
        ".clusters.c.cloud",
        ".colour",
        ".dns",
      ].sort(),
    );
  });

  test("takes null, which removes a default, and clusters and defaults that need each other", () => {
    const clusters = { a: { cloud: "aws", api: { allowFrom: null }, tags: null } };
    expect(refused(schema, { fleet: "x", dns, defaults: { aws: { admins: [] } }, clusters }, schema)).toEqual([]);
  });
});

describe("the schema for editors", () => {
  const schema = editorSchema();
  const takes = new Ajv2020({ strict: true, strictTypes: true, allowUnionTypes: true, allErrors: true }).compile(schema);
  const fleet = (change: string) => parse(`${EXAMPLES[""]}\n${change}`) as unknown;

  test("compiles in ajv's strict mode, takes every fleet file and refuses what is spelt wrongly", () => {
    for (const file of fleetFiles)
      expect({ file, takes: takes(parse(committed(file), { merge: true })) || takes.errors }).toEqual({ file, takes: true });
    expect(takes(fleet(""))).toBe(true);
    expect(takes(fleet("charst: {}"))).toBe(false);
    const wrong = (from: string, to: string) => takes(parse(EXAMPLES[""]!.replace(from, to)));
    expect(wrong("eu-west-1", "eu-wst-1")).toBe(false);
    expect(wrong("cloud: aws", "cloud: oracle")).toBe(false);
    expect(wrong('"111122223333"', '"1111"')).toBe(false);
    // the catalogue may be behind: offered, not demanded
    expect(wrong("network:", 'kubernetes: "1.99"\n    pools: { main: { machines: [x9.large] } }\n    network:')).toBe(true);
  });

  test("has a name and a title, and speaks to people", () => {
    expect(schema).toMatchObject({ $id: "urn:meridian:fleet-file", title: "Meridian fleet file" });
    expect(JSON.stringify(schema)).not.toMatch(/@default|"format"|"words"/);
  });

  /** A document in which an example stands at its path. */
  function around(path: string, example: unknown): { document: unknown; at: string } {
    const keys = path
      .replace(/ \(.*\)$/, "")
      .replaceAll("[]", ".[]")
      .split(".")
      .slice(0, -1);
    const document = keys.reduceRight<unknown>((inner, key) => {
      if (key === "[]") return [{ cluster: "dublin", ...(inner as object) }];
      return { [key.startsWith("<") ? "x" : key]: inner };
    }, example);
    return { document, at: `/${keys.map((key) => (key.startsWith("<") ? "x" : key)).join("/")}`.replaceAll("/[]", "/0") };
  }

  test.each(Object.entries(EXAMPLES).filter(([path]) => path !== ""))("the example of %s is right", (path, text) => {
    const { document, at } = around(path, parse(text));
    takes(document);
    // what the fragment leaves out around itself is not its fault
    const own = (takes.errors ?? []).filter(
      ({ instancePath, keyword }) => !["required", "if"].includes(keyword) && instancePath.startsWith(at === "/" ? "" : at),
    );
    expect(own.map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([]);
  });
});
