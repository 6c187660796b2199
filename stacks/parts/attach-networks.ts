import { PrivateEndpoints } from "../../constructs/backing/attachments/azure";
import { ServiceConnect } from "../../constructs/backing/attachments/google";
import { type AzureDatabase, azureDatabase, azureTargets } from "../../constructs/backing/databases/azure";
import type { GoogleDatabase } from "../../constructs/backing/databases/google";
import { servingServers, wayRange } from "../../model/derived/databases";
import { shorten, shortHash } from "../../model/derived/names";
import { azureDatabaseNetworks, googleDatabaseNetworks } from "../../model/derived/shared-networks";
import type { Database } from "../../model/schema/databases";
import type { FleetStack } from "../fleet-stack";

/** Private endpoints in Azure networks that exist, each in the subnet of the nodes of its first cluster: once, however many clusters are in it. */
export function attachAzureNetworks(
  stack: FleetStack,
  key: string,
  database: Database,
  made: AzureDatabase,
  tags: Readonly<Record<string, string>>,
): void {
  const { fleet, text } = stack.context;
  for (const { networkId, subnetId, location } of azureDatabaseNetworks(text, database)) {
    const zone = azureTargets(fleet.name, key, database)[0]?.zone ?? "";
    const hash = shortHash(networkId.toLowerCase());
    new PrivateEndpoints(stack, `network-${hash}`, {
      name: `${fleet.name}-${key}-${hash}`,
      resourceGroup: azureDatabase.networkGroup(fleet.name, key, hash),
      ownGroup: true,
      location,
      networkId,
      subnetId,
      targets: azureTargets(fleet.name, key, database),
      zoneIds: database.privateDnsZoneId ? { [zone]: database.privateDnsZoneId } : undefined,
      after: made.made,
      tags,
    });
  }
}

/** Private Service Connect into Google networks that exist, at the place of the first cluster of each. */
export function attachGoogleNetworks(stack: FleetStack, key: string, database: Database, made: GoogleDatabase): void {
  const { fleet, text } = stack.context;
  for (const { id, path, first } of googleDatabaseNetworks(text, database))
    for (const server of servingServers(database)) {
      const { dnsName, pscServiceAttachmentLink } = made.servers.get(server.key)!;
      new ServiceConnect(stack, `network-${shortHash(id)}-${server.key}`, {
        name: shorten(`${fleet.name}-${key}-${server.key}-${shortHash(id)}`, 62),
        projectId: first.google.projectId,
        network: path,
        region: server.region,
        cidr: wayRange(database, server, first.name),
        target: pscServiceAttachmentLink,
        dnsName,
      });
    }
}
