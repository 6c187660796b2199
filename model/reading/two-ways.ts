import { isAlias, isMap, isScalar, isSeq, type Scalar } from "yaml";
import type { Path } from "../problems/paths";
import type { Aliases } from "./aliases";

/** A value that readers of YAML don't agree on, or that would come out as something else, without a word. */
export interface TwoWays {
  readonly path: Path;
  readonly offset: number;
  readonly message: string;
}

/** Below these keys stand values for Helm, which reads YAML 1.1 (go-yaml, resolve.go): there `no` is false and 0400 octal. */
const FOR_HELM = /^(values|perCluster)$/;
const TRUTH = /^(?:(yes|on)|no|off)$/i;
const OCTAL = /^[-+]?0[0-9_]+$/;
/** Kinds that data has no place for: they would come out as empty maps, or as a map of bytes. */
const LOST = /^tag:yaml\.org,2002:(binary|set|omap|pairs)$/;

/** All such values of a document, at their places. */
export function twoWaysIn(root: unknown, aliases: Aliases): readonly TwoWays[] {
  const found: TwoWays[] = [];
  const say = (node: { readonly range?: readonly number[] | null }, path: Path, message: string | undefined) => {
    if (message !== undefined) found.push({ path, offset: node.range?.[0] ?? 0, message });
  };
  const seen = new Set<unknown>();
  const visit = (node: unknown, path: Path, forHelm: boolean): void => {
    if (isAlias(node)) {
      // what an anchor elsewhere holds for Helm, once
      const target = forHelm ? aliases.resolve(node) : undefined;
      if (target !== undefined && !seen.has(target)) visit(target, path, forHelm);
      seen.add(target);
      return;
    }
    if (isMap(node) || isSeq(node)) {
      if (LOST.test(node.tag ?? "")) say(node, path, lost(node.tag!));
      else if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index], forHelm);
      else
        for (const { key, value } of node.items) {
          const name = isScalar(key) ? String(key.value) : "";
          visit(value, [...path, name], forHelm || FOR_HELM.test(name));
        }
    } else if (isScalar(node)) say(node, path, scalar(node, forHelm));
  };
  visit(root, [], false);
  return found;
}

const lost = (tag: string) =>
  `a value of the kind !!${tag.split(":").pop()} has no place in a fleet file: write it as a map, a list or a text`;

function scalar({ source = "", type, value, tag }: Scalar, forHelm: boolean): string | undefined {
  if (LOST.test(tag ?? "")) return lost(tag!);
  if (type !== "PLAIN") return undefined;
  if (forHelm && typeof value === "string" && TRUTH.test(source)) {
    const truth = /^(yes|on)$/i.test(source);
    return `${source} is text here and ${truth} in a values file of Helm's own, where a text such as "no" counts as true: write ${truth}, or "${source}" in quotes where text is meant`;
  }
  if (typeof value !== "number") return undefined;
  if (OCTAL.test(source)) {
    const octal = Number.parseInt(source, 8);
    const meant = /[89]/.test(source) || Number.isNaN(octal) ? String(value) : `${octal} where octal is meant, ${value}`;
    return `${source} is ${value} to YAML 1.2, and octal to Helm and others: write ${meant} without the 0, or "${source}" in quotes where text is meant`;
  }
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(source)
    ? `${source} is a number of more digits than are kept: write it in quotes`
    : undefined;
}
