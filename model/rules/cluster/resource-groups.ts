import { clusterName } from "../../derived/names";
import { serverRegions, serverShared } from "../../derived/servers";
import type { Problem, Rule } from "../../problems/problem";
import type { AzureCluster, Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

/**
 * No two resource groups of one subscription have one name: azurerm takes a group that exists for a mistake, and AKS a
 * group of nodes that exists too, but only in the middle of an apply.
 */
export const resourceGroups: Rule = (fleet) => {
  const taken = new Map(
    [...fleetGroups(fleet), ...serverGroups(fleet)].map(([subscription, name, owner]) => [`${subscription}/${name}`, owner]),
  );
  return fleet.clusters.filter(isAzure).flatMap((cluster) => {
    const problems: Problem[] = [];
    for (const [name, owner] of clusterGroups(fleet, cluster)) {
      const key = `${cluster.azure.subscriptionId}/${name}`;
      const other = taken.get(key);
      if (other)
        problems.push({
          ...inCluster(cluster, [], `its resource group '${name}' would also be ${other}: choose another name for the cluster`),
          atKey: true,
        });
      else taken.set(key, owner);
    }
    return problems;
  });
};

const isAzure = (cluster: Cluster): cluster is AzureCluster => cluster.cloud === "azure";

/** Groups of the fleet's own stacks: subscription, name, what they are. */
function fleetGroups({ name, dns }: Fleet): readonly (readonly [string, string, string])[] {
  if (!dns.azure) return [];
  const { subscriptionId, resourceGroup = `${name}-dns` } = dns.azure;
  const zone = [subscriptionId, resourceGroup.toLowerCase(), "that of the DNS zone"] as const;
  const profiles = [subscriptionId, `${name}-traffic-manager`, "that of Traffic Manager's profiles"] as const;
  return dns.engine === "azure" ? [zone, profiles] : [profiles];
}

/** Groups of what outlives clusters with servers. */
function serverGroups(fleet: Fleet): readonly (readonly [string, string, string])[] {
  return [...serverRegions(fleet)].flatMap(([region, [first]]) => {
    const { subscriptionId } = first!.azure;
    return [
      [subscriptionId, serverShared.resourceGroup(fleet.name, region), `that of the servers' vaults in ${region}`] as const,
      [subscriptionId, serverShared.snapshotGroup(fleet.name, region), `that of the servers' snapshots in ${region}`] as const,
    ];
  });
}

function clusterGroups(fleet: Fleet, cluster: AzureCluster): readonly (readonly [string, string])[] {
  const name = clusterName(fleet.name, cluster.name);
  return [
    [name, `that of cluster '${cluster.name}'`],
    [`${name}-nodes`, `that of the nodes of cluster '${cluster.name}'`],
  ];
}
