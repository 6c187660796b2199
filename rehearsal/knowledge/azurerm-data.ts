/** Azure: registries, databases, disks, machines. */
import type { Value, ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/azurerm 4.55.0, internal/services";
const REGISTRY = `${SOURCE}/containers/container_registry_resource.go`;
const COSMOS = `${SOURCE}/cosmos/cosmosdb_account_resource.go`;
const MYSQL = `${SOURCE}/mysql/mysql_flexible_server_resource.go`;
const DISK = `${SOURCE}/compute/managed_disk_resource.go`;
const SNAPSHOT = `${SOURCE}/compute/snapshot_resource.go`;
const MACHINE = `${SOURCE}/compute/linux_virtual_machine_resource.go`;

const short = (location: Value): string => String(location).toLowerCase().replaceAll(" ", "");
const blocks = (config: ValueObject, name: string): readonly ValueObject[] =>
  Array.isArray(config[name]) ? (config[name] as readonly ValueObject[]) : [];

/** Replicas below Premium, at home, or out of order. */
function replicas(config: ValueObject): string | undefined {
  const places = blocks(config, "georeplications").map(({ location }) => short(location ?? null));
  if (places.length === 0) return undefined;
  if (config.sku !== "Premium") return "georeplications need sku Premium.";
  if (places.includes(short(config.location ?? null)))
    return `georeplications must not hold the registry's own location ${String(config.location)}.`;
  return places.some((place, i) => i > 0 && place < (places[i - 1] ?? ""))
    ? `georeplications must be sorted by location, or every plan shows a change: ${[...places].sort().join(", ")}.`
    : undefined;
}

function failover(config: ValueObject): string | undefined {
  const priorities = blocks(config, "geo_location").map(({ failover_priority: priority }) => Number(priority));
  const places = blocks(config, "geo_location").map(({ location }) => short(location ?? null));
  if (new Set(places).size < places.length) return `geo_location names a region twice: ${places.join(", ")}.`;
  return [...priorities].sort((a, b) => a - b).some((priority, i) => priority !== i)
    ? `geo_location: failover_priority must run from 0 without a gap, it is ${priorities.join(", ")}.`
    : undefined;
}

function staleness(config: ValueObject): string | undefined {
  if (
    inner(config, "consistency_policy", "consistency_level") !== "BoundedStaleness" ||
    blocks(config, "geo_location").length < 2
  )
    return undefined;
  const seconds = Number(inner(config, "consistency_policy", "max_interval_in_seconds") ?? 5);
  const prefix = Number(inner(config, "consistency_policy", "max_staleness_prefix") ?? 100);
  return seconds < 300 || prefix < 100000
    ? `BoundedStaleness over several regions needs max_interval_in_seconds of 300 and max_staleness_prefix of 100000 at least, not ${seconds} and ${prefix}.`
    : undefined;
}

function login(config: ValueObject): string | undefined {
  return config.disable_password_authentication !== false && blocks(config, "admin_ssh_key").length === 0
    ? "Without password login the machine needs an 'admin_ssh_key'."
    : undefined;
}

/** Facts about Azure's data services. */
export const azurermDataLines: readonly Line[] = [
  {
    type: "azurerm_container_registry",
    at: "name",
    matches: /^[a-zA-Z0-9]{5,50}$/,
    say: "5 to 50 letters or digits",
    source: REGISTRY,
  },
  { type: "azurerm_container_registry", at: "sku", oneOf: ["Basic", "Standard", "Premium"], source: REGISTRY },
  { type: "azurerm_container_registry", at: "network_rule_bypass_option", oneOf: ["AzureServices", "None"], source: REGISTRY },
  { type: "azurerm_container_registry", check: replicas, source: `${REGISTRY}, CustomizeDiff; order: read of georeplications` },

  {
    type: "azurerm_cosmosdb_account",
    at: "name",
    matches: /^[a-z0-9][-a-z0-9]{2,43}$/,
    say: "3 to 44 lower-case letters, digits or hyphens",
    source: `${COSMOS}; Azure resource naming rules`,
  },
  { type: "azurerm_cosmosdb_account", at: "offer_type", oneOf: ["Standard"], source: COSMOS },
  { type: "azurerm_cosmosdb_account", at: "kind", oneOf: ["GlobalDocumentDB", "MongoDB", "Parse"], source: COSMOS },
  {
    type: "azurerm_cosmosdb_account",
    at: "mongo_server_version",
    oneOf: ["3.2", "3.6", "4.0", "4.2", "5.0", "6.0", "7.0"],
    source: COSMOS,
  },
  {
    type: "azurerm_cosmosdb_account",
    at: "consistency_policy.consistency_level",
    oneOf: ["BoundedStaleness", "ConsistentPrefix", "Eventual", "Session", "Strong"],
    source: COSMOS,
  },
  { type: "azurerm_cosmosdb_account", at: "consistency_policy.max_interval_in_seconds", between: [5, 86400], source: COSMOS },
  { type: "azurerm_cosmosdb_account", at: "backup.type", oneOf: ["Continuous", "Periodic"], source: COSMOS },
  { type: "azurerm_cosmosdb_account", check: failover, when: "apply", source: `${COSMOS}, create; Cosmos DB REST API, Location` },
  { type: "azurerm_cosmosdb_account", check: staleness, when: "apply", source: `${COSMOS}, create` },
  {
    type: "azurerm_cosmosdb_mongo_database",
    atMostOne: ["throughput", "autoscale_settings"],
    source: `${SOURCE}/cosmos/cosmosdb_mongo_database_resource.go`,
  },
  {
    type: "azurerm_cosmosdb_mongo_database",
    at: "throughput",
    between: [400, 1000000],
    source: `${SOURCE}/cosmos/common/throughput.go`,
  },

  {
    type: "azurerm_mysql_flexible_server",
    at: "name",
    matches: /^(?=.{3,63}$)[a-z0-9]([a-z0-9-]+[a-z0-9])?$/,
    say: "3 to 63 lower-case letters, digits or hyphens, no hyphen at either end",
    source: MYSQL,
  },
  { type: "azurerm_mysql_flexible_server", at: "version", oneOf: ["5.7", "8.0.21", "8.4"], source: MYSQL },
  {
    type: "azurerm_mysql_flexible_server",
    at: "sku_name",
    matches:
      /^(B_Standard_B(1|1m|2|2m|4m|8m|12m|16m|20m)s|GP_Standard_D(2|4|8|16|32|48|64)(ds_v4|ads_v5)|MO_Standard_E\d+i?d?[a-z]*_v[45])$/,
    say: "a size such as B_Standard_B2s, GP_Standard_D2ds_v4 or MO_Standard_E2ds_v4",
    source: `${SOURCE}/mysql/validate, FlexibleServerSkuName`,
  },
  { type: "azurerm_mysql_flexible_server", at: "backup_retention_days", between: [1, 35], source: MYSQL },
  { type: "azurerm_mysql_flexible_server", at: "storage.size_gb", between: [20, 16384], source: MYSQL },
  { type: "azurerm_mysql_flexible_server", at: "storage.iops", between: [360, 48000], source: MYSQL },
  { type: "azurerm_mysql_flexible_server", at: "high_availability.mode", oneOf: ["SameZone", "ZoneRedundant"], source: MYSQL },
  { type: "azurerm_mysql_flexible_server", at: "public_network_access", oneOf: ["Enabled", "Disabled"], source: MYSQL },

  {
    type: "azurerm_managed_disk",
    at: "create_option",
    oneOf: ["Copy", "Empty", "FromImage", "Import", "ImportSecure", "Restore", "Upload"],
    source: DISK,
  },
  {
    type: "azurerm_managed_disk",
    at: "storage_account_type",
    oneOf: ["Standard_LRS", "StandardSSD_ZRS", "Premium_LRS", "PremiumV2_LRS", "Premium_ZRS", "StandardSSD_LRS", "UltraSSD_LRS"],
    source: DISK,
  },
  { type: "azurerm_managed_disk", at: "network_access_policy", oneOf: ["AllowAll", "AllowPrivate", "DenyAll"], source: DISK },
  {
    type: "azurerm_managed_disk",
    check: (config) =>
      config.create_option === "Copy" && !config.source_resource_id
        ? "create_option Copy needs 'source_resource_id'."
        : undefined,
    when: "apply",
    source: `${DISK}, create`,
  },
  { type: "azurerm_snapshot", at: "create_option", oneOf: ["Copy", "Import"], source: SNAPSHOT },
  { type: "azurerm_linux_virtual_machine", at: "os_disk.caching", oneOf: ["None", "ReadOnly", "ReadWrite"], source: MACHINE },
  {
    type: "azurerm_linux_virtual_machine",
    at: "custom_data",
    matches: /^[A-Za-z0-9+/\s]*={0,2}$/,
    say: "base64",
    source: MACHINE,
  },
  { type: "azurerm_linux_virtual_machine", at: "patch_mode", oneOf: ["AutomaticByPlatform", "ImageDefault"], source: MACHINE },
  { type: "azurerm_linux_virtual_machine", exactlyOne: ["source_image_id", "source_image_reference"], source: MACHINE },
  { type: "azurerm_linux_virtual_machine", check: login, when: "apply", source: `${MACHINE}, create` },
  {
    type: "azurerm_virtual_machine_data_disk_attachment",
    at: "caching",
    oneOf: ["None", "ReadOnly", "ReadWrite"],
    source: `${SOURCE}/compute/virtual_machine_data_disk_attachment_resource.go`,
  },
];
