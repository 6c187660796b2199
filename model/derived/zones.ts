import { findRegion, type RegionCloud } from "../catalog/regions";
import type { Cluster } from "../schema/cluster";

/**
 * Letters of the availability zones where they aren't a, b, c. AWS: what `describe-availability-zones` shows new
 * accounts, as recorded in moto 5.2.1; EKS's control plane can't run in use1-az3, which is us-east-1e in most accounts,
 * so e is left out (EKS user guide, network requirements). Google: "Regions and zones" of the Compute Engine docs.
 */
const LETTERS: Readonly<Record<string, string>> = {
  "us-east-1": "abcdf",
  "us-west-2": "abcd",
  "ca-central-1": "abd",
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "us-central1": "abcf",
  "us-east1": "bcd",
  "europe-west1": "bcd",
};

/** Regions that show each account two of their three zones: which two, only the account's owner can tell. */
const ZONES_DIFFER: readonly string[] = ["us-west-1"];

/** Availability zones of a region: sa-east-1a on AWS, 1 on Azure, us-east1-b on Google. None where there are none. */
export function zonesOf(cloud: RegionCloud, region: string): readonly string[] {
  const found = findRegion(cloud, region);
  if (!found) return [];
  if (cloud === "azure") return found.availabilityZones === 3 ? ["1", "2", "3"] : [];
  return [...(LETTERS[region] ?? "abc")].map((letter) => (cloud === "aws" ? `${region}${letter}` : `${region}-${letter}`));
}

/** Whether the fleet file must name the zones, because they differ from account to account. */
export function mustNameZones(cloud: RegionCloud, region: string): boolean {
  return cloud === "aws" && ZONES_DIFFER.includes(region);
}

/** Whether a name is spelt as a zone of the region, known or not: clouds add zones. */
export function isZoneName(cloud: RegionCloud, region: string, zone: string): boolean {
  if (cloud === "azure") return /^[123]$/.test(zone);
  const letter = zone.slice(-1);
  return /[a-z]/.test(letter) && zone === (cloud === "aws" ? region + letter : `${region}-${letter}`);
}

/** A cluster's zones in order: those of the fleet file, otherwise the first three of its region; none on Azure where there are none. */
export function clusterZones(cluster: Exclude<Cluster, { cloud: "existing" }>): readonly string[] {
  return cluster.network.zones ?? zonesOf(cluster.cloud, cluster.region).slice(0, 3);
}
