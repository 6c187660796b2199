/** What Azure's database services and its network refuse. */
import { equal } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";

const SERVERS = ["azurerm_mysql_flexible_server", "azurerm_postgresql_flexible_server"] as const;

/** A role can be taken away from a replica that exists, and is refused with a new server. */
const promotedAtBirth = (type: string): Refusal => ({
  type,
  on: ["create"],
  source: "hashicorp/azurerm 4.55.0, create: `replication_role` cannot be set while creating",
  refuse: ({ config }) =>
    config.replication_role ? "A server is promoted once it is there: leave 'replication_role' out of a new one." : undefined,
});

/** The source of a replica must be there, and be no replica itself. */
const followsPrimary = (type: string): Refusal => ({
  type,
  on: ["create"],
  source: "Flexible Server docs, Read replicas",
  refuse: ({ config, cloud }) => {
    if (config.create_mode !== "Replica") return undefined;
    const source = cloud.all(type).find(({ attributes }) => attributes.id === config.source_server_id);
    if (!source) return `The source server ${String(config.source_server_id)} does not exist.`;
    const { create_mode: mode, replication_role: role } = source.attributes;
    return mode === "Replica" && role !== "None" ? "A replica of a replica is not possible: name the primary." : undefined;
  },
});

/** A primary with replicas can't be deleted on MySQL; on PostgreSQL its replicas would stop to follow. */
const hasReplicas: Refusal = {
  type: "azurerm_mysql_flexible_server",
  on: ["delete"],
  source: "Azure Database for MySQL docs, Read replicas: stop replication before the source is deleted",
  refuse: ({ attributes, cloud }) => {
    const replica = cloud
      .all("azurerm_mysql_flexible_server")
      .find(
        (other) =>
          other.attributes.source_server_id === attributes.id &&
          other.attributes.create_mode === "Replica" &&
          other.attributes.replication_role !== "None",
      );
    return replica ? `Replica ${String(replica.attributes.name)} still follows it: delete or promote that first.` : undefined;
  },
};

/** Who administers PostgreSQL by Entra needs a server that takes its tokens. */
const administersByEntra: Refusal = {
  type: "azurerm_postgresql_flexible_server_active_directory_administrator",
  on: ["create"],
  source: "Azure Database for PostgreSQL docs, Use Microsoft Entra ID for authentication",
  refuse: ({ config, cloud }) => {
    const server = cloud
      .all("azurerm_postgresql_flexible_server")
      .find(({ attributes }) => equal(attributes.name, config.server_name));
    if (!server) return undefined;
    const [authentication] = Array.isArray(server.attributes.authentication) ? server.attributes.authentication : [];
    return authentication?.active_directory_auth_enabled === true
      ? undefined
      : `The server ${String(config.server_name)} takes no tokens of Entra: 'authentication.active_directory_auth_enabled' is not true.`;
  },
};

const standbyLater: Refusal = {
  type: "azurerm_mysql_flexible_server",
  on: ["update"],
  source: "Azure Database for MySQL docs, High availability: zone redundancy only when the server is made",
  refuse: ({ prior, attributes }) =>
    blocks(prior?.high_availability) === 0 && blocks(attributes.high_availability) > 0
      ? "High availability can't be added to a server that was made without it."
      : undefined,
};

const blocks = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** One network finds each name in one zone. */
const oneZoneOfAName: Refusal = {
  type: "azurerm_private_dns_zone_virtual_network_link",
  on: ["create"],
  source: "Azure Private DNS docs: a network can be linked to one zone of a name",
  refuse: ({ attributes, cloud }: Attempt) => {
    const other = cloud
      .all("azurerm_private_dns_zone_virtual_network_link")
      .find(
        (link) =>
          equal(link.attributes.virtual_network_id, attributes.virtual_network_id) &&
          equal(link.attributes.private_dns_zone_name, attributes.private_dns_zone_name),
      );
    return other
      ? `The network is linked to a zone ${String(attributes.private_dns_zone_name)} already, by stack ${other.stack}.`
      : undefined;
  },
};

/** Cosmos DB moves its write region by a failover of its own, not by an update. */
const writeRegionMoves: Refusal = {
  type: "azurerm_cosmosdb_account",
  on: ["update"],
  source: "hashicorp/azurerm 4.55.0, cosmosdb_account_resource.go, update",
  refuse: ({ prior, attributes }) => {
    const first = (value: unknown): unknown =>
      (Array.isArray(value) ? value : []).find(({ failover_priority: priority }) => Number(priority) === 0)?.location;
    const [before, after] = [first(prior?.geo_location), first(attributes.geo_location)];
    return before !== undefined && before !== after
      ? `The write region ${String(before)} can't be changed to ${String(after)} here: run az cosmosdb failover-priority-change, then plan again.`
      : undefined;
  },
};

export const azureDatabaseRefusals: readonly Refusal[] = [
  ...SERVERS.flatMap((type) => [promotedAtBirth(type), followsPrimary(type)]),
  hasReplicas,
  administersByEntra,
  standbyLater,
  oneZoneOfAName,
  writeRegionMoves,
];
