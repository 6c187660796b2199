import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import type { Path } from "../problems/paths";
import type { Aliases } from "./aliases";

/** Something wrong with a key or an alias, at its distance from the start of the text. */
interface Broken {
  readonly offset: number;
  readonly message: string;
}

export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.source === "<<";
}

/** A key as data has it; undefined where it is a map or a list. */
export function keyText(aliases: Aliases, { key }: Pair): string | undefined {
  const target = isAlias(key) ? aliases.resolve(key) : key;
  if (isScalar(target)) return target.value === null ? "" : String(target.value);
  return target === null ? "" : undefined;
}

/**
 * Takes out of a document what would keep it from being read, or would vanish from the data without a word: keys that
 * stand twice (of two maps the entries come together in the first), keys that aren't text, aliases of nothing and of
 * themselves.
 */
export function takeBroken(
  document: Document,
  aliases: Aliases,
): { readonly problems: readonly Broken[]; readonly unreadable: readonly Path[] } {
  const problems: Broken[] = [];
  const unreadable: Path[] = [];
  const seen = new Set<unknown>();
  const problem = (node: unknown, message: string) => {
    problems.push({ offset: offsetOf(node), message });
  };
  /** The maps and lists around the place that is looked at. */
  const around: unknown[] = [];
  const isLost = (node: unknown, path: Path): boolean => {
    if (!isAlias(node)) return false;
    const target = aliases.resolve(node);
    if (target && !around.includes(target)) return false;
    if (target)
      problem(
        node,
        `the alias '*${node.source}' stands inside '&${node.source}' itself and would have no end: write out what is meant`,
      );
    // The anchor of another alias went with a key that stands twice, which is said there.
    else if (!aliases.anchored(node)) problem(node, `no anchor '&${node.source}' stands before the alias '*${node.source}'`);
    unreadable.push(path);
    return true;
  };
  const visit = (node: unknown, path: Path): void => {
    if (seen.has(node)) return;
    seen.add(node);
    around.push(node);
    if (isMap(node)) visitMap(node, path);
    if (isSeq(node))
      node.items = node.items.filter((item, index) => {
        visit(item, [...path, index]);
        return !isLost(item, [...path, index]);
      });
    around.pop();
  };
  const visitMap = (map: YAMLMap, path: Path): void => {
    const kept = new Map<string, Pair>();
    map.items = map.items.filter((pair) => {
      if (isMergeKey(pair)) return keepsMerge(pair, path);
      if (isLost(pair.key, path)) return false;
      const text = keyText(aliases, pair);
      if (text === undefined) {
        problem(pair.key, `a key is text, and this is a ${isSeq(pair.key) ? "list" : "map"}`);
        return false;
      }
      if (text === "__proto__") {
        problem(pair.key, "a key can't be called '__proto__': choose another");
        return false;
      }
      const first = kept.get(text);
      if (first) {
        problem(pair.key, `the key '${text}' stands here a second time; YAML would drop one of the two`);
        if (isMap(first.value) && isMap(pair.value)) first.value.items.push(...pair.value.items);
        else {
          unreadable.push([...path, text]);
          aliases.forget(pair.value);
        }
        return false;
      }
      kept.set(text, pair);
      return true;
    });
    for (const [text, pair] of kept) {
      const inner = [...path, text];
      if (isLost(pair.value, inner)) map.items = map.items.filter((other) => other !== pair);
      else visit(pair.value, inner);
    }
  };
  const keepsMerge = (pair: Pair, path: Path): boolean => {
    if (isSeq(pair.value)) pair.value.items = pair.value.items.filter((source) => !isLost(source, path));
    else if (isLost(pair.value, path)) return false;
    visit(pair.value, path);
    return true;
  };
  visit(document.contents, []);
  return { problems, unreadable };
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}
