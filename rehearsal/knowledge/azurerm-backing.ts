/** Azure: what stands behind clusters besides registries and machines: vaults, PostgreSQL, private endpoints. */
import type { ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/azurerm 4.55.0, internal/services";
const VAULT = `${SOURCE}/keyvault/key_vault_resource.go`;
const SECRET = `${SOURCE}/keyvault/key_vault_secret_resource.go`;
const POSTGRES = `${SOURCE}/postgres/postgresql_flexible_server_resource.go`;
const MYSQL = `${SOURCE}/mysql/mysql_flexible_server_resource.go`;
const MODES = ["Default", "GeoRestore", "PointInTimeRestore", "Replica"];

/** What both kinds of flexible servers ask of each way in which they can be made. */
function made(config: ValueObject): string | undefined {
  const mode = config.create_mode ?? "Default";
  if (mode !== "Default" && !config.source_server_id) return `create_mode ${String(mode)} needs 'source_server_id'.`;
  if (mode === "PointInTimeRestore" && !config.point_in_time_restore_time_in_utc)
    return "create_mode PointInTimeRestore needs 'point_in_time_restore_time_in_utc'.";
  if (mode !== "Default") return undefined;
  if (!config.administrator_login) return "create_mode Default needs 'administrator_login'.";
  if (!config.sku_name) return "create_mode Default needs 'sku_name'.";
  const hasPassword = config.administrator_password || config.administrator_password_wo;
  return hasPassword || config.administrator_password_wo_version
    ? undefined
    : "create_mode Default needs an administrator's password.";
}

function standby(config: ValueObject): string | undefined {
  if (inner(config, "high_availability", "mode") === null) return undefined;
  if (String(config.sku_name).startsWith("B_")) return "A burstable size has no high availability: take GP_ or MO_.";
  return config.create_mode === "Replica" ? "A replica has no standby: leave 'high_availability' out." : undefined;
}

/** Facts about what databases and registries need. */
export const azurermBackingLines: readonly Line[] = [
  {
    type: "azurerm_key_vault",
    at: "name",
    matches: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    say: "3 to 24 letters, digits and single hyphens, starting with a letter",
    source: `${SOURCE}/keyvault/validate, VaultName`,
  },
  { type: "azurerm_key_vault", at: "sku_name", oneOf: ["standard", "premium"], source: VAULT },
  { type: "azurerm_key_vault", at: "soft_delete_retention_days", between: [7, 90], source: VAULT },
  {
    type: "azurerm_key_vault_secret",
    at: "name",
    matches: /^[0-9a-zA-Z-]{1,127}$/,
    say: "at most 127 letters, digits and hyphens",
    source: `${SOURCE}/keyvault/validate, NestedItemName`,
  },
  { type: "azurerm_key_vault_secret", exactlyOne: ["value", "value_wo"], source: SECRET },
  { type: "azurerm_key_vault_secret", given: "value_wo", needs: ["value_wo_version"], source: SECRET },
  { type: "azurerm_key_vault_secret", at: "tags", length: [0, 15], source: SECRET },
  { type: "azurerm_key_vault_secret", recomputes: ["id", "version", "resource_id"], source: `${SECRET}, update: a new version` },

  {
    type: "azurerm_postgresql_flexible_server",
    at: "name",
    matches: /^(?=.{3,63}$)[a-z0-9]([a-z0-9-]+[a-z0-9])?$/,
    say: "3 to 63 lower-case letters, digits or hyphens, no hyphen at either end",
    source: `${SOURCE}/postgres/validate, FlexibleServerName`,
  },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "version",
    oneOf: ["11", "12", "13", "14", "15", "16", "17", "18"],
    source: POSTGRES,
  },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "storage_mb",
    oneOf: [32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4193280, 4194304, 8388608, 16777216, 33553408],
    source: POSTGRES,
  },
  { type: "azurerm_postgresql_flexible_server", at: "backup_retention_days", between: [7, 35], source: POSTGRES },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "create_mode",
    oneOf: [...MODES, "ReviveDropped", "Update"],
    source: POSTGRES,
  },
  { type: "azurerm_postgresql_flexible_server", at: "replication_role", oneOf: ["None"], source: POSTGRES },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "high_availability.mode",
    oneOf: ["SameZone", "ZoneRedundant"],
    source: POSTGRES,
  },
  {
    type: "azurerm_postgresql_flexible_server",
    at: "sku_name",
    matches: /^(B_Standard_B\d+m?s(_v2)?|(GP|MO)_Standard_[DE]\d+[a-z]*s(_v[2-6])?)$/,
    say: "a size such as B_Standard_B2s, GP_Standard_D2ds_v5 or MO_Standard_E4ds_v5",
    source: `${SOURCE}/postgres/validate, FlexibleServerSkuName`,
  },
  {
    type: "azurerm_postgresql_flexible_server_active_directory_administrator",
    at: "principal_type",
    oneOf: ["Group", "ServicePrincipal", "User"],
    source: `${SOURCE}/postgres/postgresql_flexible_server_active_directory_administrator_resource.go`,
  },
  ...[
    { type: "azurerm_postgresql_flexible_server", source: POSTGRES },
    { type: "azurerm_mysql_flexible_server", source: MYSQL },
  ].flatMap(({ type, source }): Line[] => [
    { type, given: "administrator_password_wo", needs: ["administrator_password_wo_version"], source },
    { type, given: "administrator_password_wo_version", needs: ["administrator_password_wo"], source },
    { type, atMostOne: ["administrator_password", "administrator_password_wo"], source },
    { type, check: made, when: "apply", source: `${source}, create` },
    { type, check: standby, when: "apply", source: "Flexible Server docs, High availability: limitations" },
  ]),
  { type: "azurerm_mysql_flexible_server", at: "create_mode", oneOf: MODES, source: MYSQL },
  { type: "azurerm_mysql_flexible_server", at: "replication_role", oneOf: ["None"], source: MYSQL },

  {
    type: "azurerm_private_endpoint",
    at: "private_service_connection.subresource_names",
    oneOf: ["mysqlServer", "postgresqlServer", "MongoDB", "registry", "vault", "blob"],
    source: "Azure Private Link docs, private-link resource",
  },
];
