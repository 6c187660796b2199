import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../../rehearsal/knowledge";
import { providerSchemas } from "../../rehearsal/schema/store";
import type { Block } from "../../rehearsal/schema/types";

/** Whether a path leads to something in a schema. */
function exists(block: Block, [name = "", ...rest]: readonly string[]): boolean {
  const attribute = block.attributes?.[name];
  if (attribute?.nested_type) return rest.length === 0 || exists({ attributes: attribute.nested_type.attributes }, rest);
  if (attribute) return rest.length === 0 || JSON.stringify(attribute.type).includes(`"${rest[0]}"`);
  const nested = block.block_types?.[name];
  return nested !== undefined && (rest.length === 0 || exists(nested.block, rest));
}

test("every line of the table names a type and arguments of the pinned provider, and a source", () => {
  const wrong = table.flatMap((line) => {
    const schema = providerSchemas(line.type.split("_")[0] ?? "").resource(line.type);
    if (!schema) return [`${line.type}: no such type`];
    const paths = [
      ...("at" in line && line.at ? [line.at] : []),
      ...("replaces" in line ? line.replaces : []),
      ...("recomputes" in line ? line.recomputes : []),
      ...("exactlyOne" in line ? line.exactlyOne : []),
      ...("atMostOne" in line ? line.atMostOne : []),
      ...("needs" in line ? [line.given, ...line.needs] : []),
    ];
    return [
      ...paths.filter((path) => !exists(schema.block, path.split("."))).map((path) => `${line.type}: ${path}`),
      ...(line.source.length > 5 ? [] : [`${line.type}: no source`]),
    ];
  });
  expect(wrong).toEqual([]);
});

test("the schemas hold every type that the constructs import, in the version that their bindings pin", () => {
  const root = join(__dirname, "../..");
  const imports = ["constructs", "stacks"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [
        ...readFileSync(join(root, room, file), "utf8").matchAll(/@cdktf\/provider-([a-z]+)\/lib\/([a-z0-9-]+)/g),
      ]),
  );
  expect(imports.length).toBeGreaterThan(50);
  const missing = imports.flatMap(([, provider = "", file = ""]) => {
    if (file === "provider") return [];
    const schemas = providerSchemas(provider);
    const data = file.startsWith(`data-${provider}-`);
    const type = `${provider}_${file.replace(`data-${provider}-`, "").replaceAll("-", "_")}`;
    return (data ? schemas.dataSource(type) : schemas.resource(type)) ? [] : [`${data ? "data." : ""}${type}`];
  });
  expect([...new Set(missing)]).toEqual([]);
  for (const provider of ["aws", "azurerm", "google", "helm", "kubernetes"]) {
    const pinned = readFileSync(
      join(root, "node_modules", "@cdktf", `provider-${provider}`, "lib", "provider", "index.js"),
      "utf8",
    );
    expect(pinned).toContain(`providerVersion: '${providerSchemas(provider).version}'`);
  }
});
