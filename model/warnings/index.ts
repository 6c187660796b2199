import { versionWarnings } from "../catalog/kubernetes-versions";
import { zonesOf } from "../derived/zones";
import { madeClusters } from "../rules/clusters";
import type { MadeCluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import { appHostWarnings, releaseWarnings, singleWriterWarnings } from "./apps";
import { restoreWarnings } from "./backups";
import { chartValuesWarnings, chartWarnings } from "./charts";
import { databaseWarnings } from "./databases";
import { latencyWarnings } from "./latency";
import { machineWarnings } from "./machines";
import { regionWarnings } from "./regions";

/**
 * What is worth knowing about a fleet that can be built all the same. Only this may depend on the date; the output never
 * does.
 */
export function fleetWarnings(fleet: Fleet, today: Date): readonly string[] {
  return [
    ...versionWarnings(fleet, today),
    ...chartWarnings(fleet, today),
    ...chartValuesWarnings(fleet),
    ...latencyWarnings(fleet),
    ...appHostWarnings(fleet),
    ...releaseWarnings(fleet),
    ...singleWriterWarnings(fleet),
    ...regionWarnings(fleet),
    ...databaseWarnings(fleet, today),
    ...restoreWarnings(fleet),
    ...madeClusters(fleet).flatMap((cluster) => [...unknownZones(cluster), ...machineWarnings(cluster), ...narrowSpot(cluster)]),
  ];
}

/** Clouds add zones, so one that only this catalogue doesn't know is no error. */
function unknownZones({ name, cloud, region, network }: MadeCluster): readonly string[] {
  const known = zonesOf(cloud, region);
  if (known.length === 0) return [];
  return (network.zones ?? [])
    .filter((zone) => !known.includes(zone))
    .map((zone) => `clusters.${name}.network.zones: '${zone}' is not known here; ${region} has ${known.join(", ")}`);
}

/** EKS takes spot nodes from where capacity is; with one or two machine types there is seldom any left to take. */
function narrowSpot(cluster: MadeCluster): readonly string[] {
  if (cluster.cloud !== "aws") return [];
  return Object.entries(cluster.pools)
    .filter(([, { spot, machines }]) => spot && (machines?.length ?? 1) < 3)
    .map(
      ([pool]) =>
        `clusters.${cluster.name}.pools.${pool}: spot capacity is found best among three or more machine types of equal size; name them under \`machines\``,
    );
}
