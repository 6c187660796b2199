import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, visit, type YAMLMap } from "yaml";

/**
 * Edits of a YAML text: each changes what it is about and leaves every other character, comments and order among them.
 * Values are given as YAML's flow text, which stands in block and flow collections alike.
 */

type Path = readonly (string | number)[];

/** The node at a path, where the text itself writes it: not behind an alias. */
export function nodeAt(text: string, path: Path): Node | undefined {
  const node = parseDocument(text).getIn(path, true);
  return node !== undefined && node !== null ? (node as Node) : undefined;
}

/** The text with another value at a path. @throws where the text doesn't write it */
export function replaced(text: string, path: Path, value: string): string {
  const [from, to] = extent(text, required(text, path));
  return text.slice(0, from) + value + text.slice(to);
}

/**
 * The text with an entry in a map: another value, or a new line after the map's last one.
 * @param after the key that it comes after. @default - the last
 */
export function withEntry(text: string, path: Path, key: string, value: string, after?: string): string {
  if (nodeAt(text, [...path, key])) return replaced(text, [...path, key], value);
  const map = required(text, path);
  if (isAlias(map)) throw elsewhere(path);
  if (!isMap(map)) throw new Error(`${path.join(".")} is no map in the file`);
  const entry = `${key}: ${value}`;
  if (map.items.length === 0) return replaced(text, path, `{ ${entry} }`);
  const pair = map.items.find((item) => keyOf(item) === after) ?? map.items.at(-1)!;
  const end = endOfPair(text, pair);
  if (map.flow) return `${text.slice(0, end)}, ${entry}${text.slice(end)}`;
  return inserted(text, endOfLine(text, end), `${indentOf(text, (pair.key as Node).range![0])}${entry}\n`);
}

/** The text with one more item at the end of a list, which is made where there is none. */
export function withItem(text: string, path: Path, value: string): string {
  const list = nodeAt(text, path);
  if (!isSeq(list)) return withEntry(text, path.slice(0, -1), String(path.at(-1)), `[${value}]`);
  const last = list.items.at(-1) as Node | undefined;
  if (!last) return replaced(text, path, `[${value}]`);
  const [from, end] = extent(text, last);
  if (list.flow) return `${text.slice(0, end)}, ${value}${text.slice(end)}`;
  const dash = text.lastIndexOf("-", from);
  return inserted(text, endOfLine(text, end), `${indentOf(text, dash)}- ${value}\n`);
}

/** The text without an entry of a map or an item of a list. */
export function without(text: string, path: Path): string {
  const parent = required(text, path.slice(0, -1));
  const key = path.at(-1)!;
  if (isMap(parent)) {
    const pair = parent.items.find((item) => keyOf(item) === key);
    if (!pair) return text;
    const from = (pair.key as Node).range![0];
    const to = endOfPair(text, pair);
    return parent.flow ? withoutInFlow(text, from, to) : withoutLines(text, from, to);
  }
  if (!isSeq(parent)) return text;
  const [from, to] = extent(text, required(text, path));
  return parent.flow ? withoutInFlow(text, from, to) : withoutLines(text, text.lastIndexOf("-", from), to);
}

/** The text with a copy of a map's entry under another key, right after it; anchors stay with the first. */
export function withCopy(text: string, path: Path, key: string): string {
  const parent = required(text, path.slice(0, -1)) as YAMLMap;
  const pair = parent.items.find((item) => keyOf(item) === path.at(-1));
  if (!pair) throw new Error(`${path.join(".")} is not in the file`);
  const keyEnd = (pair.key as Node).range![1];
  const end = endOfPair(text, pair);
  if (parent.flow) return `${text.slice(0, end)}, ${key}${unanchored(text.slice(keyEnd, end), pair)}${text.slice(end)}`;
  const lineEnd = endOfLine(text, end);
  const copy = unanchored(text.slice(keyEnd, lineEnd).trimEnd(), pair);
  return inserted(text, lineEnd, `${indentOf(text, (pair.key as Node).range![0])}${key}${copy}\n`);
}

/** A value as flow text: `[a, { cluster: b, weight: 3 }]`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${key}: ${flow(item)}`)
      .join(", ")} }`;
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

const keyOf = (pair: Pair): unknown => (isScalar(pair.key) ? pair.key.value : undefined);

function required(text: string, path: Path): Node {
  const node = nodeAt(text, path);
  if (!node?.range) throw elsewhere(path);
  return node;
}

const elsewhere = (path: Path): Error =>
  new Error(
    `${path.join(".")} is not written in this file itself, but behind an anchor or in a file that it extends: write it here first`,
  );

/** Where a node's own text begins and ends, without the line break after a block. */
function extent(text: string, node: Node): readonly [from: number, to: number] {
  const [from, to] = node.range!;
  return [from, from + text.slice(from, to).trimEnd().length];
}

function endOfPair(text: string, pair: Pair): number {
  const value = pair.value as Node | null;
  const key = (pair.key as Node).range![1];
  return value?.range ? Math.max(extent(text, value)[1], key) : key;
}

/** Start of the next line. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** What stands before a place in its line, as spaces. */
function indentOf(text: string, at: number): string {
  return " ".repeat(at - (text.lastIndexOf("\n", at) + 1));
}

function inserted(text: string, at: number, line: string): string {
  const before = text.slice(0, at);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const ended = line.replace(/\r?\n/g, end);
  return `${before}${before === "" || before.endsWith("\n") ? "" : end}${ended}${text.slice(at)}`;
}

function withoutLines(text: string, from: number, to: number): string {
  const start = text.lastIndexOf("\n", from) + 1;
  // the first entry of a map that is itself an item stands behind the item's dash
  if (text.slice(start, from).trim() === "") return text.slice(0, start) + text.slice(endOfLine(text, to));
  return text.slice(0, from) + text.slice(to).replace(/^[^\n]*\n\s*/, "");
}

function withoutInFlow(text: string, from: number, to: number): string {
  const after = /^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0;
  if (after > 0) return text.slice(0, from) + text.slice(to + after);
  // the last one takes along the comma before it, where another stands there
  const before = /,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return text.slice(0, from - before) + text.slice(to);
}

function unanchored(copy: string, pair: Pair): string {
  const anchors: string[] = [];
  visit(pair.value as Node, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.push(node.anchor);
    },
  });
  return anchors.reduce((rest, anchor) => rest.replace(new RegExp(`&${anchor}(?![\\w-])[ \\t]*`), ""), copy);
}
