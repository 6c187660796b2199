import data from "./data/client-networks.json";

/**
 * Networks that stand for the clients of a country: five /24, spread evenly over what the regional registries have
 * delegated to it. Where a network is delegated to is mostly, not always, where its clients are.
 * scripts/client-networks.mjs renews the table.
 */
export const CLIENT_NETWORKS: Readonly<Record<string, readonly string[]>> = data.networks;

/** Length of their prefixes. */
export const CLIENT_PREFIX = 24;

/** Where the table is from, and the day that it tells of (YYYY-MM-DD). */
export const CLIENT_NETWORKS_SOURCE: { readonly source: string; readonly date: string } = {
  source: data.source,
  date: data.date,
};

const YEAR_MILLISECONDS = 365 * 24 * 3600 * 1000;

/** What to say of a table that is more than a year old: networks move between countries. @default - undefined: it isn't */
export function staleNetworks(today: Date): string | undefined {
  if (today.getTime() - Date.parse(data.date) <= YEAR_MILLISECONDS) return undefined;
  return `the table of countries' networks is of ${data.date}, more than a year old, and networks move: renew it with scripts/client-networks.mjs, or use a newer Meridian`;
}
