import type * as z from "zod";
import { rawObject } from "../../model/schema/common";

/**
 * What a schema leaves to choose, as ids: `clusters.*<aws>.network.nat`. `*` stands for a key of a record, `[]` for an
 * element of a list, `<aws>` for a branch of a union. The values of an enum stand once, `nat=single`, however many fields
 * take them: each field that takes them has an id of its own.
 */
type Schema = z.core.$ZodType & { readonly _zod: { readonly def: Def } };

/** What is read of zod's definitions, of every kind of schema. */
interface Def {
  readonly type: string;
  readonly innerType?: Schema;
  readonly defaultValue?: unknown;
  readonly getter?: () => Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/** A value of a fleet file that is not what it would be without it. */
export interface Setting {
  readonly id: string;
  /** Id of the field: another one where `id` is a value of an enum. */
  readonly field: string;
  /** Keys and places that lead to it. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  /** Other values of an enum or a switch. */
  readonly others: readonly unknown[];
}

type Path = readonly (string | number)[];
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const def = (schema: Schema) => schema._zod.def;
const LEAVES = ["string", "number", "int", "boolean", "enum", "literal"];
const isLeaf = (schema: Schema) => schema === rawObject || LEAVES.includes(def(schema).type);

/** A schema without what may stand around it, whether it may be left out, and what it is then. */
function unwrap(outer: Schema): { readonly schema: Schema; readonly optional: boolean; readonly otherwise?: unknown } {
  const { type, innerType, defaultValue, getter } = def(outer);
  if (type === "lazy" && getter) return unwrap(getter());
  if (!innerType || !["optional", "default", "prefault"].includes(type)) return { schema: outer, optional: false };
  return { otherwise: type === "optional" ? undefined : defaultValue, ...unwrap(innerType), optional: true };
}

/** The name of a union's branch: the values of its discriminator, its literal, its first field or its kind. */
function branchName(option: Schema, discriminator: string | undefined): string {
  const { type, shape, values } = def(unwrap(option).schema);
  const tag = discriminator && shape?.[discriminator];
  if (tag) return [...(def(tag).values ?? []), ...Object.values(def(tag).entries ?? {})].join("|");
  if (type === "literal") return String(values?.[0]);
  return shape ? `{${Object.keys(shape)[0]}}` : type;
}

function takes(option: Schema, discriminator: string | undefined, value: unknown): boolean {
  const tag = discriminator && isRecord(value) ? def(unwrap(option).schema).shape?.[discriminator] : undefined;
  const [schema, text] = tag && isRecord(value) ? [tag, value[discriminator!]] : [option, value];
  return (schema as unknown as z.ZodType).safeParse(text).success;
}

const enumId = (id: string, value: unknown) => `${/[^.]*$/.exec(id)![0]}=${value}`;

/** Every id that a schema has. Below `shallow` paths only the first level counts: the same fields stand elsewhere too. */
export function choices(root: z.core.$ZodType, shallow: readonly string[] = []): readonly string[] {
  const visit = (outer: Schema, id: string, above: readonly Schema[]): readonly string[] => {
    const { schema, optional, otherwise } = unwrap(outer);
    const { type, shape, element, valueType, options, discriminator, entries } = def(schema);
    const own = optional ? [id] : [];
    if (shallow.some((path) => id.startsWith(`${path}.`))) return [id];
    if (type === "enum")
      return [...own, ...Object.values(entries ?? {}).flatMap((v) => (v === otherwise ? [] : [enumId(id, v)]))];
    if (isLeaf(schema)) return own;
    if (above.includes(schema)) return [];
    const below = [...above, schema];
    if (shape) {
      const fields = Object.entries(shape).flatMap(([key, field]) => visit(field, id === "" ? key : `${id}.${key}`, below));
      return optional && otherwise === undefined ? [...own, ...fields] : fields;
    }
    if (element) return [...own, ...visit(element, `${id}[]`, below)];
    if (valueType) return [...own, ...visit(valueType, `${id}.*`, below)];
    if (!options) throw new Error(`${id}: a schema of kind ${type}, which this walk doesn't know`);
    return options.flatMap((option) => {
      const name = branchName(option, discriminator);
      const isDefault = name === String(otherwise) || (isRecord(otherwise) && takes(option, discriminator, otherwise));
      return isDefault ? [] : [`${id}<${name}>`, ...visit(option, `${id}<${name}>`, below)];
    });
  };
  return [...new Set(visit(root as Schema, "", []))];
}

/** What a fleet file sets away from its default, by the ids of `choices`. */
export function settings(root: z.core.$ZodType, data: unknown, shallow: readonly string[] = []): readonly Setting[] {
  const visit = (
    outer: Schema,
    wanted: string,
    path: Path,
    value: unknown,
    above: ReadonlyMap<Schema, string>,
  ): readonly Setting[] => {
    if (value === undefined || value === null) return [];
    const { schema, optional, otherwise } = unwrap(outer);
    const { type, shape, element, valueType, options, discriminator, entries } = def(schema);
    const id = above.get(schema) ?? wanted;
    if (shallow.some((whole) => wanted.startsWith(`${whole}.`))) return [{ id: wanted, field: wanted, path, value, others: [] }];
    const set = (as: string, others: readonly unknown[] = []): readonly Setting[] =>
      JSON.stringify(value) === JSON.stringify(otherwise) ? [] : [{ id: as, field: id, path, value, others }];
    if (type === "enum") {
      const others = Object.values(entries ?? {}).filter((other) => other !== value);
      return [...(optional ? set(id, others) : []), ...set(enumId(id, value), others)];
    }
    if (isLeaf(schema)) return optional ? set(id, type === "boolean" ? [!value] : []) : [];
    const below = new Map([...above, [schema, id]]);
    if (shape && isRecord(value)) {
      const fields = Object.entries(shape).flatMap(([key, field]) =>
        visit(field, id === "" ? key : `${id}.${key}`, [...path, key], value[key], below),
      );
      return optional && otherwise === undefined ? [...set(id), ...fields] : fields;
    }
    const own = optional ? set(id) : [];
    if (element && Array.isArray(value))
      return [...own, ...value.flatMap((item, index) => visit(element, `${id}[]`, [...path, index], item, below))];
    if (valueType && isRecord(value))
      return [
        ...own,
        ...Object.entries(value).flatMap(([key, item]) => visit(valueType, `${id}.*`, [...path, key], item, below)),
      ];
    const option = options?.find((one) => takes(one, discriminator, value));
    if (!option) throw new Error(`${path.join(".")}: ${JSON.stringify(value)} is of no branch of ${wanted}`);
    const name = branchName(option, discriminator);
    return [...set(`${id}<${name}>`), ...visit(option, `${id}<${name}>`, path, value, below)];
  };
  return visit(root as Schema, "", [], data, new Map());
}
