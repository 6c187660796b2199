import type { LocatedProblem } from "../problems/fleet-error";
import type { Path } from "../problems/paths";
import { isMap, RAW } from "./merge";
import { type Position, parseYaml, type YamlFile } from "./parse";

/** A fleet file, or one that it extends. */
export interface Layer {
  readonly file: YamlFile;
  /** What problems call it. */
  readonly name: string;
}

/** Reads the file that another one extends. @throws Error with one sentence where it can't be read */
export type BaseReader = (path: string, from: string) => { readonly text: string; readonly name: string };

type Data = Readonly<Record<string, unknown>>;

/**
 * A fleet file over the files that it extends, the file itself first: maps by key, lists replaced, null removes.
 * `fleet` is never inherited, since it names states. Keys that begin with x- hold anchors and are left out. Not whole where a
 * base is missing: what else is said of the file would be guessed.
 */
export function readLayers(
  text: string,
  name: string,
  base: BaseReader,
): { readonly layers: readonly Layer[]; readonly problems: readonly LocatedProblem[]; readonly isWhole: boolean } {
  const layers: Layer[] = [];
  let isWhole = true;
  const problems: LocatedProblem[] = [];
  let next: { readonly text: string; readonly name: string } | undefined = { text, name };
  while (next !== undefined) {
    const { file, problems: syntax } = parseYaml(next.text);
    const layer = next.name;
    problems.push(...syntax.map((problem) => ({ ...problem, file: layer, path: [] })));
    if (!file) {
      isWhole = layers.length === 0;
      break;
    }
    layers.push({ file, name: layer });
    const wanted: unknown = isMap(file.data) ? file.data.extends : undefined;
    if (wanted === undefined) break;
    const found = baseOf(wanted, layers, base);
    if (typeof found === "string") {
      problems.push({ file: layer, ...file.positionOf(["extends"]), path: ["extends"], message: found });
      isWhole = false;
      break;
    }
    next = found;
  }
  return { layers, problems: [...problems, ...sameFleet(layers)], isWhole };
}

/** The file that is extended, or what is wrong with it. */
function baseOf(wanted: unknown, layers: readonly Layer[], base: BaseReader): ReturnType<BaseReader> | string {
  const from = layers.at(-1)!.name;
  if (typeof wanted !== "string" || wanted === "") return "must name a fleet file, by its path from this one: base.yaml";
  if (wanted.startsWith("/") || /^[A-Za-z]:[\\/]/.test(wanted))
    return `'${wanted}' is a path of one machine: write it from this file, as base.yaml or ../base.yaml`;
  if (wanted.includes("://"))
    return `'${wanted}' is no file: a base lies in the same repository, so that what is reviewed is what is applied`;
  try {
    const found = base(wanted, from);
    return layers.some(({ name }) => name === found.name)
      ? `'${wanted}' leads back to itself: ${[...layers.map(({ name }) => name), found.name].join(" extends ")}`
      : found;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function sameFleet([own, ...bases]: readonly Layer[]): readonly LocatedProblem[] {
  const named = (layer: Layer): unknown => (isMap(layer.file.data) ? layer.file.data.fleet : undefined);
  const same = own && bases.find((layer) => named(layer) !== undefined && named(layer) === named(own));
  if (!same) return [];
  const message = `'${String(named(own))}' is the fleet of ${same.name}, which this file extends: two fleets of one name would plan against the same states; give this one a name of its own`;
  return [{ file: own.name, ...own.file.positionOf(["fleet"]), path: ["fleet"], message }];
}

/** The data of all layers in one. */
export function dataOf(layers: readonly Layer[]): unknown {
  const [own, ...bases] = layers.map(({ file }) => file.data);
  const below = bases.reverse().reduce<unknown>((under, over) => laidOver(under, over), undefined);
  const data = isMap(below) ? laidOver(without(below, ["fleet"]), own) : own;
  return isMap(data)
    ? Object.fromEntries(Object.entries(without(data, ["extends"])).filter(([key]) => !key.startsWith("x-")))
    : data;
}

const without = (data: Data, keys: readonly string[]): Data =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));

/** One value over another. Below keys to whose nulls Helm and Terraform give a meaning, null is a value. */
function laidOver(under: unknown, over: unknown, raw = false): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    if (value === null && !raw) merged.delete(key);
    else merged.set(key, laidOver(merged.get(key), value, raw || RAW.has(key)));
  }
  return Object.fromEntries(merged);
}

/** Whether any layer writes something at the path. */
export const writes = (layers: readonly Layer[], path: Path): boolean => layers.some(({ file }) => file.has(path));

/** Where a path stands: in the first layer that writes it, otherwise in the one that writes most of the way to it. */
export function placeOf(layers: readonly Layer[], path: Path, atKey?: boolean): Position & { readonly file: string } {
  // its name is never another's to give
  if (path[0] === "fleet") return { file: layers[0]!.name, ...layers[0]!.file.positionOf(path, atKey) };
  const depth = ({ file }: Layer): number => path.findIndex((_, index) => !file.has(path.slice(0, index + 1)));
  const reach = (layer: Layer): number => (depth(layer) === -1 ? path.length : depth(layer));
  const nearest = layers.reduce((best, layer) => (reach(layer) > reach(best) ? layer : best));
  return { file: nearest.name, ...nearest.file.positionOf(path, atKey) };
}
