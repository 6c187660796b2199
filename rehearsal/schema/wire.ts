/** Schemas from their printed JSON to the messages that Terraform asks for. */
import type { Attribute, Block, Schema } from "./types";

const ATTRIBUTE_NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;
const BLOCK_NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

/** A schema as the protocol's message. */
export function schemaMessage(schema: Schema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: BLOCK_NESTING[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
    deprecated: block.deprecated ?? false,
  };
}

function attributeMessage(name: string, attribute: Attribute): object {
  const { type, nested_type: nested, ...flags } = attribute;
  return {
    name,
    ...flags,
    ...(type !== undefined && { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested && {
      nested_type: {
        attributes: Object.entries(nested.attributes).map(([key, member]) => attributeMessage(key, member)),
        nesting: ATTRIBUTE_NESTING[nested.nesting_mode],
      },
    }),
  };
}
