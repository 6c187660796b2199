/** Azure. */
import type { Replacement } from "./replacement";

/** "West Europe" and "westeurope" are one region (go-azure-helpers, location.Normalize). */
export function moved(before: unknown, after: unknown): boolean {
  const short = (value: unknown): string => String(value).toLowerCase().replaceAll(" ", "");
  return before !== null && short(before) !== short(after);
}

const located = (type: string, file: string): Replacement => ({
  type,
  at: "location",
  replacesIf: moved,
  source: `${AZURE}/${file}`,
});

const AZURE = "hashicorp/azurerm 4.55.0, internal/services";

/** What replaces a resource of Azure, but for AKS. */
export const azurermReplacements: readonly Replacement[] = [
  { type: "azurerm_resource_group", replaces: ["name"], source: `${AZURE}/resource/resource_group_resource.go` },
  {
    type: "azurerm_virtual_network",
    replaces: ["name", "resource_group_name", "edge_zone"],
    source: `${AZURE}/network/virtual_network_resource.go`,
  },
  {
    type: "azurerm_subnet",
    replaces: ["name", "resource_group_name", "virtual_network_name"],
    source: `${AZURE}/network/subnet_resource.go`,
  },
  {
    type: "azurerm_public_ip",
    replaces: [
      "name",
      "resource_group_name",
      "ip_version",
      "public_ip_prefix_id",
      "sku",
      "sku_tier",
      "zones",
      "edge_zone",
      "ip_tags",
    ],
    source: `${AZURE}/network/public_ip_resource.go`,
  },
  {
    type: "azurerm_network_security_group",
    replaces: ["name", "resource_group_name"],
    source: `${AZURE}/network/network_security_group_resource.go`,
  },
  {
    type: "azurerm_network_interface",
    replaces: ["name", "resource_group_name", "edge_zone"],
    source: `${AZURE}/network/network_interface_resource.go`,
  },
  {
    type: "azurerm_user_assigned_identity",
    replaces: ["name", "resource_group_name"],
    source: `${AZURE}/managedidentity/user_assigned_identity_resource.go`,
  },
  {
    type: "azurerm_federated_identity_credential",
    replaces: ["name", "parent_id", "resource_group_name"],
    source: `${AZURE}/managedidentity/federated_identity_credential_resource.go`,
  },
  {
    type: "azurerm_role_assignment",
    replaces: [
      "condition",
      "condition_version",
      "description",
      "name",
      "principal_id",
      "principal_type",
      "role_definition_id",
      "role_definition_name",
      "scope",
    ],
    source: `${AZURE}/authorization/role_assignment_resource.go`,
  },
  {
    type: "azurerm_log_analytics_workspace",
    replaces: ["name", "resource_group_name"],
    source: `${AZURE}/loganalytics/log_analytics_workspace_resource.go`,
  },
  { type: "azurerm_dns_zone", replaces: ["name", "resource_group_name"], source: `${AZURE}/dns/dns_zone_resource.go` },
  {
    type: "azurerm_dns_a_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_a_record_resource.go`,
  },
  {
    type: "azurerm_dns_aaaa_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_aaaa_record_resource.go`,
  },
  {
    type: "azurerm_dns_cname_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_cname_record_resource.go`,
  },
  {
    type: "azurerm_dns_ns_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_ns_record_resource.go`,
  },
  {
    type: "azurerm_dns_txt_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_txt_record_resource.go`,
  },
  {
    type: "azurerm_dns_caa_record",
    replaces: ["name", "resource_group_name", "zone_name"],
    source: `${AZURE}/dns/dns_caa_record_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    replaces: ["name", "resource_group_name", "dns_config.relative_name"],
    source: `${AZURE}/trafficmanager/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_external_endpoint",
    replaces: ["name", "profile_id", "subnet"],
    source: `${AZURE}/trafficmanager/traffic_manager_external_endpoint_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_azure_endpoint",
    replaces: ["name", "profile_id", "subnet"],
    source: `${AZURE}/trafficmanager/traffic_manager_azure_endpoint_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_nested_endpoint",
    replaces: ["name", "profile_id", "subnet"],
    source: `${AZURE}/trafficmanager/traffic_manager_nested_endpoint_resource.go`,
  },
  {
    type: "azurerm_container_registry",
    replaces: ["name", "resource_group_name", "zone_redundancy_enabled"],
    source: `${AZURE}/containers/container_registry_resource.go`,
  },
  {
    type: "azurerm_cosmosdb_account",
    replaces: ["name", "resource_group_name", "kind", "create_mode", "free_tier_enabled", "key_vault_key_id"],
    source: `${AZURE}/cosmos/cosmosdb_account_resource.go`,
  },
  {
    type: "azurerm_cosmosdb_mongo_database",
    replaces: ["name", "resource_group_name", "account_name"],
    source: `${AZURE}/cosmos/cosmosdb_mongo_database_resource.go`,
  },
  {
    type: "azurerm_mysql_flexible_server",
    replaces: [
      "name",
      "resource_group_name",
      "administrator_login",
      "create_mode",
      "delegated_subnet_id",
      "geo_redundant_backup_enabled",
      "private_dns_zone_id",
      "source_server_id",
    ],
    source: `${AZURE}/mysql/mysql_flexible_server_resource.go`,
  },
  {
    type: "azurerm_mysql_flexible_database",
    replaces: ["name", "resource_group_name", "server_name", "charset", "collation"],
    source: `${AZURE}/mysql/mysql_flexible_database_resource.go`,
  },
  {
    type: "azurerm_managed_disk",
    replaces: [
      "name",
      "resource_group_name",
      "zone",
      "create_option",
      "source_resource_id",
      "source_uri",
      "image_reference_id",
      "hyper_v_generation",
    ],
    source: `${AZURE}/compute/managed_disk_resource.go`,
  },
  {
    type: "azurerm_snapshot",
    replaces: ["name", "resource_group_name", "incremental_enabled", "source_resource_id", "source_uri"],
    source: `${AZURE}/compute/snapshot_resource.go`,
  },
  {
    type: "azurerm_linux_virtual_machine",
    replaces: [
      "name",
      "resource_group_name",
      "zone",
      "admin_username",
      "admin_password",
      "admin_ssh_key",
      "computer_name",
      "custom_data",
      "disable_password_authentication",
      "source_image_id",
      "source_image_reference",
      "priority",
      "eviction_policy",
      "availability_set_id",
    ],
    source: `${AZURE}/compute/linux_virtual_machine_resource.go`,
  },
  {
    type: "azurerm_virtual_machine_data_disk_attachment",
    replaces: ["managed_disk_id", "virtual_machine_id", "lun", "create_option"],
    source: `${AZURE}/compute/virtual_machine_data_disk_attachment_resource.go`,
  },
  {
    type: "azurerm_monitor_diagnostic_setting",
    replaces: ["name", "target_resource_id"],
    source: `${AZURE}/monitor/monitor_diagnostic_setting_resource.go`,
  },
  located("azurerm_resource_group", "resource/resource_group_resource.go"),
  located("azurerm_virtual_network", "network/virtual_network_resource.go"),
  located("azurerm_public_ip", "network/public_ip_resource.go"),
  located("azurerm_network_security_group", "network/network_security_group_resource.go"),
  located("azurerm_network_interface", "network/network_interface_resource.go"),
  located("azurerm_user_assigned_identity", "managedidentity/user_assigned_identity_resource.go"),
  located("azurerm_log_analytics_workspace", "loganalytics/log_analytics_workspace_resource.go"),
  located("azurerm_container_registry", "containers/container_registry_resource.go"),
  located("azurerm_cosmosdb_account", "cosmos/cosmosdb_account_resource.go"),
  located("azurerm_mysql_flexible_server", "mysql/mysql_flexible_server_resource.go"),
  located("azurerm_managed_disk", "compute/managed_disk_resource.go"),
  located("azurerm_linux_virtual_machine", "compute/linux_virtual_machine_resource.go"),
  {
    type: "azurerm_cosmosdb_account",
    at: "backup.type",
    replacesIf: (before, after) => before === "Continuous" && after === "Periodic",
    source: `${AZURE}/cosmos/cosmosdb_account_resource.go, CustomizeDiff`,
  },
  {
    type: "azurerm_mysql_flexible_server",
    at: "storage.size_gb",
    replacesIf: (before, after) => typeof before === "number" && typeof after === "number" && after < before,
    source: `${AZURE}/mysql/mysql_flexible_server_resource.go, CustomizeDiff`,
  },
];
