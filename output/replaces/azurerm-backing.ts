/** Azure: what stands behind clusters besides registries and machines. */
import { moved } from "./azurerm";
import type { Replacement } from "./replacement";

const SOURCE = "hashicorp/azurerm 4.55.0, internal/services";
const VAULT = `${SOURCE}/keyvault/key_vault_resource.go`;
const SECRET = `${SOURCE}/keyvault/key_vault_secret_resource.go`;
const POSTGRES = `${SOURCE}/postgres/postgresql_flexible_server_resource.go`;
const ENDPOINT = `${SOURCE}/network/private_endpoint_resource.go`;
const LINK = `${SOURCE}/privatedns/private_dns_zone_virtual_network_link_resource.go`;

const less = (before: unknown, after: unknown): boolean =>
  typeof before === "number" && typeof after === "number" && after < before;
const older = (before: unknown, after: unknown): boolean => Number(before) > Number(after);

/** What replaces a vault, a PostgreSQL server, a private endpoint. */
export const azurermBackingReplacements: readonly Replacement[] = [
  { type: "azurerm_key_vault", replaces: ["name", "resource_group_name", "soft_delete_retention_days"], source: VAULT },
  { type: "azurerm_key_vault", at: "location", replacesIf: moved, source: VAULT },
  { type: "azurerm_key_vault_secret", replaces: ["name", "key_vault_id"], source: SECRET },
  {
    type: "azurerm_postgresql_flexible_server",
    replaces: [
      "name",
      "resource_group_name",
      "delegated_subnet_id",
      "geo_redundant_backup_enabled",
      "point_in_time_restore_time_in_utc",
      "source_server_id",
      "customer_managed_key",
    ],
    source: POSTGRES,
  },
  { type: "azurerm_postgresql_flexible_server", at: "location", replacesIf: moved, source: POSTGRES },
  { type: "azurerm_postgresql_flexible_server", at: "storage_mb", replacesIf: less, source: `${POSTGRES}, CustomizeDiff` },
  { type: "azurerm_postgresql_flexible_server", at: "version", replacesIf: older, source: `${POSTGRES}, CustomizeDiff` },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "administrator_login",
    replacesIf: (before) => before !== null && before !== "",
    source: `${POSTGRES}, CustomizeDiff`,
  },
  {
    type: "azurerm_postgresql_flexible_server_active_directory_administrator",
    replaces: ["object_id", "principal_name", "principal_type", "resource_group_name", "server_name", "tenant_id"],
    source: `${SOURCE}/postgres/postgresql_flexible_server_active_directory_administrator_resource.go`,
  },
  {
    type: "azurerm_private_endpoint",
    replaces: ["name", "resource_group_name", "subnet_id", "private_service_connection.private_connection_resource_id"],
    source: ENDPOINT,
  },
  { type: "azurerm_private_endpoint", replaces: ["private_service_connection.subresource_names"], source: ENDPOINT },
  { type: "azurerm_private_endpoint", at: "location", replacesIf: moved, source: ENDPOINT },
  {
    type: "azurerm_private_dns_zone",
    replaces: ["name", "resource_group_name"],
    source: `${SOURCE}/privatedns/private_dns_zone_resource.go`,
  },
  {
    type: "azurerm_private_dns_zone_virtual_network_link",
    replaces: ["name", "resource_group_name", "private_dns_zone_name", "virtual_network_id"],
    source: LINK,
  },
];
