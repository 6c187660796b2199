import { CLIENT_NETWORKS } from "../model/catalog/client-networks";
import { COUNTRIES, US_STATES } from "../model/catalog/countries";
import { allowedClusters } from "../routing/allowed";
import { clientFrom } from "../routing/clients";
import type { NameTree } from "../routing/tree";
import type { Client, Health } from "../routing/world";

/** A network that a question is asked for. */
export interface Sample {
  readonly country: string;
  /** First address of a /24. */
  readonly network: string;
}

/** Every network of the table, country by country. */
export const SAMPLES: readonly Sample[] = COUNTRIES.flatMap((country) =>
  (CLIENT_NETWORKS[country] ?? []).map((network) => ({ country, network })),
);

/** Countries that nothing is asked for. */
export const WITHOUT_NETWORK: readonly string[] = COUNTRIES.filter((country) => CLIENT_NETWORKS[country] === undefined);

/** The clients that a network of a country may belong to: of which state it is, the registries don't say. */
function clientsIn(country: string): readonly Client[] {
  const { client } = clientFrom(country);
  return country === "US" ? [client, ...US_STATES.map((state) => clientFrom(`US-${state}`).client)] : [client];
}

/** The clusters that clients of a country may be answered with, sorted. */
export function allowedIn(tree: NameTree, country: string, health: Health): readonly string[] {
  return [...new Set(clientsIn(country).flatMap((client) => [...allowedClusters(tree, client, health)]))].sort();
}

/** The clusters for a client whose country the service doesn't know. */
export function allowedNowhere(tree: NameTree, health: Health): readonly string[] {
  return [...allowedClusters(tree, { latitude: 0, longitude: 0 }, health)];
}
