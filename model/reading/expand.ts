import { Document, isCollection, isMap as isYamlMap, type Node, type Pair, visit } from "yaml";
import { FleetError } from "../problems/fleet-error";
import type { Path } from "../problems/paths";
import { fleetFile, type Pins } from "../schema/fleet";
import { dataOf, readLayers, writes } from "./layers";
import { baseBeside, parseFleet } from "./load";
import { isMap, mergeDefaults } from "./merge";

/**
 * A fleet file with every default filled in; a comment says of each value that the cluster or section itself doesn't write
 * where it comes from. It is a fleet file again, and means the same.
 * @throws FleetError with every problem of the text
 */
export function expandFleet(text: string, fileName: string, pins?: Pins): string {
  const fleet = parseFleet(text, fileName, pins, false, baseBeside);
  const { layers } = readLayers(text, fileName, baseBeside);
  const data = dataOf(layers);
  if (!isMap(data)) throw new FleetError([]);
  const merged = mergeDefaults({ ...data, defaults: {} }, data.defaults);
  const { defaults: _none, ...value } = fleetFile.parse(merged) as Record<string, unknown>;
  const versions = new Map(
    fleet.clusters.map((cluster) => [cluster.name, cluster.cloud === "existing" ? undefined : cluster.kubernetes]),
  );
  for (const [name, cluster] of Object.entries(value.clusters as Record<string, Record<string, unknown>>))
    if (versions.get(name) !== undefined) cluster.kubernetes = versions.get(name);

  const document = new Document(value, { aliasDuplicateObjects: false });
  // plain, Helm would read these as true or false: the file would be refused when it is read back
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && /^(?:yes|no|on|off)$/i.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  const isPinned = (path: Path) =>
    path[0] === "clusters" && path[2] === "kubernetes" && path.length === 3 && pins?.[String(path[1])] !== undefined;
  visit(document, {
    Pair: (_key, pair: Pair<unknown, unknown>, ancestors) => {
      const path = [...pathOf(ancestors), String((pair.key as { value?: unknown }).value)];
      const writer = layers.find(({ file }) => file.has(path));
      if (writer === layers[0]) return undefined;
      const inDefaults = path[0] === "clusters" && path.length > 2 && writes(layers, ["defaults", ...path.slice(2)]);
      const value = pair.value as Node | null;
      // what is filled in as a whole says it in each of its values
      if (value && isYamlMap(value) && value.items.length > 0) return undefined;
      if (!value) return undefined;
      if (isCollection(value)) value.flow = true;
      value.comment = ` ${writer ? writer.name : inDefaults ? "defaults" : isPinned(path) ? "lock file" : "default"}`;
      return isCollection(value) ? visit.SKIP : undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** The keys that lead to a place in a document. */
function pathOf(ancestors: readonly unknown[]): Path {
  return ancestors.flatMap((ancestor, index): Path => {
    if (isPairLike(ancestor)) return [String(ancestor.key.value)];
    const next = ancestors[index + 1];
    return Array.isArray((ancestor as { items?: unknown[] }).items) && !isYamlMap(ancestor) && next !== undefined
      ? [(ancestor as { items: unknown[] }).items.indexOf(next)]
      : [];
  });
}

const isPairLike = (value: unknown): value is { readonly key: { readonly value: unknown } } =>
  typeof value === "object" && value !== null && "key" in value;
