import { isScalar, parseDocument } from "yaml";
import type { Move } from "./moves";

/** Who says a version: the cluster itself in the fleet file, its defaults, or neither, so that the lock does. */
export function saysItself(text: string, { cluster, path }: Pick<Move, "cluster" | "path">): "cluster" | "defaults" | "lock" {
  const file = parseDocument(text);
  if (path.length > 0 && file.hasIn(["clusters", cluster, ...path])) return "cluster";
  return path.length > 0 && file.hasIn(["defaults", ...path]) ? "defaults" : "lock";
}

/** The fleet file with the versions that its clusters name themselves; every other character stays. */
export function edited(text: string, moves: readonly Move[]): string {
  const file = parseDocument(text);
  const edits = moves.flatMap(({ cluster, path, to }) => {
    const node = path.length > 0 ? file.getIn(["clusters", cluster, ...path], true) : undefined;
    return isScalar(node) && node.range ? [{ from: node.range[0], to: node.range[1], text: JSON.stringify(to) }] : [];
  });
  return edits
    .sort((one, other) => other.from - one.from)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}
