import { findRegion } from "../catalog/regions";
import { madeClusters } from "../rules/clusters";
import type { Fleet } from "../schema/fleet";

/** Regions that an account must switch on first (AWS Account Management guide, "Enable or disable AWS Regions"). */
const OPT_IN = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
]);

/** Azure's regions without a pair (its location API as cached by Azure/terraform-azurerm-avm-utl-regions 9064b20, August 2026). */
const UNPAIRED = new Set([
  "austriaeast",
  "belgiumcentral",
  "chilecentral",
  "denmarkeast",
  "indonesiacentral",
  "israelcentral",
  "italynorth",
  "malaysiawest",
  "mexicocentral",
  "newzealandnorth",
  "polandcentral",
  "qatarcentral",
  "spaincentral",
]);

/** What a region doesn't have, as far as it is known here. Clouds add to their regions, so none of it is an error. */
export function regionWarnings(fleet: Fleet): readonly string[] {
  return [...switchedOff(fleet), ...withoutZones(fleet), ...withoutPair(fleet)];
}

type Used = readonly [cloud: string, field: string, regions: readonly string[]];

/** AWS makes nothing in such a region until somebody has switched it on, which no plan asks. */
function switchedOff(fleet: Fleet): readonly string[] {
  const used: readonly Used[] = [
    ...madeClusters(fleet).map(
      ({ cloud, name, region, retired }): Used => [cloud, `clusters.${name}.region`, retired ? [] : [region]],
    ),
    ...Object.entries(fleet.registries).flatMap(([key, { cloud, region, replicas }]): Used[] => [
      [cloud, `registries.${key}.region`, region === undefined ? [] : [region]],
      [cloud, `registries.${key}.replicas`, replicas],
    ]),
    ...Object.entries(fleet.databases).flatMap(([key, { cloud, region, replicas, secretsRegion }]): Used[] => [
      [cloud, `databases.${key}.region`, [region]],
      [cloud, `databases.${key}.replicas`, replicas],
      [cloud, `databases.${key}.secretsRegion`, secretsRegion === undefined ? [] : [secretsRegion]],
    ]),
    ...Object.entries(fleet.backups).map(([key, { cloud, region }]): Used => [cloud, `backups.${key}.region`, [region]]),
  ];
  return used.flatMap(([cloud, field, regions]) =>
    regions
      .filter((region) => cloud === "aws" && OPT_IN.has(region))
      .map((region) => `${field}: ${region} is off in a new AWS account; switch it on there before the first apply`),
  );
}

/** Azure: a standby is in another zone than its server, and a store of backups in three. */
function withoutZones({ databases, backups }: Fleet): readonly string[] {
  const hasNone = (region: string) => findRegion("azure", region)?.availabilityZones === 0;
  return [
    ...Object.entries(databases).flatMap(([key, { cloud, engine, region, replicas, highAvailability }]) =>
      (cloud === "azure" && highAvailability ? [region, ...(engine === "mongo" ? replicas : [])] : [])
        .filter(hasNone)
        .map(
          (place) =>
            `databases.${key}.highAvailability: ${place} has no availability zones that are known here, and Azure would refuse the standby: take another region, or leave it out`,
        ),
    ),
    ...Object.entries(backups)
      .filter(([, { cloud, region }]) => cloud === "azure" && hasNone(region))
      .map(
        ([key, { region }]) =>
          `backups.${key}.region: ${region} has no availability zones that are known here, and Azure would refuse storage in three of them: take another region, which may be another one than the clusters'`,
      ),
  ];
}

function withoutPair({ databases }: Fleet): readonly string[] {
  return Object.entries(databases)
    .filter(([, { cloud, region, backups }]) => cloud === "azure" && backups.otherRegion && UNPAIRED.has(region))
    .map(
      ([key, { region }]) =>
        `databases.${key}.backups.otherRegion: ${region} has no paired region that is known here, and Azure would refuse it: take a replica`,
    );
}
