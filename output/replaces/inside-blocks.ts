import type { Replacement } from "./replacement";

/** What the providers' own schemas mark as ForceNew inside of blocks that fleets have (scripts/provider-rules reads them there). */
const AZURERM = "hashicorp/azurerm 4.55.0, internal/services";
const GOOGLE = "hashicorp/google 6.50.0, google/services";

/** Each list of arguments, by type. */
const ARGUMENTS: readonly Replacement[] = [
  {
    type: "aws_eks_access_policy_association",
    replaces: ["access_scope.type"],
    source: "hashicorp/aws 6.x, internal/service/eks/access_policy_association.go",
  },
  {
    type: "azurerm_private_endpoint",
    replaces: ["private_service_connection.name", "private_service_connection.is_manual_connection"],
    source: `${AZURERM}/network/private_endpoint_resource.go`,
  },
  {
    type: "google_container_cluster",
    replaces: [
      "master_auth.client_certificate_config.issue_client_certificate",
      "node_config.metadata",
      "node_config.oauth_scopes",
      "node_config.service_account",
      "node_config.shielded_instance_config.enable_secure_boot",
      "node_config.shielded_instance_config.enable_integrity_monitoring",
    ],
    source: `${GOOGLE}/container/resource_container_cluster.go, node_config.go`,
  },
  {
    type: "google_container_node_pool",
    replaces: [
      "node_config.shielded_instance_config.enable_secure_boot",
      "node_config.shielded_instance_config.enable_integrity_monitoring",
    ],
    source: `${GOOGLE}/container/node_config.go`,
  },
  {
    type: "google_filestore_instance",
    replaces: ["networks.modes", "networks.network", "networks.connect_mode"],
    source: `${GOOGLE}/filestore/resource_filestore_instance.go`,
  },
  {
    type: "google_project_iam_member",
    replaces: ["condition.expression", "condition.title"],
    source: "hashicorp/google 6.50.0, google/tpgiamresource/resource_iam_member.go",
  },
  {
    type: "google_secret_manager_secret",
    replaces: ["replication.auto"],
    source: `${GOOGLE}/secretmanager/resource_secret_manager_secret.go`,
  },
  {
    type: "google_sql_database_instance",
    replaces: ["project"],
    source: `${GOOGLE}/sql/resource_sql_database_instance.go`,
  },
];

const backup = (type: string, file: string, replaces: readonly string[]): Replacement => ({
  type: `azurerm_data_protection_backup_${type}`,
  replaces,
  source: `${AZURERM}/dataprotection/data_protection_backup_${file}.go`,
});

/** Types of which every argument that replaces is said here. */
const WHOLE: readonly Replacement[] = [
  backup("instance_disk", "instance_disk_resource", ["disk_id", "location", "name", "snapshot_resource_group_name", "vault_id"]),
  backup("policy_disk", "policy_disk_resource", [
    "backup_repeating_time_intervals",
    "default_retention_duration",
    "name",
    "vault_id",
  ]),
  backup("vault", "vault_resource", ["datastore_type", "location", "name", "redundancy", "resource_group_name"]),
  {
    type: "azurerm_linux_virtual_machine",
    replaces: [
      "admin_ssh_key.public_key",
      "admin_ssh_key.username",
      "os_disk.storage_account_type",
      "provision_vm_agent",
      "secure_boot_enabled",
      "source_image_reference.offer",
      "source_image_reference.publisher",
      "source_image_reference.sku",
      "source_image_reference.version",
      "vtpm_enabled",
    ],
    source: `${AZURERM}/compute/linux_virtual_machine_resource.go`,
  },
  {
    type: "azurerm_nat_gateway",
    replaces: ["location", "name", "resource_group_name"],
    source: `${AZURERM}/network/nat_gateway_resource.go`,
  },
  {
    type: "azurerm_nat_gateway_public_ip_association",
    replaces: ["nat_gateway_id", "public_ip_address_id"],
    source: `${AZURERM}/network/nat_gateway_public_ip_association_resource.go`,
  },
  {
    type: "azurerm_network_interface_security_group_association",
    replaces: ["network_interface_id", "network_security_group_id"],
    source: `${AZURERM}/network/network_interface_network_security_group_association_resource.go`,
  },
  {
    type: "azurerm_subnet_nat_gateway_association",
    replaces: ["nat_gateway_id", "subnet_id"],
    source: `${AZURERM}/network/subnet_nat_gateway_association_resource.go`,
  },
];

const BUCKET = "hashicorp/aws 6.x, internal/service/s3";
const STORES: readonly Replacement[] = [
  ...[
    "",
    "_lifecycle_configuration",
    "_policy",
    "_public_access_block",
    "_server_side_encryption_configuration",
    "_versioning",
  ].map((part): Replacement => ({ type: `aws_s3_bucket${part}`, replaces: ["bucket"], source: `${BUCKET}/bucket${part}.go` })),
  {
    type: "azurerm_management_lock",
    replaces: ["lock_level", "name", "notes", "scope"],
    source: `${AZURERM}/resource/management_lock_resource.go`,
  },
  {
    type: "azurerm_storage_account",
    replaces: ["account_tier", "location", "name", "resource_group_name"],
    source: `${AZURERM}/storage/storage_account_resource.go`,
  },
  {
    type: "azurerm_storage_container",
    // the second by its CustomizeDiff, where the container is known by Azure's id
    replaces: ["name", "storage_account_id"],
    source: `${AZURERM}/storage/storage_container_resource.go`,
  },
  {
    type: "azurerm_storage_management_policy",
    replaces: ["storage_account_id"],
    source: `${AZURERM}/storage/storage_management_policy_resource.go`,
  },
  {
    type: "google_storage_bucket",
    replaces: ["location", "name", "project"],
    source: `${GOOGLE}/storage/resource_storage_bucket.go`,
  },
  {
    type: "google_storage_bucket_iam_member",
    replaces: ["bucket", "member", "role"],
    source: "hashicorp/google 6.50.0, google/tpgiamresource/resource_iam_member.go",
  },
];

/** Blocks that come or go only with the resource, whatever changes inside of them. */
const BLOCKS: readonly (readonly [type: string, source: string, blocks: readonly string[]])[] = [
  [
    "azurerm_kubernetes_cluster",
    `${AZURERM}/containers/kubernetes_cluster_resource.go`,
    ["network_profile", "network_profile.load_balancer_profile"],
  ],
  [
    "google_container_cluster",
    `${GOOGLE}/container/resource_container_cluster.go, node_config.go`,
    ["master_auth.client_certificate_config", "node_config", "node_config.shielded_instance_config", "ip_allocation_policy"],
  ],
  ["google_container_node_pool", `${GOOGLE}/container/node_config.go`, ["node_config"]],
];

export const insideBlocks: readonly Replacement[] = [
  ...ARGUMENTS,
  ...WHOLE,
  ...STORES,
  ...BLOCKS.flatMap(([type, source, blocks]) =>
    blocks.map((at): Replacement => ({ type, at, source, replacesIf: (before, after) => isThere(before) !== isThere(after) })),
  ),
];

/** In a configuration, or as a provider sees it: a list. */
const isThere = (block: unknown): boolean => (Array.isArray(block) ? block.length > 0 : block !== null && block !== undefined);
