import { Peering } from "../../constructs/backing/attachments/aws";
import { PrivateEndpoints } from "../../constructs/backing/attachments/azure";
import { ServiceConnect } from "../../constructs/backing/attachments/google";
import { azureTargets } from "../../constructs/backing/databases/azure";
import { serverOutput } from "../../constructs/backing/databases/outputs";
import { dataSubnet } from "../../constructs/clusters/aks/data-subnet";
import { type DatabaseServer, databasesOf, serverRange, servingServers, wayRange } from "../../model/derived/databases";
import { clusterName, shorten, stackIds } from "../../model/derived/names";
import { PORTS } from "../../model/limits/databases";
import type { Cluster } from "../../model/schema/cluster";
import type { Database } from "../../model/schema/databases";
import type { FleetStack } from "../fleet-stack";
import type { ClusterNetwork } from "./make-cluster";

type Tags = Readonly<Record<string, string>>;
type Network<C extends ClusterNetwork["cloud"]> = Extract<ClusterNetwork, { cloud: C }>;

/**
 * A cluster's own ways to its databases, in the network that was made with it. A network that exists may be several
 * clusters': the stack of the database has the way into it.
 */
export function attachDatabases(stack: FleetStack, cluster: Cluster, network: ClusterNetwork | undefined, tags: Tags): void {
  const { fleet, text } = stack.context;
  const databases = databasesOf(text, cluster.name);
  for (const [key] of databases) stack.after(stackIds.data(fleet.name, key));
  if (databases.length === 0 || !network) return;
  if (network.cloud === "azure") azure(stack, cluster, network, tags);
  else
    for (const [key, database] of databases)
      if (network.cloud === "aws") aws(stack, cluster, network, key, database, tags);
      else google(stack, cluster, network, key, database);
}

function azure(stack: FleetStack, cluster: Cluster, network: Network<"azure">, tags: Tags): void {
  const { fleet, text } = stack.context;
  const subnet = endpointSubnet(stack, cluster, network);
  new PrivateEndpoints(stack, "databases", {
    name: clusterName(fleet.name, cluster.name),
    resourceGroup: network.resourceGroup,
    location: network.location,
    networkId: network.networkId,
    subnetId: subnet.id,
    targets: databasesOf(text, cluster.name).flatMap(([key, database]) => azureTargets(fleet.name, key, database)),
    tags,
  });
}

/** The subnet of a cluster's own network that its private endpoints are in. */
export function endpointSubnet(stack: FleetStack, cluster: Cluster, network: Network<"azure">) {
  const { cidr, nodes, pods, services } = network.ranges;
  if (cidr === undefined) throw new Error(`cluster ${cluster.name} has no network.cidr: the fleet was not loaded by loadFleet`);
  return dataSubnet(stack, {
    resourceGroup: network.resourceGroup,
    network: network.networkName,
    ranges: { cidr, nodes, pods, services },
  });
}

function aws(stack: FleetStack, cluster: Cluster, network: Network<"aws">, key: string, database: Database, tags: Tags): void {
  const { fleet } = stack.context;
  const outputs = stack.read(`database-${key}`, stackIds.data(fleet.name, key));
  for (const server of servingServers(database)) {
    const read = (what: string) => outputs.getString(serverOutput(what, server));
    new Peering(stack, wayId(key, server), {
      name: `${clusterName(fleet.name, cluster.name)}-${key}-${server.key}`,
      cluster: network,
      server: {
        vpcId: read("vpc_id"),
        cidr: serverRange(database, server),
        region: server.region,
        routeTableId: read("route_table_id"),
        securityGroupId: read("security_group_id"),
        port: PORTS[database.engine],
      },
      tags,
    });
  }
}

function google(stack: FleetStack, cluster: Cluster, network: Network<"google">, key: string, database: Database): void {
  const { fleet } = stack.context;
  const outputs = stack.read(`database-${key}`, stackIds.data(fleet.name, key));
  for (const server of servingServers(database))
    new ServiceConnect(stack, wayId(key, server), {
      // 63 characters at most (RFC 1035)
      name: shorten(`${clusterName(fleet.name, cluster.name)}-${key}-${server.key}`, 62),
      projectId: network.projectId,
      network: network.network,
      region: server.region,
      cidr: wayRange(database, server, cluster.name),
      target: outputs.getString(serverOutput("psc_link", server)),
      dnsName: outputs.getString(serverOutput("dns_name", server)),
    });
}

const wayId = (key: string, server: DatabaseServer) => `database-${key}-${server.key}-way`;
