/** Google Cloud. */
import { Address4 } from "ip-address";
import type { Replacement } from "./replacement";

const GOOGLE = "hashicorp/google 6.50.0, google";

/** A range may grow in place. */
function leavesOut(before: unknown, after: unknown): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  return Address4.isValid(before) && Address4.isValid(after) && !new Address4(before).isInSubnet(new Address4(after));
}

/** What replaces a resource of Google Cloud. */
export const googleReplacements: readonly Replacement[] = [
  {
    type: "google_compute_network",
    replaces: ["name", "project", "auto_create_subnetworks", "description"],
    source: `${GOOGLE}/services/compute/resource_compute_network.go`,
  },
  {
    type: "google_compute_subnetwork",
    replaces: ["name", "network", "project", "region", "description"],
    source: `${GOOGLE}/services/compute/resource_compute_subnetwork.go`,
  },
  {
    type: "google_compute_router",
    replaces: ["name", "network", "project", "region"],
    source: `${GOOGLE}/services/compute/resource_compute_router.go`,
  },
  {
    type: "google_compute_router_nat",
    replaces: ["name", "project", "region", "router", "type"],
    source: `${GOOGLE}/services/compute/resource_compute_router_nat.go`,
  },
  {
    type: "google_compute_address",
    replaces: [
      "name",
      "address",
      "address_type",
      "description",
      "network",
      "network_tier",
      "project",
      "purpose",
      "region",
      "subnetwork",
    ],
    source: `${GOOGLE}/services/compute/resource_compute_address.go`,
  },
  {
    type: "google_compute_disk",
    replaces: ["name", "project", "zone", "type", "image", "snapshot", "description"],
    source: `${GOOGLE}/services/compute/resource_compute_disk.go`,
  },
  {
    type: "google_compute_firewall",
    replaces: ["name", "project", "direction"],
    source: `${GOOGLE}/services/compute/resource_compute_firewall.go`,
  },
  {
    type: "google_service_account",
    replaces: ["account_id", "project"],
    source: `${GOOGLE}/services/resourcemanager/resource_google_service_account.go`,
  },
  {
    type: "google_project_iam_member",
    replaces: ["project", "role", "member", "condition"],
    source: `${GOOGLE}/tpgiamresource/resource_iam_member.go`,
  },
  {
    type: "google_project_service",
    replaces: ["project", "service"],
    source: `${GOOGLE}/services/resourcemanager/resource_google_project_service.go`,
  },
  {
    type: "google_kms_key_ring",
    replaces: ["name", "location", "project"],
    source: `${GOOGLE}/services/kms/resource_kms_key_ring.go`,
  },
  {
    type: "google_kms_crypto_key",
    replaces: ["name", "key_ring", "purpose", "import_only", "destroy_scheduled_duration"],
    source: `${GOOGLE}/services/kms/resource_kms_crypto_key.go`,
  },
  {
    type: "google_artifact_registry_repository",
    replaces: ["repository_id", "location", "project", "format", "mode", "kms_key_name"],
    source: `${GOOGLE}/services/artifactregistry/resource_artifact_registry_repository.go`,
  },
  {
    type: "google_container_cluster",
    replaces: [
      "name",
      "location",
      "project",
      "network",
      "subnetwork",
      "description",
      "cluster_ipv4_cidr",
      "datapath_provider",
      "networking_mode",
      "default_max_pods_per_node",
      "enable_autopilot",
      "enable_kubernetes_alpha",
      "initial_node_count",
      "confidential_nodes",
      "ip_allocation_policy.cluster_ipv4_cidr_block",
      "ip_allocation_policy.services_ipv4_cidr_block",
      "ip_allocation_policy.cluster_secondary_range_name",
      "ip_allocation_policy.services_secondary_range_name",
      "private_cluster_config.enable_private_nodes",
      "private_cluster_config.master_ipv4_cidr_block",
      "private_cluster_config.private_endpoint_subnetwork",
    ],
    source: `${GOOGLE}/services/container/resource_container_cluster.go`,
  },
  {
    type: "google_container_node_pool",
    replaces: [
      "name",
      "name_prefix",
      "cluster",
      "location",
      "project",
      "initial_node_count",
      "max_pods_per_node",
      "placement_policy",
      "network_config.create_pod_range",
      "network_config.pod_range",
      "network_config.pod_ipv4_cidr_block",
      "node_config.service_account",
      "node_config.oauth_scopes",
      "node_config.spot",
      "node_config.preemptible",
      "node_config.metadata",
      "node_config.shielded_instance_config",
      "node_config.boot_disk_kms_key",
      "node_config.min_cpu_platform",
      "node_config.local_ssd_count",
      "node_config.guest_accelerator",
    ],
    source:
      "hashicorp/google 6.50.0, google/services/container/resource_container_node_pool.go; hashicorp/google 6.50.0, google/services/container/node_config.go",
  },
  {
    type: "google_compute_subnetwork",
    at: "ip_cidr_range",
    replacesIf: leavesOut,
    source: `${GOOGLE}/services/compute/resource_compute_subnetwork.go, CustomizeDiff, IsShrinkageIpCidr`,
  },
  {
    type: "google_container_cluster",
    at: "enable_l4_ilb_subsetting",
    replacesIf: (before, after) => before === true && after !== true,
    source: `${GOOGLE}/services/container/resource_container_cluster.go, CustomizeDiff isBeenEnabled`,
  },
  {
    type: "google_filestore_instance",
    replaces: ["file_shares.name", "kms_key_name", "location", "networks", "project", "tier", "zone"],
    source: `${GOOGLE}/services/filestore/resource_filestore_instance.go`,
  },
  {
    type: "google_kms_crypto_key_iam_member",
    replaces: ["condition", "crypto_key_id", "member", "role"],
    source: `${GOOGLE}/tpgiamresource/resource_iam_member.go`,
  },
  {
    type: "google_project_iam_custom_role",
    replaces: ["project", "role_id"],
    source: `${GOOGLE}/services/resourcemanager/resource_google_project_iam_custom_role.go`,
  },
  {
    type: "google_service_account_iam_member",
    replaces: ["condition", "member", "role", "service_account_id"],
    source: `${GOOGLE}/tpgiamresource/resource_iam_member.go`,
  },
];
