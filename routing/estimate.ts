import { type Coordinates, distanceKm } from "../model/catalog/distance";
import { findRegion } from "../model/catalog/regions";
import type { LatencyOracle } from "./world";

/** Light in fibre goes 200 km in a millisecond, there and back; cables run about half as far again as the shortest way. */
const MILLISECONDS_PER_KM = (2 / 200) * 1.5;

/** The last mile and the routers on the way. */
const BASE_MILLISECONDS = 5;

/**
 * Latency as distance suggests it. The services measure instead: between networks and AWS regions (Route53), or Azure
 * regions (Traffic Manager), so a near border may lie elsewhere.
 */
export const latencyByDistance: LatencyOracle = (client, region) => {
  const place = findRegion("aws", region) ?? findRegion("azure", region);
  return place ? BASE_MILLISECONDS + distanceKm(client, place) * MILLISECONDS_PER_KM : Number.POSITIVE_INFINITY;
};

/**
 * Distance in kilometres as geoproximity compares it: a positive bias multiplies by 1 − bias/100, a negative one divides
 * by 1 + bias/100 (Route53 Developer Guide, geoproximity routing).
 */
export function biasedDistanceKm(client: Coordinates, place: Coordinates, bias: number): number {
  const km = distanceKm(client, place);
  return bias >= 0 ? km * (1 - bias / 100) : km / (1 + bias / 100);
}
