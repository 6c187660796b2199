/** AKS: node pools beside the default one. What only the create code or the service refuses is marked "apply". */
import type { ValueObject } from "../protocol/values";
import type { Line } from "./line";

const POOL = "hashicorp/azurerm 4.55.0, internal/services/containers/kubernetes_cluster_node_pool_resource.go";
const DOCS = "AKS documentation";

/** Images of node pools, the default one included. */
export const OS_SKUS = ["AzureLinux", "AzureLinux3", "Ubuntu", "Ubuntu2204", "Windows2019", "Windows2022"];

/** What is wrong with the counts of a pool, the default one included. */
export function autoScaling(pool: ValueObject): string | undefined {
  const { auto_scaling_enabled: on, min_count: min, max_count: max, node_count: count } = pool;
  if (on !== true)
    return typeof min === "number" || typeof max === "number" ? "min_count and max_count need auto_scaling_enabled." : undefined;
  if (typeof min !== "number" || typeof max !== "number") return "auto_scaling_enabled needs min_count and max_count.";
  if (min > max) return `min_count ${min} is above max_count ${max}.`;
  return typeof count === "number" && (count < min || count > max)
    ? `node_count ${count} is outside ${min} to ${max}.`
    : undefined;
}

function spot(pool: ValueObject): string | undefined {
  const settings = Array.isArray(pool.upgrade_settings) && pool.upgrade_settings.length > 0;
  if (pool.priority === "Spot") return settings ? "A Spot pool takes no upgrade_settings." : undefined;
  return pool.eviction_policy || (typeof pool.spot_max_price === "number" && pool.spot_max_price !== -1)
    ? "eviction_policy and spot_max_price are for pools of priority Spot."
    : undefined;
}

/** Facts about node pools of AKS. */
export const azurermAksPoolLines: readonly Line[] = [
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    at: "name",
    matches: /^[a-z][a-z0-9]{0,11}$/,
    say: "1 to 12 lower-case letters or digits, beginning with a letter",
    source: POOL,
  },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "mode", oneOf: ["System", "User"], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "priority", oneOf: ["Regular", "Spot"], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "eviction_policy", oneOf: ["Delete", "Deallocate"], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "os_sku", oneOf: OS_SKUS, source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "os_type", oneOf: ["Linux", "Windows"], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "os_disk_type", oneOf: ["Ephemeral", "Managed"], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "min_count", between: [0, 1000], source: POOL },
  { type: "azurerm_kubernetes_cluster_node_pool", at: "max_count", between: [0, 1000], source: POOL },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    exactlyOneIn: "upgrade_settings",
    exactlyOne: ["upgrade_settings.max_surge", "upgrade_settings.max_unavailable"],
    source: POOL,
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    check: spot,
    when: "apply",
    source: `${POOL}, create; ${DOCS}, Spot node pools`,
  },
  { type: "azurerm_kubernetes_cluster_node_pool", check: autoScaling, when: "apply", source: `${POOL}, create` },
];
