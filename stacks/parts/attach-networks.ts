import { PrivateEndpoints } from "../../constructs/backing/attachments/azure";
import { ServiceConnect } from "../../constructs/backing/attachments/google";
import { type AzureDatabase, azureDatabase, azureTargets } from "../../constructs/backing/databases/azure";
import type { GoogleDatabase } from "../../constructs/backing/databases/google";
import { servingServers, wayRange } from "../../model/derived/databases";
import { shorten, shortHash } from "../../model/derived/names";
import type { AzureCluster, GoogleCluster } from "../../model/schema/cluster";
import type { Database } from "../../model/schema/databases";
import type { FleetStack } from "../fleet-stack";

/** Attached clusters in networks that exist, the first of each network: a network is attached once, however many clusters are in it. */
function firstOfEach<C extends AzureCluster | GoogleCluster>(
  stack: FleetStack,
  database: Database,
  cloud: C["cloud"],
  networkOf: (cluster: C) => string,
): ReadonlyMap<string, C> {
  const found = new Map<string, C>();
  for (const name of database.clusters) {
    const cluster = stack.context.text.clusters.find((candidate) => candidate.name === name);
    if (cluster?.cloud !== cloud || !cluster.network.existing) continue;
    const network = networkOf(cluster as C);
    if (!found.has(network)) found.set(network, cluster as C);
  }
  return found;
}

/** Private endpoints in Azure networks that exist, each in the subnet of the nodes of its first cluster. */
export function attachAzureNetworks(
  stack: FleetStack,
  key: string,
  database: Database,
  made: AzureDatabase,
  tags: Readonly<Record<string, string>>,
): void {
  const { fleet } = stack.context;
  const networkOf = ({ network }: AzureCluster) => network.existing?.subnetId?.replace(/\/subnets\/[^/]+$/i, "") ?? "";
  for (const [networkId, cluster] of firstOfEach<AzureCluster>(stack, database, "azure", networkOf)) {
    const zone = azureTargets(fleet.name, key, database)[0]?.zone ?? "";
    const name = `${fleet.name}-${key}-${shortHash(networkId.toLowerCase())}`;
    new PrivateEndpoints(stack, `network-${shortHash(networkId.toLowerCase())}`, {
      name,
      resourceGroup: azureDatabase.vaultGroup(fleet.name, key),
      location: cluster.region,
      networkId,
      subnetId: cluster.network.existing?.subnetId ?? "",
      targets: azureTargets(fleet.name, key, database),
      zoneIds: database.privateDnsZoneId ? { [zone]: database.privateDnsZoneId } : undefined,
      after: made.made,
      tags,
    });
  }
}

/** Private Service Connect into Google networks that exist. */
export function attachGoogleNetworks(stack: FleetStack, key: string, database: Database, made: GoogleDatabase): void {
  const { fleet } = stack.context;
  const networkOf = ({ network }: GoogleCluster) => network.existing?.network ?? "";
  for (const [network, cluster] of firstOfEach<GoogleCluster>(stack, database, "google", networkOf))
    for (const server of servingServers(database)) {
      const { dnsName, pscServiceAttachmentLink } = made.servers.get(server.key)!;
      const { projectId } = cluster.google;
      new ServiceConnect(stack, `network-${shortHash(network)}-${server.key}`, {
        name: shorten(`${fleet.name}-${key}-${server.key}-${shortHash(network)}`, 62),
        projectId,
        network: network.includes("/") ? network : `projects/${projectId}/global/networks/${network}`,
        region: server.region,
        cidr: wayRange(database, server, cluster.name),
        target: pscServiceAttachmentLink,
        dnsName,
      });
    }
}
