import { type Alias, type Document, isAlias, isMap, isNode, isSeq, type Node, visit } from "yaml";

/** Where anchors of a document are, and what aliases stand for. */
export interface Aliases {
  /** What an alias stands for: the last anchor of its name before it. @default - undefined where there is none, or where it is gone */
  resolve(alias: Alias): Node | undefined;
  /** Whether there was an anchor of its name before it, gone or not. */
  anchored(alias: Alias): boolean;
  /** Takes a node and all in it out of reach: it is not in the document any more. */
  forget(node: unknown): void;
}

/** Every alias of a document is resolved once, in one walk: the library walks the whole document for each. */
export function aliasesOf(document: Document): Aliases {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  const gone = new Set<unknown>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  return {
    resolve: (alias) => {
      const target = targets.get(alias);
      return target === undefined || gone.has(target) ? undefined : target;
    },
    anchored: (alias) => targets.get(alias) !== undefined,
    forget: (node) => {
      if (!isNode(node)) return;
      visit(node as Node, {
        Node(_key, inner) {
          gone.add(inner);
        },
      });
    },
  };
}

/** Most values of a file with every alias written out: a thousand clusters of five pools have a tenth of it. */
const MOST_VALUES = 1_000_000;

/** Most levels of maps and lists inside each other, aliases written out. */
const MOST_LEVELS = 200;

/** What a node comes to with every alias written out. */
interface Extent {
  readonly values: number;
  readonly levels: number;
}

/**
 * Where a document comes to more than can be read, told without writing anything out: a few lines of aliases of aliases
 * stand for billions of values. There must be no alias inside its own anchor.
 */
export function tooLarge(document: Document, aliases: Aliases): { readonly node: Node; readonly message: string } | undefined {
  const extents = new Map<unknown, Extent>();
  let found: { node: Node; message: string } | undefined;
  const extentOf = (node: unknown): Extent => {
    const known = extents.get(node);
    if (known) return known;
    const extent = isAlias(node) ? extentOf(aliases.resolve(node)) : measured(node);
    if (isNode(node) && !found) {
      if (extent.values > MOST_VALUES)
        found = {
          node,
          message: `${isAlias(node) ? `the alias '*${node.source}' stands for` : "with its aliases written out this is"} ${extent.values.toLocaleString("en")} values, and a file may have ${MOST_VALUES.toLocaleString("en")}: use fewer aliases of aliases`,
        };
      else if (extent.levels > MOST_LEVELS)
        found = {
          node,
          message: `maps and lists stand ${extent.levels} levels deep in each other here, and ${MOST_LEVELS} are the most: a fleet file needs about ten`,
        };
    }
    extents.set(node, extent);
    return extent;
  };
  const measured = (node: unknown): Extent => {
    const inner = isMap(node) ? node.items.map(({ value }) => extentOf(value)) : isSeq(node) ? node.items.map(extentOf) : [];
    return {
      values: inner.reduce((sum, { values }) => sum + values, 1),
      levels: inner.length === 0 ? 0 : 1 + inner.reduce((most, { levels }) => Math.max(most, levels), 0),
    };
  };
  extentOf(document.contents);
  return found;
}
