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
  const opened = blocksOf(config, "ephemeral").filter(([type]) => !MADE_HERE.has(type));
  return [
    ...given(config, "ephemeral").map((name) => `is given ${name}`),
    ...opened.map(([type]) => `opens ${type}`),
    ...secretsInState(config),
  ];
}

/**
 * The secrets of a stack that its state holds, for whoever reads that state. What is ephemeral is in no state
 * (developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral).
 */
export function secretsInState(config: JsonObject): readonly string[] {
  const read = blocksOf(config, "data").filter(([type]) => SECRET_DATA.has(type));
  const kept = blocksOf(config, "resource").filter(
    ([type, blocks]) => type in SECRET_IN_STATE && blocks.some((block) => !SECRET_IN_STATE[type]?.(block)),
  );
  return [
    ...given(config, "sensitive").map((name) => `is given ${name}`),
    ...read.map(([type]) => `reads ${type}`),
    ...kept.map(([type]) => `keeps the secrets of ${type} in its state`),
  ];
}

/** Variables that are ephemeral, or sensitive without being it. */
function given(config: JsonObject, kind: "ephemeral" | "sensitive"): readonly string[] {
  return Object.entries(member(config, "variable")).flatMap(([name, variable]: [string, Json]) => {
    const { ephemeral, sensitive } = member(variable);
    return (kind === "ephemeral" ? ephemeral === true : sensitive === true && ephemeral !== true) ? [name] : [];
  });
}

/** Blocks of one kind by type. */
function blocksOf(config: JsonObject, kind: string): readonly (readonly [string, readonly JsonObject[]])[] {
  return Object.entries(member(config, kind))
    .map(([type, ofType]) => [type, Object.values(isJsonObject(ofType) ? ofType : {}).filter(isJsonObject)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
