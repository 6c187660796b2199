import { isJsonObject, type Json, type JsonObject } from "../json";

/**
 * Lists of the synthesized JSON whose order says nothing: their providers take them as sets. Paths leave list positions
 * out. Source: the pinned providers' schemas, against which a test holds them.
 */
export const SETS: Readonly<Record<string, readonly string[]>> = {
  aws_db_subnet_group: ["subnet_ids"],
  aws_eks_cluster: ["enabled_cluster_log_types", "vpc_config.subnet_ids"],
  aws_eks_node_group: ["subnet_ids"],
  aws_lb: ["subnet_mapping"],
  aws_vpc_endpoint: ["route_table_ids"],
  azurerm_cosmosdb_account: ["geo_location"],
  azurerm_kubernetes_cluster: ["default_node_pool.zones"],
  azurerm_kubernetes_cluster_node_pool: ["zones"],
  azurerm_monitor_diagnostic_setting: ["enabled_log"],
  azurerm_network_security_group: ["security_rule"],
  azurerm_public_ip: ["zones"],
  azurerm_virtual_network: ["address_space"],
  google_container_cluster: ["node_locations"],
  google_container_node_pool: ["node_locations"],
  google_project_iam_custom_role: ["permissions"],
};

/** A resource's block with its sets in one order, so that two blocks of the same meaning are the same. */
export function inOneOrder(type: string, block: JsonObject): JsonObject {
  return (SETS[type] ?? []).reduce<JsonObject>((sorted, path) => sortedAt(sorted, path.split(".")) as JsonObject, block);
}

function sortedAt(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined) return Array.isArray(value) ? [...value].sort(byText) : value;
  if (Array.isArray(value)) return value.map((item) => sortedAt(item, [key, ...rest]));
  const inside = isJsonObject(value) ? value[key] : undefined;
  return inside === undefined ? value : { ...(value as JsonObject), [key]: sortedAt(inside, rest) };
}

const byText = (one: Json, other: Json): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
