import { createHash } from "node:crypto";

/** Six hexadecimal digits that stand for a text: the same on every machine, different for different texts. */
export function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 6);
}

/**
 * A name of at most `max` characters: the name itself where it fits, otherwise its beginning, a hyphen and the hash
 * of the whole, so that two long names never become one.
 */
export function shorten(name: string, max: number): string {
  return name.length <= max ? name : `${name.slice(0, max - 7).replace(/-+$/, "")}-${shortHash(name)}`;
}

/** Account id of a Google service account: 6 to 30 characters (platform.md §12.1). */
export const googleAccountId = (name: string): string => shorten(name, 30);

/**
 * Name of a cluster in its cloud, and start of the names of all that belongs to it: `<fleet>-<cluster>`.
 * At most 37 characters (fleet 16, cluster 20), below GKE's limit of 40, the smallest of the three (platform.md §12.1).
 */
export function clusterName(fleet: string, cluster: string): string {
  return `${fleet}-${cluster}`;
}

/**
 * Ids of the stacks: the names of their folders, their state and their manifest entries. They are a contract: another
 * id is another state. A fleet's name has no hyphen, so no id of one fleet can be an id of another.
 */
export const stackIds = {
  global: (fleet: string) => `${fleet}-global`,
  data: (fleet: string, database: string) => `${fleet}-data-${database}`,
  registry: (fleet: string, registry: string) => `${fleet}-registry-${registry}`,
  backup: (fleet: string, store: string) => `${fleet}-backup-${store}`,
  servers: (fleet: string, region: string) => `${fleet}-servers-${region}`,
  cluster: (fleet: string, cluster: string) => `${fleet}-${cluster}-cluster`,
  priming: (fleet: string, cluster: string) => `${fleet}-${cluster}-priming`,
  apps: (fleet: string, cluster: string) => `${fleet}-${cluster}-apps`,
  app: (fleet: string, cluster: string, app: string) => `${fleet}-${cluster}-app-${app}`,
  pull: (fleet: string, cluster: string, registry: string) => `${fleet}-${cluster}-pull-${registry}`,
  route53: (fleet: string) => `${fleet}-route53`,
  state: (fleet: string) => `${fleet}-state`,
  trafficManager: (fleet: string) => `${fleet}-traffic-manager`,
} as const;
