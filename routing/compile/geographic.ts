import { continentOf, countriesOf, trafficManagerCodes } from "../../model/catalog/countries";
import type { ClientLocation } from "../../model/schema/routing";
import { locationChain } from "../choose";
import type { Member } from "../tree";
import type { Client } from "../world";

/** Traffic Manager's codes that share an order of members, and that order. */
export interface GeographicRoute {
  /** Each member once: the one for the smallest area first, the default's last. */
  readonly chain: readonly Member[];
  readonly codes: readonly string[];
}

/**
 * The members to try for each of Traffic Manager's regions, as Route53 would: state, country, continent, default.
 * Continents are written as countries, because Traffic Manager's groups of countries are others than Route53's (it has
 * the Middle East apart from Asia, Turkey in it, and the Cocos Islands in Asia).
 */
export function geographicRoutes(members: readonly Member[]): readonly GeographicRoute[] {
  const locations = members.flatMap((member) => member.locations);
  const countries = new Set(locations.flatMap((location) => (isCountry(location) ? [location.country] : [])));
  const routes = new Map<string, { chain: readonly Member[]; codes: string[] }>();
  for (const location of locations) {
    for (const [codes, client] of clientsOf(location, countries)) {
      const chain = [...new Set(locationChain(members, client).map(({ member }) => member))];
      const id = chain.map(({ key }) => key).join(" ");
      const route = routes.get(id) ?? { chain, codes: [] };
      route.codes.push(...codes);
      routes.set(id, route);
    }
  }
  return [...routes.values()].map(({ chain, codes }) => ({ chain, codes: codes.sort() }));
}

const isCountry = (location: ClientLocation): location is Exclude<ClientLocation, "default" | { continent: unknown }> =>
  location !== "default" && "country" in location && location.state === undefined;

type Located = Omit<Client, "latitude" | "longitude">;

/** The codes of a location, and a client who is there and in nothing smaller. Countries with a location of their own are left to it. */
function clientsOf(location: ClientLocation, countries: ReadonlySet<string>): readonly (readonly [readonly string[], Client])[] {
  const at = (client: Located): Client => ({ ...client, latitude: 0, longitude: 0 });
  if (location === "default") return [[["WORLD"], at({})]];
  if ("continent" in location) {
    const codes = countriesOf(location.continent)
      .filter((country) => !countries.has(country))
      .flatMap(trafficManagerCodes);
    return codes.length > 0 ? [[codes, at({ continent: location.continent })]] : [];
  }
  const { country, state } = location;
  const client = at({ country, state, continent: continentOf(country) });
  return state === undefined ? [[trafficManagerCodes(country), client]] : [[[`${country}-${state}`], client]];
}
