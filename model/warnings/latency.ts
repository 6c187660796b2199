import { distanceKm } from "../catalog/distance";
import { findRegion } from "../catalog/regions";
import { locationOf } from "../derived/location";
import { clustersOf, engineOf, groupsOf, membersOf } from "../derived/members";
import type { Fleet } from "../schema/fleet";

/** From here on another region's latency says little about a cluster's, in kilometres: about 10 ms there and back. */
const FAR_KM = 700;

/** Latency is measured to the DNS service's own regions only: which clusters of which names are far from all of them. */
export function latencyWarnings(fleet: Fleet): readonly string[] {
  return Object.entries(fleet.names).flatMap(([name, spec]) => {
    const groups = groupsOf(membersOf(fleet, name, spec)).filter(({ policy }) => policy === "latency");
    const clusters = [...new Set(groups.flatMap(clustersOf))];
    const [cloud, service] =
      engineOf(fleet, spec) === "route53" ? (["aws", "Route53"] as const) : (["azure", "Traffic Manager"] as const);
    const otherwise = cloud === "aws" ? "; policy geoproximity goes by coordinates instead" : "";
    return clusters.flatMap((cluster) => {
      const far = standIn(fleet, cluster, cloud);
      if (!far || far.km < FAR_KM) return [];
      return [
        `names.${name}: ${service} measures latency to regions of its own cloud: ${far.region} stands for cluster '${cluster}', ${Math.round(far.km)} km away${otherwise}`,
      ];
    });
  });
}

/** The region that stands for a cluster, and how far it is. */
function standIn(
  fleet: Fleet,
  name: string,
  cloud: "aws" | "azure",
): { readonly region: string; readonly km: number } | undefined {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  const location = cluster && locationOf(cluster);
  const region = location && findRegion(cloud, cloud === "aws" ? location.awsRegion : location.azureRegion);
  return region && { region: region.region, km: distanceKm(location, region) };
}
