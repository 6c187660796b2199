import type { ValueObject } from "../../rehearsal/protocol/values";
import { problems } from "../../rehearsal/provider/rules";
import { providerSchemas } from "../../rehearsal/schema/store";
import { type Block, emptyBlock } from "../../rehearsal/schema/types";

const GROUP = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg";
const SUBNET = `${GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me`;
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/one`;
const PROFILE = `${GROUP}/providers/Microsoft.Network/trafficManagerProfiles/app`;
const UUID = "00000000-0000-4000-8000-000000000003";
const azure = { name: "one", location: "westeurope", resource_group_name: "rg" };

type Plain = { readonly [key: string]: unknown };

/** Configurations that the real providers take. */
const BASES: Readonly<Record<string, Plain>> = {
  azurerm_kubernetes_cluster: {
    ...azure,
    dns_prefix: "one",
    kubernetes_version: "1.36",
    sku_tier: "Standard",
    oidc_issuer_enabled: true,
    workload_identity_enabled: true,
    local_account_disabled: true,
    automatic_upgrade_channel: "patch",
    node_os_upgrade_channel: "NodeImage",
    azure_active_directory_role_based_access_control: [
      { azure_rbac_enabled: true, admin_group_object_ids: [UUID], tenant_id: UUID },
    ],
    api_server_access_profile: [{ authorized_ip_ranges: ["203.0.113.0/24"] }],
    identity: [{ type: "UserAssigned", identity_ids: [IDENTITY] }],
    kubelet_identity: [{ client_id: UUID, object_id: UUID, user_assigned_identity_id: IDENTITY }],
    key_vault_secrets_provider: [{ secret_rotation_enabled: true, secret_rotation_interval: "2m" }],
    network_profile: [
      {
        network_plugin: "azure",
        network_plugin_mode: "overlay",
        network_data_plane: "cilium",
        network_policy: "cilium",
        pod_cidr: "100.64.0.0/16",
        service_cidr: "172.20.0.0/16",
        dns_service_ip: "172.20.0.10",
        load_balancer_sku: "standard",
      },
    ],
    default_node_pool: [
      {
        name: "system",
        vm_size: "Standard_D4ds_v5",
        auto_scaling_enabled: true,
        min_count: 2,
        max_count: 3,
        vnet_subnet_id: SUBNET,
        temporary_name_for_rotation: "systemtmp",
        upgrade_settings: [{ max_surge: "33%", drain_timeout_in_minutes: 30, node_soak_duration_in_minutes: 5 }],
      },
    ],
    maintenance_window_node_os: [
      { frequency: "Weekly", interval: 1, day_of_week: "Sunday", duration: 4, start_time: "02:00", utc_offset: "+00:00" },
    ],
  },
  azurerm_kubernetes_cluster_node_pool: {
    name: "main",
    kubernetes_cluster_id: CLUSTER,
    vm_size: "Standard_D4ds_v5",
    vnet_subnet_id: SUBNET,
    auto_scaling_enabled: true,
    min_count: 1,
    max_count: 3,
    upgrade_settings: [{ max_surge: "33%" }],
  },
  azurerm_traffic_manager_profile: {
    name: "app",
    resource_group_name: "rg",
    traffic_routing_method: "Performance",
    dns_config: [{ relative_name: "app", ttl: 60 }],
    monitor_config: [
      {
        protocol: "HTTPS",
        port: 443,
        path: "/",
        interval_in_seconds: 30,
        timeout_in_seconds: 9,
        tolerated_number_of_failures: 2,
      },
    ],
  },
  azurerm_traffic_manager_external_endpoint: { name: "a", profile_id: PROFILE, target: "a.example.com", weight: 1, priority: 1 },
  azurerm_traffic_manager_nested_endpoint: {
    name: "a",
    profile_id: PROFILE,
    target_resource_id: PROFILE,
    minimum_child_endpoints: 1,
  },
  azurerm_public_ip: {
    ...azure,
    allocation_method: "Static",
    sku: "Standard",
    zones: ["1", "2", "3"],
    idle_timeout_in_minutes: 4,
  },
  azurerm_subnet: { name: "nodes", resource_group_name: "rg", virtual_network_name: "net", address_prefixes: ["10.0.0.0/20"] },
  azurerm_virtual_network: { ...azure, address_space: ["10.0.0.0/16"] },
  azurerm_resource_group: { name: "rg", location: "westeurope" },
  azurerm_role_assignment: { scope: SUBNET, role_definition_name: "Network Contributor", principal_id: UUID },
  azurerm_federated_identity_credential: {
    name: "one",
    resource_group_name: "rg",
    parent_id: IDENTITY,
    audience: ["api://AzureADTokenExchange"],
    issuer: "https://issuer.example.com/",
    subject: "system:serviceaccount:a:b",
  },
  azurerm_dns_a_record: { name: "a", zone_name: "example.com", resource_group_name: "rg", ttl: 60, records: ["203.0.113.7"] },
  azurerm_dns_cname_record: { name: "a", zone_name: "example.com", resource_group_name: "rg", ttl: 60, record: "b.example.com" },
  azurerm_monitor_diagnostic_setting: {
    name: "logs",
    target_resource_id: CLUSTER,
    log_analytics_workspace_id: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs`,
    enabled_log: [{ category: "kube-audit-admin" }],
  },
  azurerm_log_analytics_workspace: { ...azure, name: "logs", sku: "PerGB2018", retention_in_days: 90 },
  azurerm_mysql_flexible_server: {
    ...azure,
    administrator_login: "dba",
    administrator_password_wo: "Rehearsal-1-invented",
    administrator_password_wo_version: 1,
    sku_name: "GP_Standard_D2ds_v4",
    version: "8.4",
    backup_retention_days: 14,
    high_availability: [{ mode: "ZoneRedundant" }],
    storage: [{ size_gb: 64, auto_grow_enabled: true, io_scaling_enabled: true }],
  },
  azurerm_postgresql_flexible_server: {
    ...azure,
    administrator_login: "dba",
    administrator_password_wo: "Rehearsal-1-invented",
    administrator_password_wo_version: 1,
    sku_name: "GP_Standard_D2ds_v5",
    version: "17",
    storage_mb: 65536,
    backup_retention_days: 14,
  },
  azurerm_cosmosdb_account: {
    ...azure,
    name: "acme-orders-1a2b3c",
    offer_type: "Standard",
    kind: "MongoDB",
    mongo_server_version: "7.0",
    consistency_policy: [{ consistency_level: "Session" }],
    geo_location: [
      { location: "westeurope", failover_priority: 0 },
      { location: "northeurope", failover_priority: 1 },
    ],
    backup: [{ type: "Continuous", tier: "Continuous7Days" }],
  },
  azurerm_key_vault: { ...azure, name: "acme-secrets", sku_name: "standard", tenant_id: UUID, soft_delete_retention_days: 14 },
  azurerm_private_endpoint: {
    ...azure,
    subnet_id: SUBNET,
    private_service_connection: [
      { name: "db", is_manual_connection: false, private_connection_resource_id: CLUSTER, subresource_names: ["mysqlServer"] },
    ],
  },
  google_sql_database_instance: {
    name: "orders",
    region: "europe-west1",
    database_version: "MYSQL_8_4",
    settings: [
      {
        tier: "db-custom-2-7680",
        edition: "ENTERPRISE",
        backup_configuration: [{ enabled: true, binary_log_enabled: true }],
        availability_type: "REGIONAL",
        maintenance_window: [{ day: 7, hour: 2 }],
      },
    ],
  },
  google_secret_manager_secret: { secret_id: "orders", replication: [{ auto: [{}] }] },
  google_container_cluster: {
    name: "one",
    location: "europe-west1",
    network: "net",
    subnetwork: "nodes",
    initial_node_count: 1,
    remove_default_node_pool: true,
    datapath_provider: "ADVANCED_DATAPATH",
    networking_mode: "VPC_NATIVE",
    ip_allocation_policy: [{ cluster_secondary_range_name: "pods", services_secondary_range_name: "services" }],
    release_channel: [{ channel: "REGULAR" }],
    private_cluster_config: [{ enable_private_nodes: true, master_ipv4_cidr_block: "172.16.0.0/28" }],
    master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "203.0.113.0/24" }] }],
    maintenance_policy: [
      {
        recurring_window: [
          { start_time: "2026-01-04T02:00:00Z", end_time: "2026-01-04T06:00:00Z", recurrence: "FREQ=WEEKLY;BYDAY=SU" },
        ],
      },
    ],
  },
  google_container_node_pool: {
    name: "main",
    cluster: "one",
    location: "europe-west1",
    autoscaling: [{ total_min_node_count: 1, total_max_node_count: 3, location_policy: "BALANCED" }],
    node_config: [{ machine_type: "e2-standard-4", disk_type: "pd-balanced", disk_size_gb: 100 }],
  },
  google_compute_subnetwork: { name: "nodes", network: "net", ip_cidr_range: "10.0.0.0/20", region: "europe-west1" },
  google_compute_address: { name: "ingress", region: "europe-west1", address_type: "EXTERNAL", network_tier: "PREMIUM" },
  google_compute_router_nat: {
    name: "nat",
    router: "r",
    region: "europe-west1",
    nat_ip_allocate_option: "AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  },
  google_project_iam_member: { project: "acme-platform", role: "roles/viewer", member: "group:platform@example.com" },
  google_service_account_iam_member: {
    service_account_id: "projects/p/serviceAccounts/a",
    role: "roles/x",
    member: "serviceAccount:a@b",
  },
  google_service_account: { account_id: "nodes-of-one" },
  google_kms_crypto_key: { name: "secrets", key_ring: "projects/p/locations/l/keyRings/r", rotation_period: "7776000s" },
  google_project_service: { project: "acme-platform", service: "container.googleapis.com" },
  google_project_iam_custom_role: { role_id: "reader", title: "Reader", permissions: ["dns.changes.get"] },
};

function blockOf(type: string): Block {
  return (providerSchemas(type.split("_")[0]!).resource(type) as { block: Block }).block;
}

/** A configuration with every argument that it doesn't give as null, as Terraform hands it over. */
function written(block: Block, config: Plain): ValueObject {
  const full: Record<string, unknown> = { ...emptyBlock(block), ...config };
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const given = config[name];
    if (Array.isArray(given)) full[name] = given.map((item) => written(nested.block, item as Plain));
  }
  return full as ValueObject;
}

function refusalsOf(type: string, config: Plain): readonly string[] {
  const block = blockOf(type);
  return (["validate", "apply"] as const).flatMap((when) =>
    problems(type, block, written(block, config), when).map(({ detail }) => detail),
  );
}

/** A copy with something else at a path; undefined takes it away. */
function changed(value: unknown, [key, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changed(item, rest, to) : item));
  const { [String(key)]: inner, ...others } = (value ?? {}) as Record<string, unknown>;
  const next = changed(inner, rest, to);
  return next === undefined ? others : { ...others, [String(key)]: next };
}

test.each(Object.keys(BASES))("%s as the real provider takes it is not refused", (type) => {
  expect(refusalsOf(type, BASES[type]!)).toEqual([]);
});

/** What the real providers refuse: type, path, value. Each was read in the provider's source at the pinned tag. */
const REFUSED: readonly (readonly [string, string, unknown])[] = [
  ["azurerm_kubernetes_cluster", "azure_active_directory_role_based_access_control.0", { azure_rbac_enabled: true }],
  ["azurerm_kubernetes_cluster", "azure_active_directory_role_based_access_control.0.tenant_id", "acme"],
  ["azurerm_kubernetes_cluster", "azure_active_directory_role_based_access_control.0.admin_group_object_ids", ["platform"]],
  ["azurerm_kubernetes_cluster", "kubelet_identity.0.object_id", undefined],
  ["azurerm_kubernetes_cluster", "identity.0", { type: "SystemAssigned" }],
  ["azurerm_kubernetes_cluster", "identity.0.identity_ids", [SUBNET]],
  ["azurerm_kubernetes_cluster", "identity.0.type", "Nobody"],
  ["azurerm_kubernetes_cluster", "identity", undefined],
  ["azurerm_kubernetes_cluster", "key_vault_secrets_provider.0", {}],
  ["azurerm_kubernetes_cluster", "key_vault_secrets_provider.0.secret_rotation_interval", "soon"],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.upgrade_settings.0.node_soak_duration_in_minutes", 31],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.upgrade_settings.0.undrainable_node_behavior", "Foo"],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.upgrade_settings.0.max_surge", "a third"],
  [
    "azurerm_kubernetes_cluster",
    "default_node_pool.0.vnet_subnet_id",
    `${GROUP}/providers/Microsoft.Network/virtualNetworks/net`,
  ],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.min_count", 0],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.max_count", 1001],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.name", "System"],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.os_sku", "Debian"],
  ["azurerm_kubernetes_cluster", "default_node_pool.0.vm_size", ""],
  ["azurerm_kubernetes_cluster", "maintenance_window_node_os.0.start_date", "2026-31-01"],
  ["azurerm_kubernetes_cluster", "maintenance_window_node_os.0.day_of_week", "sunday"],
  ["azurerm_kubernetes_cluster", "maintenance_window_node_os.0.duration", 3],
  ["azurerm_kubernetes_cluster", "maintenance_window_node_os.0.frequency", "RelativeMonthly"],
  ["azurerm_kubernetes_cluster", "maintenance_window_node_os.0.week_index", "Fifth"],
  ["azurerm_kubernetes_cluster", "dns_prefix_private_cluster", "one"],
  ["azurerm_kubernetes_cluster", "dns_prefix", "-one"],
  ["azurerm_kubernetes_cluster", "private_dns_zone_id", "example.com"],
  ["azurerm_kubernetes_cluster", "network_profile.0.outbound_type", "none"],
  ["azurerm_kubernetes_cluster", "network_profile.0.load_balancer_profile", [{ idle_timeout_in_minutes: 3 }]],
  ["azurerm_kubernetes_cluster", "network_profile.0.advanced_networking", [{}]],
  ["azurerm_kubernetes_cluster", "network_profile.0.dns_service_ip", undefined],
  ["azurerm_kubernetes_cluster", "network_profile.0.dns_service_ip", "172.20.0"],
  ["azurerm_kubernetes_cluster", "network_profile.0.pod_cidr", "100.64.0.0"],
  ["azurerm_kubernetes_cluster", "network_profile.0.network_plugin_mode", undefined],
  ["azurerm_kubernetes_cluster", "network_profile.0.network_plugin", "calico"],
  ["azurerm_kubernetes_cluster", "api_server_access_profile.0.authorized_ip_ranges", ["203.0.113.0/33"]],
  ["azurerm_kubernetes_cluster", "location", "westeurop"],
  ["azurerm_kubernetes_cluster", "name", ""],
  ["azurerm_kubernetes_cluster", "resource_group_name", "rg."],
  ["azurerm_kubernetes_cluster", "sku_tier", "Paid"],
  ["azurerm_kubernetes_cluster", "support_plan", "AKSLongTermSupport"],
  ["azurerm_kubernetes_cluster", "oidc_issuer_enabled", false],
  ["azurerm_kubernetes_cluster", "node_os_upgrade_channel", "Weekly"],
  ["azurerm_kubernetes_cluster", "image_cleaner_interval_hours", 12],
  ["azurerm_kubernetes_cluster", "disk_encryption_set_id", SUBNET],
  ["azurerm_kubernetes_cluster", "auto_scaler_profile", [{ expander: "cheapest" }]],
  ["azurerm_kubernetes_cluster", "auto_scaler_profile", [{ scan_interval: "10" }]],
  ["azurerm_kubernetes_cluster", "microsoft_defender", [{ log_analytics_workspace_id: SUBNET }]],
  ["azurerm_kubernetes_cluster", "service_mesh_profile", [{ mode: "Linkerd", revisions: ["asm-1"] }]],
  ["azurerm_kubernetes_cluster", "custom_ca_trust_certificates_base64", Array(11).fill("YQ==")],
  ["azurerm_kubernetes_cluster_node_pool", "kubernetes_cluster_id", `${GROUP}/providers/Microsoft.ContainerService/one`],
  ["azurerm_kubernetes_cluster_node_pool", "vnet_subnet_id", "nodes"],
  ["azurerm_kubernetes_cluster_node_pool", "name", "main-pool"],
  ["azurerm_kubernetes_cluster_node_pool", "upgrade_settings", [{}]],
  ["azurerm_kubernetes_cluster_node_pool", "upgrade_settings.0.node_soak_duration_in_minutes", -1],
  ["azurerm_kubernetes_cluster_node_pool", "priority", "Low"],
  ["azurerm_kubernetes_cluster_node_pool", "eviction_policy", "Delete"],
  ["azurerm_kubernetes_cluster_node_pool", "min_count", 4],
  ["azurerm_kubernetes_cluster_node_pool", "auto_scaling_enabled", false],
  ["azurerm_kubernetes_cluster_node_pool", "os_disk_size_gb", 0],
  ["azurerm_kubernetes_cluster_node_pool", "gpu_driver", "Maybe"],
  ["azurerm_kubernetes_cluster_node_pool", "linux_os_config", [{ sysctl_config: [{ net_ipv4_ip_local_port_range_min: 1024 }] }]],
  ["azurerm_traffic_manager_profile", "traffic_routing_method", "Fastest"],
  ["azurerm_traffic_manager_profile", "traffic_routing_method", "MultiValue"],
  ["azurerm_traffic_manager_profile", "dns_config.0.ttl", -1],
  ["azurerm_traffic_manager_profile", "monitor_config.0.interval_in_seconds", 20],
  ["azurerm_traffic_manager_profile", "monitor_config.0.timeout_in_seconds", 11],
  ["azurerm_traffic_manager_profile", "monitor_config.0.tolerated_number_of_failures", 10],
  ["azurerm_traffic_manager_profile", "monitor_config.0.port", 0],
  ["azurerm_traffic_manager_profile", "monitor_config.0.protocol", "https"],
  ["azurerm_traffic_manager_external_endpoint", "weight", 1001],
  ["azurerm_traffic_manager_external_endpoint", "target", ""],
  ["azurerm_traffic_manager_external_endpoint", "profile_id", SUBNET],
  ["azurerm_traffic_manager_nested_endpoint", "minimum_child_endpoints", 0],
  ["azurerm_traffic_manager_nested_endpoint", "target_resource_id", "app"],
  ["azurerm_public_ip", "allocation_method", "Fixed"],
  ["azurerm_public_ip", "idle_timeout_in_minutes", 31],
  ["azurerm_public_ip", "domain_name_label", "1st"],
  ["azurerm_public_ip", "location", "mars"],
  ["azurerm_subnet", "address_prefixes", []],
  ["azurerm_subnet", "private_endpoint_network_policies", "On"],
  ["azurerm_subnet", "delegation", [{ name: "d", service_delegation: [{ name: "Microsoft.Nobody/nothing" }] }]],
  ["azurerm_virtual_network", "location", ""],
  ["azurerm_resource_group", "name", "a/b"],
  ["azurerm_role_assignment", "scope", "nodes"],
  ["azurerm_role_assignment", "role_definition_id", "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/y"],
  ["azurerm_role_assignment", "principal_type", "Robot"],
  ["azurerm_federated_identity_credential", "audience", ["a", "b"]],
  ["azurerm_federated_identity_credential", "parent_id", CLUSTER],
  ["azurerm_dns_a_record", "ttl", -1],
  ["azurerm_dns_a_record", "records", []],
  ["azurerm_dns_cname_record", "target_resource_id", PROFILE],
  ["azurerm_monitor_diagnostic_setting", "target_resource_id", "one"],
  ["azurerm_monitor_diagnostic_setting", "log_analytics_workspace_id", undefined],
  ["azurerm_monitor_diagnostic_setting", "enabled_log", undefined],
  ["azurerm_monitor_diagnostic_setting", "name", "a/b"],
  ["azurerm_log_analytics_workspace", "name", "a"],
  ["azurerm_log_analytics_workspace", "sku", "Gold"],
  ["azurerm_log_analytics_workspace", "retention_in_days", 8],
  ["azurerm_mysql_flexible_server", "name", "Orders"],
  ["azurerm_mysql_flexible_server", "administrator_login", "root"],
  ["azurerm_mysql_flexible_server", "administrator_login", undefined],
  ["azurerm_mysql_flexible_server", "administrator_password_wo_version", undefined],
  ["azurerm_mysql_flexible_server", "backup_retention_days", 36],
  ["azurerm_mysql_flexible_server", "high_availability.0.mode", "Zonal"],
  ["azurerm_mysql_flexible_server", "sku_name", "D2ds_v4"],
  ["azurerm_mysql_flexible_server", "sku_name", undefined],
  ["azurerm_mysql_flexible_server", "storage.0.size_gb", 10],
  ["azurerm_mysql_flexible_server", "storage.0.iops", 400],
  ["azurerm_mysql_flexible_server", "version", "8.0"],
  ["azurerm_mysql_flexible_server", "create_mode", "Replica"],
  ["azurerm_mysql_flexible_server", "delegated_subnet_id", "nodes"],
  ["azurerm_mysql_flexible_server", "customer_managed_key", [{ key_vault_key_id: "https://v.vault.azure.net/keys/k/1" }]],
  ["azurerm_postgresql_flexible_server", "storage_mb", 50000],
  ["azurerm_postgresql_flexible_server", "version", "10"],
  ["azurerm_postgresql_flexible_server", "backup_retention_days", 6],
  ["azurerm_postgresql_flexible_server", "administrator_login", "azure_superuser"],
  ["azurerm_postgresql_flexible_server", "storage_tier", "P5"],
  ["azurerm_postgresql_flexible_server", "maintenance_window", [{ day_of_week: 7 }]],
  ["azurerm_cosmosdb_account", "kind", "Mongo"],
  ["azurerm_cosmosdb_account", "geo_location.1.failover_priority", 2],
  ["azurerm_cosmosdb_account", "geo_location.1.location", "atlantis"],
  ["azurerm_cosmosdb_account", "consistency_policy.0.consistency_level", "Weak"],
  ["azurerm_cosmosdb_account", "backup.0.interval_in_minutes", 240],
  ["azurerm_key_vault", "name", "a_b"],
  ["azurerm_key_vault", "tenant_id", "acme"],
  ["azurerm_key_vault", "soft_delete_retention_days", 91],
  ["azurerm_key_vault", "network_acls", [{ default_action: "Maybe", bypass: "None" }]],
  ["azurerm_private_endpoint", "subnet_id", CLUSTER],
  ["azurerm_private_endpoint", "private_service_connection.0.private_connection_resource_id", undefined],
  ["google_sql_database_instance", "settings", undefined],
  ["google_sql_database_instance", "settings.0.availability_type", "GLOBAL"],
  ["google_sql_database_instance", "settings.0.edition", "FREE"],
  ["google_sql_database_instance", "settings.0.maintenance_window.0.day", 8],
  ["google_sql_database_instance", "settings.0.connector_enforcement", "MAYBE"],
  ["google_secret_manager_secret", "replication.0", {}],
  ["google_secret_manager_secret", "rotation", [{ rotation_period: "3600s" }]],
  ["google_container_cluster", "name", "One"],
  ["google_container_cluster", "ip_allocation_policy.0.cluster_ipv4_cidr_block", "10.0.0.0/14"],
  ["google_container_cluster", "node_version", "1.36"],
  ["google_container_cluster", "maintenance_policy.0", { daily_maintenance_window: [{ start_time: "2 am" }] }],
  ["google_container_cluster", "maintenance_policy.0.recurring_window.0.start_time", "02:00"],
  ["google_container_cluster", "master_authorized_networks_config.0.cidr_blocks.0.cidr_block", "203.0.113.7/24"],
  ["google_container_cluster", "release_channel.0.channel", "FAST"],
  ["google_container_cluster", "datapath_provider", "EBPF"],
  ["google_container_cluster", "private_cluster_config.0.master_ipv4_cidr_block", "172.16.0.0/27"],
  ["google_container_cluster", "binary_authorization", [{ evaluation_mode: "ALWAYS" }]],
  ["google_container_cluster", "logging_config", [{ enable_components: ["EVERYTHING"] }]],
  ["google_container_cluster", "enable_autopilot", true],
  ["google_container_node_pool", "autoscaling.0.location_policy", "SOMEWHERE"],
  ["google_container_node_pool", "node_config.0.disk_size_gb", 5],
  ["google_container_node_pool", "node_config.0.taint", [{ key: "a", value: "b", effect: "NoSchedule" }]],
  ["google_container_node_pool", "autoscaling.0.total_min_node_count", -1],
  ["google_container_node_pool", "upgrade_settings", [{ strategy: "ROLLING" }]],
  ["google_compute_subnetwork", "ip_cidr_range", "10.0.0.7/20"],
  ["google_compute_subnetwork", "secondary_ip_range", [{ range_name: "pods", ip_cidr_range: "10.1.0.0/33" }]],
  ["google_compute_subnetwork", "name", "Nodes"],
  ["google_compute_subnetwork", "stack_type", "IPV6"],
  ["google_compute_address", "name", "a_b"],
  ["google_compute_address", "network_tier", "GOLD"],
  ["google_compute_router_nat", "nat_ip_allocate_option", "SOME"],
  ["google_compute_router_nat", "source_subnetwork_ip_ranges_to_nat", "ALL"],
  ["google_project_iam_member", "member", "platform@example.com"],
  ["google_project_iam_member", "member", "deleted:user:a@example.com"],
  ["google_service_account_iam_member", "member", "a"],
  ["google_service_account", "account_id", "one"],
  ["google_kms_crypto_key", "rotation_period", "90d"],
  ["google_kms_crypto_key", "rotation_period", "3600s"],
  ["google_project_service", "service", "container"],
  ["google_project_iam_custom_role", "role_id", "my-role"],
  ["google_project_iam_custom_role", "permissions", []],
];

test.each(REFUSED)("%s: %s = %j is refused, as the real provider does", (type, path, value) => {
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const [refusal] = refusalsOf(type, changed(BASES[type], steps, value) as Plain);
  expect(refusal).toMatch(/\(Source: .+\.\)$/);
});
