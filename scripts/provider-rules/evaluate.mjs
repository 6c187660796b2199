/** Expressions of Go as data, as far as a schema needs it. */
import { closing, expression } from "./go.mjs";

export const UNKNOWN = Symbol("unknown");

/** The value of an expression that is data: text, number, list. */
export function dataOf(node, file, depth = 0) {
  if (!node || depth > 12) return UNKNOWN;
  switch (node.kind) {
    case "string":
    case "number":
      return node.value;
    case "name": {
      if (node.name === "true" || node.name === "false") return node.name === "true";
      const found = file.pack.constant(node.name);
      return found ? dataOf(found.value, found.file, depth + 1) : UNKNOWN;
    }
    case "binary": {
      const [left, right] = [dataOf(node.left, file, depth + 1), dataOf(node.right, file, depth + 1)];
      if (typeof left === "string" && typeof right === "string" && node.sign === "+") return left + right;
      if (typeof left !== "number" || typeof right !== "number") return UNKNOWN;
      return { "+": left + right, "-": left - right, "*": left * right }[node.sign] ?? UNKNOWN;
    }
    case "select": {
      if (node.of.name === "math") return { MaxInt32: 2147483647, MaxInt: Number.MAX_SAFE_INTEGER }[node.name] ?? UNKNOWN;
      if (node.of.kind !== "name") return UNKNOWN;
      const found = file.packageOf(node.of.name)?.constant(node.name);
      return found ? dataOf(found.value, found.file, depth + 1) : UNKNOWN;
    }
    case "literal": {
      const values = node.entries.map(({ value }) => dataOf(value, file, depth + 1));
      return values.includes(UNKNOWN) ? UNKNOWN : values;
    }
    case "call": {
      const name = calledName(node);
      if (name === "string" || name === "float64" || name === "int") return dataOf(node.args[0], file, depth + 1);
      if (name === "append") {
        const lists = node.args.map((arg) => dataOf(arg, file, depth + 1));
        return lists.includes(UNKNOWN) ? UNKNOWN : lists.flat();
      }
      if (name === "fmt.Sprintf" || name === "strings.Join") {
        const [first, ...others] = node.args.map((arg) => dataOf(arg, file, depth + 1));
        if (first === UNKNOWN || others.includes(UNKNOWN)) return UNKNOWN;
        if (name === "strings.Join") return Array.isArray(first) ? first.join(String(others[0])) : UNKNOWN;
        const filled = String(first).replace(/%[sv]/g, () => String(others.shift() ?? "%"));
        return filled.includes("%") || others.length > 0 ? UNKNOWN : filled;
      }
      const returned = returnOf(node, file);
      return returned ? dataOf(returned.node, returned.file, depth + 1) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

export const calledName = (node) =>
  node.of.kind === "name" ? node.of.name : node.of.kind === "select" ? `${node.of.of.name ?? ""}.${node.of.name}` : "";

/** What a function that only returns something returns. */
export function returnOf(call, file) {
  const found =
    call.of.kind === "name"
      ? file.pack.func(call.of.name)
      : call.of.kind === "select" && call.of.of.kind === "name"
        ? file.packageOf(call.of.of.name)?.func(call.of.name)
        : undefined;
  if (!found) return undefined;
  return { ...returned(found.body), file: found.file, body: found.body };
}

/** The last `return` of a body, and what its variables were made as. */
export function returned(body) {
  const made = new Map();
  let node;
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const token = body[i];
    if (token.name === "func" && body[i + 1]?.sign === "(") {
      let at = closing(body, i + 1);
      while (body[at] && body[at].sign !== "{") at += 1;
      i = closing(body, at);
      continue;
    }
    if (token.sign === "{") depth += 1;
    if (token.sign === "}") depth -= 1;
    if (token.name && body[i + 1]?.sign === ":=") {
      const [value, next] = expression(body, i + 2);
      made.set(token.name, value);
      i = next - 1;
      continue;
    }
    if (token.name === "return" && depth <= 0 && body[i + 1]) {
      const [value, next] = expression(body, i + 1);
      node = value;
      i = next - 1;
    }
  }
  if (node?.kind === "name" && made.has(node.name)) return { node: made.get(node.name), variable: node.name };
  return { node };
}

/** Changes of a schema after it was made: x.Schema["name"] = …, x["name"].ValidateFunc = …. */
export function* changes(body, variable) {
  for (let i = 0; i < body.length - 6; i++) {
    if (body[i].name !== variable) continue;
    let at = i + 1;
    if (body[at].sign === "." && body[at + 1].name === "Schema") at += 2;
    const keys = [];
    while (body[at]?.sign === "[" && body[at + 1]?.string !== undefined && body[at + 2]?.sign === "]") {
      keys.push(body[at + 1].string);
      at += 3;
    }
    let field;
    if (keys.length && body[at]?.sign === "." && body[at + 1]?.name) {
      field = body[at + 1].name;
      at += 2;
    }
    if (keys.length !== 1 || body[at]?.sign !== "=") continue;
    const [value] = expression(body, at + 1);
    yield { key: keys[0], field, value };
  }
}

/** Fields of a composite literal by name. */
export const fieldsOf = (node) =>
  new Map((node.entries ?? []).flatMap(({ key, value }) => (key?.kind === "name" ? [[key.name, value]] : [])));
