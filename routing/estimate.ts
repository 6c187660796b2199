import { findRegion } from "../model/catalog/regions";
import { distanceKm } from "../model/distance";
import type { LatencyOracle } from "./simulate";

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
