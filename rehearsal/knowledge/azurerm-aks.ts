/** AKS. What only the create code or the service refuses is marked "apply". */
import type { ValueObject } from "../protocol/values";
import { autoScaling, OS_SKUS } from "./azurerm-aks-pools";
import { inner } from "./facts";
import type { Line } from "./line";

const CLUSTER = "hashicorp/azurerm 4.55.0, internal/services/containers/kubernetes_cluster_resource.go";
const POOLS = "hashicorp/azurerm 4.55.0, internal/services/containers/kubernetes_nodepool.go";
const DOCS = "AKS documentation";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

function cilium(config: ValueObject): string | undefined {
  const [plugin, mode, plane, policy] = ["network_plugin", "network_plugin_mode", "network_data_plane", "network_policy"].map(
    (name) => inner(config, "network_profile", name),
  );
  if (policy === "cilium" && plane !== "cilium") return "network_policy cilium needs network_data_plane cilium.";
  if (plane !== "cilium") return undefined;
  const podSubnet = inner(config, "default_node_pool", "pod_subnet_id");
  return plugin === "azure" && (mode === "overlay" || podSubnet)
    ? undefined
    : "network_data_plane cilium needs network_plugin azure, with network_plugin_mode overlay or pod_subnet_id.";
}

function defaultPool(config: ValueObject): ValueObject {
  const pool = Array.isArray(config.default_node_pool) ? config.default_node_pool[0] : undefined;
  return (pool ?? {}) as ValueObject;
}

function cluster(config: ValueObject): string | undefined {
  if (config.workload_identity_enabled === true && config.oidc_issuer_enabled !== true)
    return "workload_identity_enabled needs oidc_issuer_enabled.";
  if (config.cost_analysis_enabled === true && (config.sku_tier ?? "Free") === "Free")
    return "cost_analysis_enabled needs sku_tier Standard or Premium.";
  if (config.automatic_upgrade_channel === "node-image" && (config.node_os_upgrade_channel ?? "NodeImage") !== "NodeImage")
    return "automatic_upgrade_channel node-image needs node_os_upgrade_channel NodeImage.";
  if (config.support_plan === "AKSLongTermSupport" && config.sku_tier !== "Premium")
    return "support_plan AKSLongTermSupport needs sku_tier Premium.";
  const aad = Array.isArray(config.azure_active_directory_role_based_access_control)
    ? config.azure_active_directory_role_based_access_control
    : [];
  if (config.local_account_disabled === true && aad.length === 0)
    return "local_account_disabled needs azure_active_directory_role_based_access_control.";
  const ranges = inner(config, "api_server_access_profile", "authorized_ip_ranges");
  return config.private_cluster_enabled === true && Array.isArray(ranges) && ranges.length > 0
    ? "A private cluster takes no authorized_ip_ranges."
    : undefined;
}

function serviceNetwork(config: ValueObject): string | undefined {
  const [range, dns] = ["service_cidr", "dns_service_ip"].map((name) => inner(config, "network_profile", name));
  return Boolean(range) === Boolean(dns)
    ? undefined
    : "network_profile: service_cidr and dns_service_ip are set both or neither.";
}

function weekly(config: ValueObject): string | undefined {
  for (const name of ["maintenance_window_auto_upgrade", "maintenance_window_node_os"])
    if (inner(config, name, "frequency") === "Weekly" && !inner(config, name, "day_of_week"))
      return `${name}: a weekly window needs day_of_week.`;
  return undefined;
}

/** Facts about AKS. */
export const azurermAksLines: readonly Line[] = [
  {
    type: "azurerm_kubernetes_cluster",
    at: "name",
    matches: /^[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?$/,
    say: "1 to 63 letters, digits, - or _, with a letter or digit at both ends",
    when: "apply",
    source: "Azure resource naming rules, Microsoft.ContainerService",
  },
  { type: "azurerm_kubernetes_cluster", exactlyOne: ["dns_prefix", "dns_prefix_private_cluster"], source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "dns_prefix",
    matches: /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$/,
    say: "1 to 54 letters, digits or hyphens, no hyphen at either end",
    source: CLUSTER,
  },
  { type: "azurerm_kubernetes_cluster", exactlyOne: ["identity", "service_principal"], source: CLUSTER },
  { type: "azurerm_kubernetes_cluster", at: "sku_tier", oneOf: ["Free", "Standard", "Premium"], source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "support_plan",
    oneOf: ["KubernetesOfficial", "AKSLongTermSupport"],
    source: CLUSTER,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "automatic_upgrade_channel",
    oneOf: ["patch", "rapid", "node-image", "stable"],
    source: CLUSTER,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "node_os_upgrade_channel",
    oneOf: ["Unmanaged", "SecurityPatch", "NodeImage", "None"],
    source: CLUSTER,
  },
  { type: "azurerm_kubernetes_cluster", at: "identity.type", oneOf: ["SystemAssigned", "UserAssigned"], source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.network_plugin",
    oneOf: ["azure", "kubenet", "none"],
    source: CLUSTER,
  },
  { type: "azurerm_kubernetes_cluster", at: "network_profile.network_plugin_mode", oneOf: ["overlay"], source: CLUSTER },
  { type: "azurerm_kubernetes_cluster", at: "network_profile.network_data_plane", oneOf: ["azure", "cilium"], source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.network_policy",
    oneOf: ["calico", "azure", "cilium"],
    source: CLUSTER,
  },
  { type: "azurerm_kubernetes_cluster", at: "network_profile.load_balancer_sku", oneOf: ["basic", "standard"], source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.outbound_type",
    oneOf: ["loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"],
    source: CLUSTER,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "auto_scaler_profile.expander",
    oneOf: ["least-waste", "most-pods", "priority", "random"],
    source: CLUSTER,
  },
  { type: "azurerm_kubernetes_cluster", at: "image_cleaner_interval_hours", between: [24, 2160], source: CLUSTER },
  ...["maintenance_window_auto_upgrade", "maintenance_window_node_os"].flatMap((window): Line[] => [
    { type: "azurerm_kubernetes_cluster", at: `${window}.day_of_week`, oneOf: WEEKDAYS, source: CLUSTER },
    { type: "azurerm_kubernetes_cluster", at: `${window}.duration`, between: [4, 24], source: CLUSTER },
    {
      type: "azurerm_kubernetes_cluster",
      at: `${window}.start_time`,
      matches: /^\d{2}:\d{2}$/,
      say: "hours and minutes, 02:00",
      when: "apply",
      source: `${DOCS}, planned maintenance`,
    },
  ]),
  {
    type: "azurerm_kubernetes_cluster",
    at: "maintenance_window_auto_upgrade.frequency",
    oneOf: ["Weekly", "RelativeMonthly", "AbsoluteMonthly"],
    source: CLUSTER,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "maintenance_window_node_os.frequency",
    oneOf: ["Daily", "Weekly", "RelativeMonthly", "AbsoluteMonthly"],
    source: CLUSTER,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.name",
    matches: /^[a-z][a-z0-9]{0,11}$/,
    say: "1 to 12 lower-case letters or digits, beginning with a letter",
    source: POOLS,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.temporary_name_for_rotation",
    matches: /^[a-z][a-z0-9]{0,11}$/,
    say: "a pool's name",
    source: POOLS,
  },
  { type: "azurerm_kubernetes_cluster", at: "default_node_pool.os_sku", oneOf: OS_SKUS, source: POOLS },
  { type: "azurerm_kubernetes_cluster", at: "default_node_pool.os_disk_type", oneOf: ["Ephemeral", "Managed"], source: POOLS },
  { type: "azurerm_kubernetes_cluster", at: "default_node_pool.min_count", between: [1, 1000], source: POOLS },
  { type: "azurerm_kubernetes_cluster", at: "default_node_pool.max_count", between: [1, 1000], source: POOLS },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.upgrade_settings.drain_timeout_in_minutes",
    between: [0, 1440],
    source: POOLS,
  },
  { type: "azurerm_kubernetes_cluster", check: cluster, when: "apply", source: `${CLUSTER}, create; ${DOCS}` },
  {
    type: "azurerm_kubernetes_cluster",
    check: (config) => autoScaling(defaultPool(config)),
    when: "apply",
    source: `${POOLS}, ExpandDefaultNodePool`,
  },
  { type: "azurerm_kubernetes_cluster", check: cilium, when: "apply", source: `${DOCS}, Azure CNI powered by Cilium` },
  {
    type: "azurerm_kubernetes_cluster",
    check: serviceNetwork,
    when: "apply",
    source: `${CLUSTER}, expandKubernetesClusterNetworkProfile`,
  },
  { type: "azurerm_kubernetes_cluster", check: weekly, when: "apply", source: `${DOCS}, planned maintenance` },
];
