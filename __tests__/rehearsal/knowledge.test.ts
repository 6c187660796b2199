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
