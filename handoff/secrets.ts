import { isJsonObject, type Json, type JsonObject, member } from "../output/json";
import { blocks } from "./values";

/**
 * Types whose state holds a secret though the file names none, because the provider reads it back from the cloud, and
 * the argument that takes the secret's use away. `undefined`: nothing does. Who may only plan must not read such a state.
 * A test compares with the attributes that the providers' schemas call sensitive.
 */
export const SECRET_IN_STATE: Readonly<Record<string, ((block: JsonObject) => boolean) | undefined>> = {
  aws_db_instance: (block) => block.password === undefined,
  aws_rds_cluster: (block) => block.master_password === undefined,
  aws_secretsmanager_secret_version: (block) => block.secret_string === undefined && block.secret_binary === undefined,
  azurerm_container_registry: (block) => block.admin_enabled !== true,
  azurerm_cosmosdb_account: (block) =>
    block.local_authentication_disabled === true || block.local_authentication_enabled === false,
  azurerm_key_vault_secret: (block) => block.value === undefined,
  azurerm_kubernetes_cluster: (block) => block.local_account_disabled === true,
  azurerm_linux_virtual_machine: (block) => block.admin_password === undefined,
  azurerm_log_analytics_workspace: (block) =>
    block.local_authentication_disabled === true || block.local_authentication_enabled === false,
  azurerm_mysql_flexible_server: (block) => block.administrator_password === undefined,
  azurerm_postgresql_flexible_server: (block) => block.administrator_password === undefined,
  azurerm_redis_cache: (block) => block.access_keys_authentication_enabled === false,
  azurerm_storage_account: (block) => block.shared_access_key_enabled === false,
  google_container_cluster: (block) =>
    blocks(block.master_auth)
      .flatMap((auth) => blocks(auth.client_certificate_config))
      .every((config) => config.issue_client_certificate === false),
  google_secret_manager_secret_version: (block) => block.secret_data === undefined,
  google_service_account_key: undefined,
  google_sql_database_instance: (block) => block.root_password === undefined,
  helm_release: (block) => block.set_sensitive === undefined && block.repository_password === undefined,
  kubernetes_secret_v1: (block) => block.data === undefined && block.binary_data === undefined,
  random_password: undefined,
  tls_private_key: undefined,
};

/** Data sources that read a secret. */
const SECRET_DATA = new Set([
  "aws_eks_cluster_auth",
  "aws_secretsmanager_secret_version",
  "azurerm_key_vault_secret",
  "azurerm_kubernetes_cluster",
  "google_client_config",
  "google_secret_manager_secret_version",
  "kubernetes_secret",
  "kubernetes_secret_v1",
]);

/** Ephemeral values that are made rather than read from a store. */
const MADE_HERE = new Set(["random_password"]);

/** Why planning a stack shows secrets to whoever plans it: empty where none does. */
export function secretsOf(config: JsonObject): readonly string[] {
  const of = (block: string): [string, readonly JsonObject[]][] =>
    Object.entries(member(config, block))
      .map(([type, ofType]): [string, readonly JsonObject[]] => [
        type,
        Object.values(isJsonObject(ofType) ? ofType : {}).filter(isJsonObject),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const given = Object.entries(member(config, "variable")).filter(
    ([, variable]: [string, Json]) => isJsonObject(variable) && (variable.sensitive === true || variable.ephemeral === true),
  );
  return [
    ...given.map(([name]) => `is given ${name}`),
    ...of("ephemeral")
      .filter(([type]) => !MADE_HERE.has(type))
      .map(([type]) => `opens ${type}`),
    ...of("data")
      .filter(([type]) => SECRET_DATA.has(type))
      .map(([type]) => `reads ${type}`),
    ...of("resource")
      .filter(([type, blocks]) => type in SECRET_IN_STATE && blocks.some((block) => !SECRET_IN_STATE[type]?.(block)))
      .map(([type]) => `keeps the secrets of ${type} in its state`),
  ];
}
