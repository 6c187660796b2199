import { PrivateEndpoints } from "../../constructs/backing/attachments/azure";
import { azureTargets } from "../../constructs/backing/databases/azure";
import { dataSubnet } from "../../constructs/clusters/aks/data-subnet";
import { databasesOf } from "../../model/derived/databases";
import { clusterName, stackIds } from "../../model/derived/names";
import type { AzureCluster, Cluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import type { ClusterNetwork } from "./make-cluster";

/**
 * A cluster's own ways to its databases, in the network that was made with it. A network that exists may be several
 * clusters': the stack of the database has the way into it.
 */
export function attachDatabases(
  stack: FleetStack,
  cluster: Cluster,
  network: ClusterNetwork | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  const { fleet } = stack.context;
  const databases = databasesOf(fleet, cluster.name);
  for (const [key] of databases) stack.after(stackIds.data(fleet.name, key));
  if (databases.length === 0 || !network) return;
  if (cluster.cloud === "azure" && network.cloud === "azure") azure(stack, cluster, network, tags);
}

function azure(stack: FleetStack, cluster: AzureCluster, network: ClusterNetwork, tags: Readonly<Record<string, string>>): void {
  const { fleet, text } = stack.context;
  const { cidr, nodes, pods, services } = cluster.network;
  if (cidr === undefined) throw new Error(`cluster ${cluster.name} has no network.cidr: the fleet was not loaded by loadFleet`);
  const subnet = dataSubnet(stack, {
    resourceGroup: network.resourceGroup,
    network: network.networkName,
    ranges: { cidr, nodes, pods, services },
  });
  new PrivateEndpoints(stack, "databases", {
    name: clusterName(fleet.name, cluster.name),
    resourceGroup: network.resourceGroup,
    location: cluster.region,
    networkId: network.networkId,
    subnetId: subnet.id,
    targets: databasesOf(text, cluster.name).flatMap(([key, database]) => azureTargets(fleet.name, key, database)),
    tags,
  });
}
