/** Reads as much of Go as a provider's schema is written in: composite literals, calls, strings, names. */

/** Tokens of a Go text from an offset on; comments and white space are left out. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\s+|("(?:[^"\\\n]|\\.)*")|(`[^`]*`)|('(?:[^'\\]|\\.)+')|([A-Za-z_]\w*)|(\d[\w.]*)|(:=|==|!=|<=|>=|&&|\|\||[{}()[\],.:;&*+\-/%<>=!|^])/gy;

export function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  let last = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    last = TOKEN.lastIndex;
    const [, quoted, raw, rune, name, number, sign] = match;
    if (quoted !== undefined) found.push({ string: unquoted(quoted) });
    else if (raw !== undefined) found.push({ string: raw.slice(1, -1) });
    else if (rune !== undefined) found.push({ rune });
    else if (name !== undefined) found.push({ name });
    else if (number !== undefined) found.push({ number: Number(number.replace(/_/g, "")) });
    else if (sign !== undefined) found.push({ sign });
    if (last >= text.length) break;
  }
  return found;
}

/** A quoted text of Go: its escapes are those of JSON but for a few that no schema's data has. */
function unquoted(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1);
  }
}

/** Expression from tokens[i]: { node, next }. Operators are swallowed into { kind: "other" }. */
export function expression(list, i) {
  let [node, next] = unary(list, i);
  while (list[next]?.sign && /^(==|!=|<=|>=|&&|\|\||[+\-*/%<>|^])$/.test(list[next].sign)) {
    const sign = list[next].sign;
    const [right, after] = unary(list, next + 1);
    node =
      sign === "+" && node.kind === "string" && right.kind === "string"
        ? { kind: "string", value: node.value + right.value }
        : { kind: "binary", sign, left: node, right };
    next = after;
  }
  return [node, next];
}

function unary(list, i) {
  const token = list[i];
  if (token?.sign === "&" || token?.sign === "*" || token?.sign === "!" || token?.sign === "-") {
    const [node, next] = unary(list, i + 1);
    if (token.sign === "-" && node.kind === "number") return [{ kind: "number", value: -node.value }, next];
    return [token.sign === "&" || token.sign === "*" ? node : { kind: "unary", sign: token.sign, node }, next];
  }
  return postfix(list, i);
}

function postfix(list, i) {
  let [node, next] = primary(list, i);
  for (;;) {
    const sign = list[next]?.sign;
    if (sign === "." && list[next + 1]?.name) {
      node = { kind: "select", of: node, name: list[next + 1].name };
      next += 2;
    } else if (sign === "." && list[next + 1]?.sign === "(") {
      next = closing(list, next + 1) + 1;
    } else if (sign === "(") {
      const [args, after] = items(list, next + 1, ")");
      node = { kind: "call", of: node, args };
      next = after;
    } else if (sign === "[") {
      const end = closing(list, next);
      const [index] = expression(list, next + 1);
      node = { kind: "index", of: node, index };
      next = end + 1;
    } else if (sign === "{" && (node.kind === "name" || node.kind === "select" || node.kind === "type")) {
      const [entries, after] = fields(list, next + 1);
      node = { kind: "literal", type: node, entries };
      next = after;
    } else return [node, next];
  }
}

function primary(list, i) {
  const token = list[i];
  if (!token) return [{ kind: "other" }, i + 1];
  if (token.string !== undefined) return [{ kind: "string", value: token.string }, i + 1];
  if (token.number !== undefined) return [{ kind: "number", value: token.number }, i + 1];
  if (token.rune !== undefined) return [{ kind: "other" }, i + 1];
  if (token.name === "func") {
    let next = closing(list, i + 1) + 1;
    while (list[next] && list[next].sign !== "{") next = list[next].sign === "(" ? closing(list, next) + 1 : next + 1;
    const end = closing(list, next);
    return [{ kind: "func", body: list.slice(next + 1, end) }, end + 1];
  }
  if (token.name === "map") {
    const next = closing(list, i + 1) + 1;
    return typeName(list, next, "map");
  }
  if (token.sign === "[") return typeName(list, closing(list, i) + 1, "list");
  if (token.sign === "(") {
    const [node] = expression(list, i + 1);
    return [node, closing(list, i) + 1];
  }
  if (token.sign === "{") {
    const [entries, next] = fields(list, i + 1);
    return [{ kind: "literal", type: undefined, entries }, next];
  }
  if (token.name !== undefined) {
    if (token.name === "interface" || token.name === "struct") return [{ kind: "type" }, closing(list, i + 1) + 1];
    return [{ kind: "name", name: token.name }, i + 1];
  }
  return [{ kind: "other" }, i + 1];
}

/** Skips the element type of a map or list; the literal's braces come after. */
function typeName(list, i, what) {
  let next = i;
  while (list[next]?.sign === "*" || list[next]?.sign === "[")
    next = list[next].sign === "[" ? closing(list, next) + 1 : next + 1;
  if (list[next]?.name === "map") return typeName(list, closing(list, next + 1) + 1, what);
  if (list[next]?.name === "interface") next = closing(list, next + 1) + 1;
  else {
    next += 1;
    while (list[next]?.sign === "." && list[next + 1]?.name) next += 2;
  }
  return [{ kind: "type", what }, next];
}

function items(list, i, end) {
  const found = [];
  let next = i;
  while (list[next] && list[next].sign !== end) {
    const [node, after] = expression(list, next);
    found.push(node);
    next = after;
    while (list[next]?.sign === "," || list[next]?.sign === ".") next += 1;
    if (after === next && list[next]?.sign !== end && list[next]?.sign !== ",")
      if (after <= next - 1) next += 1;
      else if (list[next]?.sign !== end) next = Math.max(next, after);
    if (next === i) next += 1;
  }
  return [found, next + 1];
}

function fields(list, i) {
  const found = [];
  let next = i;
  while (list[next] && list[next].sign !== "}") {
    const [key, after] = expression(list, next);
    if (list[after]?.sign === ":") {
      const [value, end] = expression(list, after + 1);
      found.push({ key, value });
      next = end;
    } else {
      found.push({ value: key });
      next = after;
    }
    if (list[next]?.sign === ",") next += 1;
    else if (list[next]?.sign !== "}") next += 1;
  }
  return [found, next + 1];
}

/** Index of the bracket that closes the one at i. */
export function closing(list, i) {
  const open = list[i]?.sign;
  const close = { "(": ")", "[": "]", "{": "}" }[open];
  let depth = 0;
  for (let at = i; at < list.length; at++) {
    if (list[at].sign === open) depth += 1;
    if (list[at].sign === close && --depth === 0) return at;
  }
  return list.length;
}
