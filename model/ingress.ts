import { clusterZones } from "./catalog/zones";
import type { Cluster } from "./schema/cluster";

/**
 * How many public IPv4 addresses a cluster's ingress has: known at synth, so that a record can be made for each. EKS
 * has one for each public subnet, AKS and GKE have one. 0: an existing cluster that is known by a host name.
 */
export function addressCount(cluster: Cluster): number {
  switch (cluster.cloud) {
    case "aws":
      return cluster.network.existing?.publicSubnetIds?.length ?? clusterZones(cluster).length;
    case "azure":
    case "google":
      return 1;
    case "existing":
      return cluster.existing.ingress.ips.length;
  }
}
