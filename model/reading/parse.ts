import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import type { Path } from "../problems/paths";
import { type Aliases, aliasesOf, tooLarge } from "./aliases";
import { type TwoWays, twoWaysIn } from "./two-ways";
import { isMergeKey, keyText, takeBroken } from "./yaml-keys";

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something that keeps a text from being read as YAML. */
export interface SyntaxProblem extends Position {
  readonly message: string;
}

/** A YAML file as data, and where in the text each part of it stands. */
export interface YamlFile {
  readonly data: unknown;
  /** Places whose value can't be known: an alias of nothing, or a key that stands there twice. */
  readonly unreadable: readonly Path[];
  /** Values that readers of YAML read in two ways. */
  readonly twoWays: readonly (Position & Omit<TwoWays, "offset">)[];
  /** Whether the file itself writes something at the path; through aliases and merge keys, too. */
  has(path: Path): boolean;
  /** Where a path stands: its value, or its key where asked or where there is no value; otherwise the nearest thing around it. */
  positionOf(path: Path, atKey?: boolean): Position;
  /** A single value as it was written, 1.30 say, where the number would be 1.3. @default - not a single value */
  sourceOf(path: Path): string | undefined;
}

/**
 * Reads a text that is one YAML document (1.2, and the merge keys of 1.1). Where only keys or aliases are wrong, there is
 * a file all the same, without them.
 */
export function parseYaml(text: string): Parsed {
  try {
    return parsed(text);
  } catch (error) {
    // The library goes down into maps and lists by calling itself.
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ line: 1, column: 1, message: TOO_DEEP }] };
  }
}

const TOO_DEEP = "maps and lists stand too deep in each other to be read";

interface Parsed {
  readonly file?: YamlFile;
  readonly problems: readonly SyntaxProblem[];
}

function parsed(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    uniqueKeys: false,
    logLevel: "error",
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const found = [...document.errors, ...document.warnings];
  const aliases = aliasesOf(document);
  const broken = takeBroken(document, aliases);
  const problems = [
    ...found.map((error) => ({ ...at(error.pos[0]), message: reason(error) })),
    ...broken.problems.map(({ offset, message }) => ({ ...at(offset), message })),
  ];
  if (found.length > 0) return { problems };
  const large = tooLarge(document, aliases);
  if (large) return { problems: [...problems, { ...at(large.node.range?.[0] ?? 0), message: large.message }] };
  const tree: Tree = { root: document.contents, aliases, keys: new Map() };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    // An anchor may have gone with a key that stands twice; then that is what is wrong.
    if (problems.length > 0) return { problems };
    return { problems: [{ ...at(mergeOffset(document)), message: notRead(error) }] };
  }
  return {
    problems,
    file: {
      data,
      unreadable: broken.unreadable,
      twoWays: twoWaysIn(document.contents, aliases).map(({ offset, ...found }) => ({ ...at(offset), ...found })),
      has: (path) => walk(tree, path).found === path.length,
      positionOf: (path, atKey) => at(offsetOf(tree, path, atKey ?? false)),
      sourceOf: (path) => {
        const { node, found } = walk(tree, path);
        return found === path.length && isScalar(node) ? node.source : undefined;
      },
    },
  };
}

const notRead = (error: unknown) =>
  /Merge sources/.test(String(error))
    ? "what stands behind << is merged in, and is neither a map nor an alias of one: write <<: *anchor"
    : String(error instanceof Error ? error.message : error);

/** Where the first merge key stands that merges no map. */
function mergeOffset(document: Document): number {
  let offset = 0;
  visit(document, {
    Pair: (_, pair) => {
      const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
      if (!isMergeKey(pair) || sources.every((source) => isMap(source) || isAlias(source))) return undefined;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function reason(error: { code: string; message: string }): string {
  if (error.code === "MULTIPLE_DOCS") return "a fleet file is one YAML document; move what follows `---` to a file of its own";
  if (/call stack/.test(error.message)) return TOO_DEEP;
  return `not valid YAML: ${error.message}`;
}

/** A document in which places are looked up. */
interface Tree {
  readonly root: unknown;
  readonly aliases: Aliases;
  readonly keys: Map<YAMLMap, ReadonlyMap<string | undefined, Pair>>;
}

interface Found {
  /** The last node on the way. */
  readonly node: unknown;
  /** The pair of the map that holds it. */
  readonly pair?: Pair;
  /** How many keys of the path were found. */
  readonly found: number;
}

function walk(tree: Tree, path: Path): Found {
  let here: Found = { node: tree.root, found: 0 };
  for (const key of path) {
    const next = child(tree, here.node, key);
    if (!next) return here;
    here = { ...next, found: here.found + 1 };
  }
  return here;
}

function child(tree: Tree, node: unknown, key: string | number): { node: unknown; pair?: Pair } | undefined {
  const target = isAlias(node) ? tree.aliases.resolve(node) : node;
  if (isSeq(target)) {
    const item = target.items[Number(key)];
    return item === undefined ? undefined : { node: item };
  }
  if (!isMap(target)) return undefined;
  const own = keysOf(tree, target).get(String(key));
  if (own) return { node: own.value, pair: own };
  for (const pair of target.items.filter(isMergeKey)) {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    for (const source of sources) {
      const inherited = child(tree, source, key);
      if (inherited) return inherited;
    }
  }
  return undefined;
}

/** The pairs of a map by their keys: a map of many keys is looked at for each that is wrong. */
function keysOf({ keys, aliases }: Tree, map: YAMLMap): ReadonlyMap<string | undefined, Pair> {
  const known =
    keys.get(map) ?? new Map(map.items.filter((pair) => !isMergeKey(pair)).map((pair) => [keyText(aliases, pair), pair]));
  keys.set(map, known);
  return known;
}

function offsetOf(tree: Tree, path: Path, atKey: boolean): number {
  const { node, pair, found } = walk(tree, path);
  const missing = found < path.length;
  const empty = isScalar(node) && node.value === null && !node.source;
  const target = pair && (atKey || missing || empty || !isNode(node)) ? pair.key : node;
  return isNode(target) ? (target.range?.[0] ?? 0) : 0;
}
