import { findRegion } from "../../catalog/regions";
import { AWS_MAX_ZONES } from "../../derived/addresses";
import { locationOf } from "../../derived/location";
import { clusterZones, isZoneName, mustNameZones, zonesOf } from "../../derived/zones";
import type { Problem, Rule } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

/** Availability zones are the region's, and as many as the cloud wants. */
export const zones: Rule = (fleet) =>
  madeClusters(fleet)
    .filter(isSomewhere)
    .flatMap((cluster) => [...ofCluster(cluster), ...ofPools(cluster)]);

/** A region that nobody knows is refused as such, and so has no zones to compare with. */
const isSomewhere = (cluster: MadeCluster) =>
  findRegion(cluster.cloud, cluster.region) !== undefined || locationOf(cluster) !== undefined;

function ofCluster(cluster: MadeCluster): readonly Problem[] {
  const { cloud, region, network } = cluster;
  const at = (message: string) => inCluster(cluster, ["network", "zones"], message);
  const known = zonesOf(cloud, region);
  if (network.zones === undefined) {
    if (network.existing) return [];
    // Of a region that the fleet file vouches for; others are refused as regions.
    if (!findRegion(cloud, region) && locationOf(cluster) && cloud !== "azure")
      return [at(`the zones of ${region}, which is not known here, can't be known either: name them`)];
    if (!mustNameZones(cloud, region)) return [];
    return [at(`${region} gives each account two of its zones ${known.join(", ")}: name the two of this account`)];
  }
  if (cloud === "azure" && findRegion(cloud, region)?.availabilityZones === 0)
    return [at(`${region} has no availability zones: remove \`zones\``)];
  const wrong = network.zones.flatMap((zone, index) =>
    isZoneName(cloud, region, zone)
      ? []
      : [
          inCluster(
            cluster,
            ["network", "zones", index],
            `'${zone}' is no zone of ${region}; they are called ${known.join(", ") || ZONE_NAMES[cloud](region)}`,
          ),
        ],
  );
  if (wrong.length > 0 || cloud !== "aws" || network.existing) return wrong;
  if (network.zones.length < 2) return [at(`EKS needs at least two zones, for instance ${known.slice(0, 2).join(" and ")}`)];
  if (network.zones.length > AWS_MAX_ZONES)
    return [at(`${network.zones.length} zones are too many: the range of a cluster has room for ${AWS_MAX_ZONES}`)];
  return [];
}

/** How zones of a region are called that the catalogue doesn't know. */
const ZONE_NAMES: Readonly<Record<MadeCluster["cloud"], (region: string) => string>> = {
  aws: (region) => `${region}a, ${region}b, …`,
  azure: () => "1, 2, 3",
  google: (region) => `${region}-a, ${region}-b, …`,
};

function ofPools(cluster: MadeCluster): readonly Problem[] {
  const allowed = clusterZones(cluster);
  return Object.entries(cluster.pools).flatMap(([name, pool]) => {
    if (pool.zones === undefined) return [];
    if (cluster.cloud === "aws" && cluster.network.existing)
      return [
        inCluster(
          cluster,
          ["pools", name, "zones"],
          "in an existing VPC the subnets decide on the zones: remove `zones` from the pool",
        ),
      ];
    return pool.zones.flatMap((zone, index) =>
      allowed.includes(zone)
        ? []
        : [
            inCluster(
              cluster,
              ["pools", name, "zones", index],
              `'${zone}' is none of the cluster's zones${allowed.length > 0 ? `, which are ${allowed.join(", ")}` : ": it has none"}`,
            ),
          ],
    );
  });
}
