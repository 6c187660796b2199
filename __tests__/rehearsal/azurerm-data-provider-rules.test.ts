import { changed, type Plain, refusalsOf, steps } from "./refused";

const GROUP = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg";
const SUBNET = `${GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes`;
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/one`;
const UUID = "00000000-0000-4000-8000-000000000003";
const azure = { name: "one", location: "westeurope", resource_group_name: "rg" };

/** Configurations that the real provider takes. */
const BASES: Readonly<Record<string, Plain>> = {
  azurerm_mysql_flexible_server: {
    ...azure,
    administrator_login: "dba",
    administrator_password_wo: "Rehearsal-1-invented",
    administrator_password_wo_version: 1,
    sku_name: "GP_Standard_D2ds_v4",
    version: "8.4",
    backup_retention_days: 14,
    high_availability: [{ mode: "ZoneRedundant" }],
    storage: [{ size_gb: 64, auto_grow_enabled: true, io_scaling_enabled: true }],
  },
  azurerm_postgresql_flexible_server: {
    ...azure,
    administrator_login: "dba",
    administrator_password_wo: "Rehearsal-1-invented",
    administrator_password_wo_version: 1,
    sku_name: "GP_Standard_D2ds_v5",
    version: "17",
    storage_mb: 65536,
    backup_retention_days: 14,
  },
  azurerm_cosmosdb_account: {
    ...azure,
    name: "acme-orders-1a2b3c",
    offer_type: "Standard",
    kind: "MongoDB",
    mongo_server_version: "7.0",
    consistency_policy: [{ consistency_level: "Session" }],
    geo_location: [
      { location: "westeurope", failover_priority: 0 },
      { location: "northeurope", failover_priority: 1 },
    ],
    backup: [{ type: "Continuous", tier: "Continuous7Days" }],
  },
  azurerm_key_vault: { ...azure, name: "acme-secrets", sku_name: "standard", tenant_id: UUID, soft_delete_retention_days: 14 },
  azurerm_private_endpoint: {
    ...azure,
    subnet_id: SUBNET,
    private_service_connection: [
      { name: "db", is_manual_connection: false, private_connection_resource_id: CLUSTER, subresource_names: ["mysqlServer"] },
    ],
  },
};

test.each(Object.keys(BASES))("%s as the real provider takes it is not refused", (type) => {
  expect(refusalsOf(type, BASES[type]!)).toEqual([]);
});

/** What the real provider refuses: type, path, value. Each was read in the provider's source at the pinned tag. */
const REFUSED: readonly (readonly [string, string, unknown])[] = [
  ["azurerm_mysql_flexible_server", "name", "Orders"],
  ["azurerm_mysql_flexible_server", "administrator_login", "root"],
  ["azurerm_mysql_flexible_server", "administrator_login", undefined],
  ["azurerm_mysql_flexible_server", "administrator_password_wo_version", undefined],
  ["azurerm_mysql_flexible_server", "backup_retention_days", 36],
  ["azurerm_mysql_flexible_server", "high_availability.0.mode", "Zonal"],
  ["azurerm_mysql_flexible_server", "sku_name", "D2ds_v4"],
  ["azurerm_mysql_flexible_server", "sku_name", undefined],
  ["azurerm_mysql_flexible_server", "storage.0.size_gb", 10],
  ["azurerm_mysql_flexible_server", "storage.0.iops", 400],
  ["azurerm_mysql_flexible_server", "version", "8.0"],
  ["azurerm_mysql_flexible_server", "create_mode", "Replica"],
  ["azurerm_mysql_flexible_server", "delegated_subnet_id", "nodes"],
  ["azurerm_mysql_flexible_server", "customer_managed_key", [{ key_vault_key_id: "https://v.vault.azure.net/keys/k/1" }]],
  ["azurerm_postgresql_flexible_server", "storage_mb", 50000],
  ["azurerm_postgresql_flexible_server", "version", "10"],
  ["azurerm_postgresql_flexible_server", "backup_retention_days", 6],
  ["azurerm_postgresql_flexible_server", "administrator_login", "azure_superuser"],
  ["azurerm_postgresql_flexible_server", "storage_tier", "P5"],
  ["azurerm_postgresql_flexible_server", "maintenance_window", [{ day_of_week: 7 }]],
  ["azurerm_cosmosdb_account", "kind", "Mongo"],
  ["azurerm_cosmosdb_account", "geo_location.1.failover_priority", 2],
  ["azurerm_cosmosdb_account", "geo_location.1.location", "atlantis"],
  ["azurerm_cosmosdb_account", "consistency_policy.0.consistency_level", "Weak"],
  ["azurerm_cosmosdb_account", "backup.0.interval_in_minutes", 240],
  ["azurerm_key_vault", "name", "a_b"],
  ["azurerm_key_vault", "tenant_id", "acme"],
  ["azurerm_key_vault", "soft_delete_retention_days", 91],
  ["azurerm_key_vault", "network_acls", [{ default_action: "Maybe", bypass: "None" }]],
  ["azurerm_private_endpoint", "subnet_id", CLUSTER],
  ["azurerm_private_endpoint", "private_service_connection.0.private_connection_resource_id", undefined],
];

test.each(REFUSED)("%s: %s = %j is refused, as the real provider does", (type, path, value) => {
  const [refusal] = refusalsOf(type, changed(BASES[type], steps(path), value) as Plain);
  expect(refusal).toMatch(/\(Source: .+\.\)$/);
});
