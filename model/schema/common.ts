import * as z from "zod";

/** The clouds whose clusters Meridian builds; `existing` clusters may run anywhere. */
export const CLOUDS = ["aws", "azure", "google", "existing"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** The continents by the codes that Route53 uses. The Middle East is part of Asia. */
export const CONTINENTS = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"] as const;
export type Continent = (typeof CONTINENTS)[number];

/** One version and no range of them, as semver.org spells it; a v before it is common. */
export const EXACT_VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** What every object of JavaScript has under that name; cdktf looks children up in such objects. */
export const isFree = (name: string) => !(name in {});
export const NOT_FREE = "this word is taken by the programs below: choose another";

/** Text that says something: an empty one is a slip, and what reads it would take it for none or for a name. */
export const text = z
  .string()
  .refine((value) => value.trim() !== "", "nothing stands there: write what it is, or leave the key out");

/**
 * The key of a cluster, a pool, a name or a fleet: it becomes part of names in every cloud,
 * so it must fit all of them (platform.md §12.1: lower case, digits, single hyphens).
 */
export const key = (what: string, max: number) =>
  z
    .string()
    .regex(
      /^[a-z](?:-?[a-z0-9])*$/,
      `${/^[aeiou]/.test(what) ? "an" : "a"} ${what} is lower-case letters, digits and single hyphens, starting with a letter`,
    )
    .max(
      max,
      `${/^[aeiou]/.test(what) ? "an" : "a"} ${what} has at most ${max} characters, so that every name made from it fits each cloud's limits`,
    )
    .refine(isFree, NOT_FREE);

/** A Kubernetes minor version. */
export const minorVersion = z.string().regex(/^1\.\d{2}$/, 'a minor version in quotes, such as "1.36"');

/** IPv4 CIDR as text. Whether it is canonical and large enough is for the rules to say. */
export const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, {
  error: ({ input }) =>
    typeof input === "string" && /^\d{1,3}(\.\d{1,3}){3}$/.test(input)
      ? `an IPv4 CIDR, and this is an address; that address alone is ${input}/32`
      : "an IPv4 CIDR such as 10.10.0.0/16",
});

/** Free key-value pairs put on everything that takes tags (labels in Google Cloud). */
export const tags = z.record(z.string(), z.string());

/** Deep-merged JSON for a place that the typed fields don't reach. */
export const rawObject = z.record(z.string(), z.json());
