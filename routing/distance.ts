import { type Coordinates, distanceKm } from "../model/distance";

/**
 * Distance in kilometres as geoproximity compares it: a positive bias multiplies by 1 − bias/100, a negative one divides
 * by 1 + bias/100 (Route53 Developer Guide, geoproximity routing).
 */
export function biasedDistanceKm(client: Coordinates, place: Coordinates, bias: number): number {
  const km = distanceKm(client, place);
  return bias >= 0 ? km * (1 - bias / 100) : km / (1 + bias / 100);
}
