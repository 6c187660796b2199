/** A type's schema as lines of the rehearsal's table: values, groups of arguments, and what a change replaces. */
import { dataOf, fieldsOf, returnOf } from "./evaluate.mjs";
import { schemaOf } from "./schema.mjs";
import { validator } from "./validators.mjs";

/** The lines of a type. */
export function linesOf(schema) {
  const lines = [];
  walk(schema, [], lines, false);
  const seen = new Set();
  return lines.filter((line) => {
    const text = JSON.stringify(line);
    return !seen.has(text) && seen.add(text);
  });
}

const plain = (path) =>
  path
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .join(".");

function walk(schema, path, lines, many) {
  for (const [name, { fields, file, rules }] of schema) {
    const at = [...path, name].join(".");
    const flag = (word) => fields.get(word)?.kind === "name" && fields.get(word).name === "true";
    if (flag("Computed") && !flag("Optional")) continue;
    for (const rule of rules ?? []) lines.push({ at, ...rule });
    const isList = /Type(List|Set)$/.test(fields.get("Type")?.name ?? "");
    const single = !isList || (fields.has("MaxItems") && dataOf(fields.get("MaxItems"), file) === 1);
    for (const word of ["ValidateFunc", "ValidateDiagFunc"])
      if (fields.has(word)) for (const rule of validator(fields.get(word), file)) lines.push({ at, ...rule });
    const paths = (word) => {
      const value = fields.has(word) ? dataOf(fields.get(word), file) : [];
      return Array.isArray(value) ? value.map(plain) : [];
    };
    // Of blocks that stand there several times a path doesn't say which one is meant.
    if (!many) for (const other of paths("ConflictsWith")) lines.push({ atMostOne: [at, other].sort() });
    const needs = paths("RequiredWith").filter((other) => other !== at);
    if (needs.length && !many) lines.push({ given: at, needs });
    for (const [word, kind] of [
      ["ExactlyOneOf", "exactlyOne"],
      ["AtLeastOneOf", "atLeastOne"],
    ]) {
      const group = paths(word);
      if (group.length > 0 && !many)
        lines.push({ [kind]: [...new Set([...group, at])].sort(), ...(path.length > 0 && { within: path.join(".") }) });
    }
    if (flag("ForceNew")) lines.push(isList && isResource(fields.get("Elem"), file) ? { replacesCount: at } : { replaces: at });
    const elem = fields.get("Elem");
    const isBlock = elem?.kind === "literal" && fieldsOf(elem).has("Schema");
    if (elem?.kind === "literal") {
      const inner = fieldsOf(elem);
      if (isBlock) {
        const nested = schemaOf(inner.get("Schema"), file);
        walk(nested, [...path, name], lines, many || !single);
      } else if (inner.has("ValidateFunc"))
        for (const rule of validator(inner.get("ValidateFunc"), file)) lines.push({ at, ...rule });
    } else if (elem?.kind === "call") {
      const back = returnOf(elem, file);
      if (back?.node?.kind === "literal") {
        const inner = fieldsOf(back.node);
        if (inner.has("Schema")) walk(schemaOf(inner.get("Schema"), back.file), [...path, name], lines, many || !single);
        else if (inner.has("ValidateFunc"))
          for (const rule of validator(inner.get("ValidateFunc"), back.file)) lines.push({ at, ...rule });
      }
    } else if (elem?.kind === "name" || elem?.kind === "select") {
      const constant = elem.kind === "name" ? file.pack.constant(elem.name) : file.packageOf(elem.of.name)?.constant(elem.name);
      if (constant?.value.kind === "literal" && fieldsOf(constant.value).has("Schema"))
        walk(schemaOf(fieldsOf(constant.value).get("Schema"), constant.file), [...path, name], lines, many || !single);
    }
    if (!isBlock && elem) {
      const max = fields.has("MaxItems") ? dataOf(fields.get("MaxItems"), file) : undefined;
      const min = fields.has("MinItems") ? dataOf(fields.get("MinItems"), file) : undefined;
      if (typeof max === "number" || typeof min === "number")
        lines.push({ at, items: [typeof min === "number" ? min : 0, typeof max === "number" ? max : null] });
    }
  }
}

const isResource = (elem, file) =>
  elem?.kind === "literal"
    ? fieldsOf(elem).has("Schema")
    : elem?.kind === "call"
      ? fieldsOf(returnOf(elem, file)?.node ?? {}).has("Schema")
      : Boolean(elem);
