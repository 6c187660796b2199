import { isMap, isScalar, parseDocument } from "yaml";
import { type Layer, placeOf, writes } from "../../model/reading/layers";
import type { Fleet } from "../../model/schema/fleet";
import { nodeAt, replaced, without } from "../edit/yaml-text";
import type { Move } from "./moves";

/**
 * Where a version is written that an upgrade doesn't write: for every cluster, in a file that this one extends, or behind
 * an anchor. undefined where the cluster says it itself, or nobody does, so that the lock holds it.
 */
export function writtenElsewhere(text: string, layers: readonly Layer[], move: Move): string | undefined {
  if (move.path.length === 0 || ownNode(text, move)) return undefined;
  const path = [
    ["clusters", move.cluster, ...move.path],
    ["defaults", ...move.path],
  ].find((each) => writes(layers, each));
  if (!path) return undefined;
  const { file, line, column } = placeOf(layers, path);
  return `${file}:${line}:${column}`;
}

/**
 * The fleet file with the versions that its clusters name themselves, and without their pins of EKS's add-ons and images
 * where the control plane moves, as those are of one minor version; every other character stays.
 */
export function edited(text: string, moves: readonly Move[]): string {
  const planes = moves.filter(({ pin }) => pin.field === "kubernetes").map(({ cluster }) => cluster);
  return planes.reduce(withoutPins, withVersions(text, moves));
}

function withVersions(text: string, moves: readonly Move[]): string {
  const edits = moves.flatMap((move) => {
    const node = ownNode(text, move);
    return node ? [{ from: node[0], to: node[1], text: JSON.stringify(move.to) }] : [];
  });
  return edits
    .sort((one, other) => other.from - one.from)
    .reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text);
}

function withoutPins(text: string, cluster: string): string {
  const pools = nodeAt(text, ["clusters", cluster, "pools"]);
  const names = isMap(pools) ? pools.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
  return [["aws", "addonVersions"], ...names.map((pool) => ["pools", pool, "image"])].reduce((after, path) => {
    const parent = ["clusters", cluster, ...path.slice(0, -1)];
    const map = nodeAt(after, parent);
    if (!isMap(map) || !map.has(path.at(-1))) return after;
    // an entry with nothing behind it would take the defaults away too
    return map.items.length === 1 ? replaced(after, parent, "{}") : without(after, [...parent, path.at(-1)!]);
  }, text);
}

/** Versions of EKS's add-ons that are written for several clusters, or in a file that this one extends: they stay. */
export function pinsLeft({ clusters }: Fleet, moves: readonly Move[]): readonly string[] {
  return moves.flatMap(({ cluster: name, pin, from, to }) => {
    const cluster = clusters.find((one) => one.name === name);
    const left = pin.field === "kubernetes" && cluster?.cloud === "aws" ? Object.keys(cluster.aws.addonVersions) : [];
    return left.length === 0
      ? []
      : [
          `${name}: aws.addonVersions is not written for this cluster alone, and still says those of ${from} (${left.join(", ")}): write those of ${to}`,
        ];
  });
}

/** Clusters that an upgrade is not about, and whose versions it would move: they read the same line by an anchor. */
export function movedAlong(before: Fleet, after: Fleet, moves: readonly Move[]): readonly string[] {
  const meant = new Set(moves.map(({ cluster }) => cluster));
  return before.clusters.flatMap((was) => {
    const is = after.clusters.find(({ name }) => name === was.name);
    return meant.has(was.name) || versionsOf(was) === versionsOf(is) ? [] : [was.name];
  });
}

/** From and to of a version in the text, where the cluster itself says it. */
function ownNode(text: string, { cluster, path }: Move): readonly [from: number, to: number] | undefined {
  const node = path.length > 0 ? parseDocument(text).getIn(["clusters", cluster, ...path], true) : undefined;
  return isScalar(node) && node.range ? [node.range[0], node.range[1]] : undefined;
}

function versionsOf(cluster: Fleet["clusters"][number] | undefined): string {
  if (cluster === undefined || cluster.cloud === "existing") return "";
  const pools = Object.values(cluster.pools).map(({ kubernetes, image }) => [kubernetes, image]);
  return JSON.stringify([
    cluster.kubernetes,
    pools,
    ...(cluster.cloud === "aws" ? [cluster.aws.addonVersions] : []),
    ...(cluster.cloud === "azure" ? [cluster.azure.systemPool.kubernetes] : []),
  ]);
}
