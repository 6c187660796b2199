import { type Coordinates, nearest } from "../catalog/distance";
import { findAnyRegion, findRegion, type Region, regionsOf } from "../catalog/regions";
import type { Cluster } from "../schema/cluster";
import type { Cloud, Continent } from "../schema/common";

/** Where a cluster is, as routing needs it. */
export interface Location extends Coordinates {
  readonly cloud: Cloud;
  /** The region by its own cloud's name. @default - an existing cluster outside every region */
  readonly region?: string;
  /** ISO 3166-1. */
  readonly country: string;
  /** Route53's code. */
  readonly continent: Continent;
  /** AWS region whose latency stands for the cluster's. */
  readonly awsRegion: string;
  /** Azure region whose latency stands for the cluster's. */
  readonly azureRegion: string;
}

/**
 * Where a cluster is: what the fleet file says, the rest from the catalogue's entry of its region, the rest of that by
 * distance. Undefined where that leaves the coordinates, the country or the continent open: only in a fleet that
 * `loadFleet` refuses, or of a retired cluster.
 */
export function locationOf(cluster: Cluster): Location | undefined {
  const given = cluster.location;
  const region = regionOf(cluster);
  const latitude = given.latitude ?? region?.latitude;
  const longitude = given.longitude ?? region?.longitude;
  const country = given.country ?? region?.country;
  const continent = given.continent ?? region?.continent;
  if (latitude === undefined || longitude === undefined || country === undefined || continent === undefined) return undefined;
  const place = { latitude, longitude };
  // With coordinates of its own a cluster isn't where its region is, so the region's neighbours aren't its either.
  const moved = given.latitude !== undefined || given.longitude !== undefined;
  return {
    cloud: cluster.cloud,
    region: cluster.region,
    ...place,
    country,
    continent,
    // when they are asked for: the distance to every region costs more than the rest of a rule
    get awsRegion() {
      return given.awsRegion ?? (region && !moved ? region.awsRegion : nearest(place, regionsOf("aws")).region);
    },
    get azureRegion() {
      return given.azureRegion ?? (region && !moved ? azureRegionNear(region) : nearest(place, openAzureRegions).region);
    },
  };
}

/** The catalogue's entry of a cluster's region; an existing cluster's may be any cloud's. */
export function regionOf(cluster: Cluster): Region | undefined {
  if (cluster.cloud !== "existing") return findRegion(cluster.cloud, cluster.region);
  return cluster.region === undefined ? undefined : findAnyRegion(cluster.region);
}

/** Azure keeps some regions for customers of a country; they stand for nobody else's latency. */
const openAzureRegions = regionsOf("azure").filter(({ place }) => !place.includes("restricted"));

/**
 * Judgement over distance. Azure's API puts East US in the south of Virginia, but it is in the north, as AWS and Google
 * are; Mumbai's West India takes few customers, Pune's Central India is the country's first; Berlin's traffic goes by
 * Frankfurt.
 */
const AZURE_REGION_NEAR: Readonly<Record<string, string>> = {
  "us-east-1": "eastus",
  "us-east4": "eastus",
  "ap-south-1": "centralindia",
  "asia-south1": "centralindia",
  "asia-south2": "centralindia",
  "europe-west10": "germanywestcentral",
};

const azureRegions = new Map<string, string>();

/** The Azure region that stands for a region of any cloud. */
function azureRegionNear(region: Region): string {
  if (region.cloud === "azure") return region.region;
  let near = AZURE_REGION_NEAR[region.region] ?? azureRegions.get(region.region);
  if (near === undefined) {
    near = nearest(region, openAzureRegions).region;
    azureRegions.set(region.region, near);
  }
  return near;
}
