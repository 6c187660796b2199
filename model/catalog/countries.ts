import { continents, countries } from "countries-list";
import type { Continent } from "../schema/common";
import type { Engine } from "../schema/routing";

/** Codes that countries-list has besides ISO 3166-1's: parts of Saint Helena, and Kosovo. */
const NOT_ISO = new Set(["AC", "TA", "XK"]);

/**
 * Continents where countries-list (3.4.1) differs from the table that DNS services look addresses up in (GeoNames,
 * MaxMind: Russia is in Europe).
 */
const CONTINENT_OVERRIDES: Readonly<Record<string, Continent>> = { RU: "EU" };

/** Countries of ISO 3166-1 that Traffic Manager's list of regions lacks (Microsoft, traffic-manager-geographic-regions). */
const NOT_IN_TRAFFIC_MANAGER = new Set(["EH"]);

/** Parts of a country that Traffic Manager lists beside it: Sint Eustatius and Saba, and Jan Mayen (same page). */
const TRAFFIC_MANAGER_PARTS: Readonly<Record<string, readonly string[]>> = { BQ: ["XE", "XS"], SJ: ["XJ"] };

/** Postal codes of the states of the USA and of Washington DC: all that both services know by state. */
export const US_STATES = (
  "AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR " +
  "PA RI SC SD TN TX UT VA VT WA WI WV WY"
).split(" ");

/** Every country by its ISO 3166-1 code, sorted. */
export const COUNTRIES: readonly string[] = Object.keys(countries)
  .filter((code) => !NOT_ISO.has(code))
  .sort();

const KNOWN = new Set(COUNTRIES);

/** The continent of a country, by one table for both engines. @default - undefined where no country has the code */
export function continentOf(country: string): Continent | undefined {
  if (!KNOWN.has(country)) return undefined;
  return CONTINENT_OVERRIDES[country] ?? (countries[country as keyof typeof countries].continent as Continent);
}

/** English name of a country, or its code where nobody has it. */
export function countryName(country: string): string {
  return KNOWN.has(country) ? countries[country as keyof typeof countries].name : country;
}

/** English name of a continent. */
export function continentName(continent: Continent): string {
  return continents[continent];
}

/** The countries of a continent, sorted. */
export function countriesOf(continent: Continent): readonly string[] {
  return COUNTRIES.filter((country) => continentOf(country) === continent);
}

/** Whether the engine can answer clients of this country by it. */
export function knowsCountry(engine: Engine, country: string): boolean {
  return KNOWN.has(country) && (engine === "route53" || !NOT_IN_TRAFFIC_MANAGER.has(country));
}

/** Traffic Manager's codes for a country: its own, and parts that have one of theirs. Empty where it has none. */
export function trafficManagerCodes(country: string): readonly string[] {
  return NOT_IN_TRAFFIC_MANAGER.has(country) ? [] : [country, ...(TRAFFIC_MANAGER_PARTS[country] ?? [])];
}
