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

/**
 * Name of a cluster in its cloud, and start of the names of all that belongs to it: `<fleet>-<cluster>`.
 * At most 37 characters (fleet 16, cluster 20), below GKE's limit of 40, the smallest of the three (platform.md §12.1).
 */
export function clusterName(fleet: string, cluster: string): string {
  return `${fleet}-${cluster}`;
}
