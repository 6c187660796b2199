import type { Coordinates } from "../../model/catalog/distance";

/** The part of the world that the map shows, in its own units: the box of world.json's paths. */
export const MAP = { width: 2000, height: 874 } as const;

/** As scripts/world-map.mjs has it, which makes the paths. */
const SCALE = 369;
const MIDDLE = { x: 1000, y: 488 } as const;

/** Coefficients of the Equal Earth projection (Šavrič, Patterson, Jenny 2018), which shows equal areas as equal. */
const A = [1.340264, -0.081106, 0.000893, 0.003796] as const;
const M = Math.sqrt(3) / 2;

/** Where a place is on the map; outside the box where the map has ended. */
export function onMap({ latitude, longitude }: Coordinates): { readonly x: number; readonly y: number } {
  const radians = Math.PI / 180;
  const theta = Math.asin(M * Math.sin(latitude * radians));
  const two = theta ** 2;
  const six = theta ** 6;
  const along = (longitude * radians * Math.cos(theta)) / (M * (A[0] + 3 * A[1] * two + six * (7 * A[2] + 9 * A[3] * two)));
  const up = theta * (A[0] + A[1] * two + six * (A[2] + A[3] * two));
  return { x: tenths(MIDDLE.x + SCALE * along), y: tenths(MIDDLE.y - SCALE * up) };
}

/** Sines differ in their last digits between machines. */
const tenths = (value: number): number => Math.round(value * 10) / 10;
