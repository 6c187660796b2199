import { AWS_SERVICES } from "../../model/derived/addresses";
import { addressAt, canonical, contains, isCidr, overlaps, prefixLength, size } from "../../model/derived/cidr";
import type { Fleet } from "../../model/schema/fleet";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Every range that a fleet file names for a network, and what clouds take where it names none. */
export function takenRanges(fleet: Fleet): readonly string[] {
  const found = new Set<string>([AWS_SERVICES]);
  const walk = (value: unknown): void => {
    if (typeof value === "string") {
      if (isCidr(value)) found.add(value);
    } else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) walk(item);
  };
  // who may call an API is no network of the fleet's
  for (const { api: _, ...cluster } of fleet.clusters) walk(cluster);
  walk(fleet.databases);
  return [...found];
}

/**
 * The next range of the same size that nothing takes: after this one, then from the start of the private range that it
 * is in. undefined where there is none.
 */
export function nextFree(range: string, taken: readonly string[]): string | undefined {
  const whole = PRIVATE.find((outer) => contains(outer, range));
  if (whole === undefined) return undefined;
  const [step, count] = [size(range), size(whole) / size(range)];
  const first = Array.from({ length: Math.min(count, 65_536) }, (_, index) => index);
  const at = (index: number) => `${addressAt(whole, index * step)}/${prefixLength(range)}`;
  const own = first.findIndex((index) => canonical(at(index)) === canonical(range));
  return [...first.slice(own + 1), ...first.slice(0, Math.max(own, 0))]
    .map(at)
    .find((candidate) => !taken.some((other) => overlaps(other, candidate)));
}

/** A part of one range at the same place in another of the same size. */
export function translated(inner: string, from: string, to: string): string {
  return `${addressAt(to, distance(from, inner))}/${prefixLength(inner)}`;
}

function distance(from: string, to: string): number {
  const number = (cidr: string) =>
    canonical(cidr)
      .split("/")[0]!
      .split(".")
      .reduce((sum, part) => sum * 256 + Number(part), 0);
  return number(to) - number(from);
}
