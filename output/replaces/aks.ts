/** AKS. */
import { moved } from "./azurerm";
import type { Replacement } from "./replacement";

const AKS = "hashicorp/azurerm 4.55.0, internal/services/containers";

const CLUSTER = `${AKS}/kubernetes_cluster_resource.go`;
const POOL = `${AKS}/kubernetes_cluster_node_pool_resource.go`;

const wasSet = (before: unknown): boolean => before !== null && before !== "";
const isUnset = (value: unknown): boolean => value === null || value === 0 || value === "";
const unset = (before: unknown, after: unknown): boolean => !isUnset(before) && isUnset(after);

/** What replaces a resource of AKS. */
export const aksReplacements: readonly Replacement[] = [
  {
    type: "azurerm_kubernetes_cluster",
    replaces: [
      "name",
      "resource_group_name",
      "dns_prefix",
      "dns_prefix_private_cluster",
      "disk_encryption_set_id",
      "edge_zone",
      "node_resource_group",
      "private_cluster_enabled",
      "private_dns_zone_id",
      "role_based_access_control_enabled",
      "default_node_pool.name",
      "kubelet_identity.client_id",
      "kubelet_identity.object_id",
      "kubelet_identity.user_assigned_identity_id",
      "network_profile.network_plugin",
      "network_profile.load_balancer_sku",
      "network_profile.dns_service_ip",
      "network_profile.ip_versions",
      "network_profile.pod_cidr",
      "network_profile.pod_cidrs",
      "network_profile.service_cidr",
      "network_profile.service_cidrs",
      "linux_profile.admin_username",
      "windows_profile.admin_username",
    ],
    source: `${AKS}/kubernetes_cluster_resource.go`,
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    replaces: [
      "name",
      "kubernetes_cluster_id",
      "eviction_policy",
      "gpu_instance",
      "host_group_id",
      "node_public_ip_prefix_id",
      "os_type",
      "priority",
      "proximity_placement_group_id",
      "spot_max_price",
      "capacity_reservation_group_id",
    ],
    source: `${AKS}/kubernetes_cluster_node_pool_resource.go`,
  },
  { type: "azurerm_kubernetes_cluster", at: "location", replacesIf: moved, source: CLUSTER },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.network_data_plane",
    replacesIf: wasSet,
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.network_policy",
    replacesIf: wasSet,
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "network_profile.network_plugin_mode",
    replacesIf: (_, after) => after !== "overlay",
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.upgrade_settings.drain_timeout_in_minutes",
    replacesIf: unset,
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.upgrade_settings.undrainable_node_behavior",
    replacesIf: unset,
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster",
    at: "api_server_access_profile.subnet_id",
    replacesIf: unset,
    source: `${CLUSTER}, CustomizeDiff`,
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    at: "upgrade_settings.drain_timeout_in_minutes",
    replacesIf: unset,
    source: `${POOL}, CustomizeDiff`,
  },
];
