/** Provider schemas as `terraform providers schema -json` prints them (format_version 1.0), and their small helpers. */
import { isList, type Value, type ValueObject } from "../protocol/values";

/** A type constraint in the JSON form of Terraform's type system. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", Readonly<Record<string, Type>>, (readonly string[])?]
  | readonly ["tuple", readonly Type[]];

/** One attribute: exactly one of `type` and `nested_type`. */
export interface Attribute {
  readonly type?: Type;
  readonly nested_type?: NestedType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

/** The object type of an attribute whose members have flags of their own. */
export interface NestedType {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly nesting_mode: "single" | "list" | "set" | "map";
}

/** Attributes and nested blocks. */
export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: boolean;
}

/** A nested block and how often it may occur. */
export interface NestedBlock {
  readonly nesting_mode: "single" | "list" | "set" | "map" | "group";
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** The schema of a provider's configuration, a resource type or a data source. */
export interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** Whether a type is a collection, which is empty rather than invented when nothing else is known. */
export function isCollection(type: Type): type is readonly ["list" | "set" | "map", Type] {
  return isList(type as Value) && ["list", "set", "map"].includes((type as readonly string[])[0] ?? "");
}

/** The value of a block that nobody wrote. */
export function emptyBlock(block: Block): ValueObject {
  const value: Record<string, Value> = {};
  for (const name of Object.keys(block.attributes ?? {})) value[name] = null;
  for (const [name, nested] of Object.entries(block.block_types ?? {}))
    value[name] =
      nested.nesting_mode === "single"
        ? null
        : nested.nesting_mode === "map"
          ? {}
          : nested.nesting_mode === "group"
            ? emptyBlock(nested.block)
            : [];
  return value;
}
