import { nearestWord } from "../problems/wording";
import list from "./data/machines-aws.json";

const FAMILIES: Readonly<Record<string, string>> = list.families;

/**
 * What is said of a machine that the list of AWS's doesn't have; undefined of one that it has.
 * @param of what it is the machine of
 */
export function unknownMachine(machine: string, of = "the pool"): string | undefined {
  const [family = "", size = ""] = machine.split(".");
  const sizes = Object.hasOwn(FAMILIES, family) ? FAMILIES[family]!.split(" ") : undefined;
  if (sizes?.includes(size)) return undefined;
  const found =
    sizes === undefined
      ? `no machines '${family}', but ${alike(family).join(", ")},`
      : `no '${machine}'; ${family} comes as ${sizes.join(", ")}`;
  return `AWS had ${found} when the list here was made (${list.source}): unless it is newer, ${of} can't be made`;
}

/** Families that may have been meant: the nearest word, and the newest of the same letters. */
function alike(family: string): readonly string[] {
  const all = Object.keys(FAMILIES);
  const letters = /^[a-z]+/.exec(family)?.[0] ?? "";
  const newest = all
    .filter((other) => /^[a-z]+/.exec(other)?.[0] === letters)
    .toSorted((one, other) => generation(other) - generation(one));
  const near = nearestWord(family, all);
  return [...new Set([...(near === undefined ? [] : [near]), ...(newest.length > 0 ? newest : ["m8i", "c8i", "r8i"])])].slice(
    0,
    4,
  );
}

const generation = (family: string) => Number(/\d+/.exec(family)?.[0] ?? 0);
