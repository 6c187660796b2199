import { closest, distance } from "fastest-levenshtein";
import type { Continent } from "../schema/common";
import data from "./data/regions.json";
import { nearest } from "./distance";

/** The clouds that have regions. */
export type RegionCloud = "aws" | "azure" | "google";

/** A region of a cloud. Sources are in data/regions.json. */
export interface Region {
  readonly cloud: RegionCloud;
  /** The region's name in its cloud. */
  readonly region: string;
  /** City or district, for people. */
  readonly place: string;
  /** ISO 3166-1. */
  readonly country: string;
  /** Route53's code; the Middle East is AS. */
  readonly continent: Continent;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
  /** AWS region whose latency stands for this one's. */
  readonly awsRegion: string;
  /** Azure: number of availability zones, 0 or 3. @default - unknown, not Azure */
  readonly availabilityZones?: number;
}

const CLOUD_NAMES = { aws: "AWS", azure: "Azure", google: "Google" } as const;

const regions: readonly Region[] = (["aws", "azure", "google"] as const).flatMap((cloud) =>
  data[cloud].map((region) => ({ ...region, cloud, continent: region.continent as Continent })),
);
const byName = new Map(regions.map((region) => [`${region.cloud}/${region.region}`, region]));

/** The regions of a cloud. */
export function regionsOf(cloud: RegionCloud): readonly Region[] {
  return regions.filter((region) => region.cloud === cloud);
}

/** The region of that name in a cloud, if the catalogue has it. */
export function findRegion(cloud: RegionCloud, name: string): Region | undefined {
  return byName.get(`${cloud}/${name}`);
}

/** The region of that name in whichever cloud has one. No two clouds share a name. */
export function findAnyRegion(name: string): Region | undefined {
  return regions.find(({ region }) => region === name);
}

/**
 * What is wrong with a name that is no region of the cloud, and which one was probably meant:
 * "'australia-southeast9' is no Google region; did you mean 'australia-southeast1'?"
 */
export function noSuchRegion(cloud: RegionCloud, name: string, newer = ""): string {
  const start = `'${name}' is no ${CLOUD_NAMES[cloud]} region`;
  const other = findAnyRegion(name);
  if (other) return `${start}, but one of ${CLOUD_NAMES[other.cloud]}; did you mean '${counterpart(cloud, other)}'?`;
  const names = regionsOf(cloud).map(({ region }) => region);
  const likely = names.find((candidate) => plain(candidate) === plain(name)) ?? closest(name.toLowerCase(), names);
  return distance(plain(likely), plain(name)) <= Math.max(2, name.length / 4)
    ? `${start}; did you mean '${likely}'?`
    : `${start} that is known here${newer}; known are ${names.join(", ")}`;
}

/** People write "East US" or "us_east_1": spaces, hyphens and capitals don't count. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** A cloud's region for people who named another cloud's: in the same country where there is one. */
function counterpart(cloud: RegionCloud, other: Region): string {
  const inCountry = regionsOf(cloud).filter(({ country }) => country === other.country);
  return nearest(other, inCountry.length > 0 ? inCountry : regionsOf(cloud)).region;
}
