import { changed, type Plain, refusalsOf, steps } from "./refused";

/** Configurations that the real provider takes. */
const BASES: Readonly<Record<string, Plain>> = {
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
  google_compute_router: { name: "r", network: "net", region: "europe-west1" },
  google_compute_router_nat: {
    name: "nat",
    router: "r",
    region: "europe-west1",
    nat_ip_allocate_option: "AUTO_ONLY",
    source_subnetwork_ip_ranges_to_nat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
  },
  google_project_iam_member: { project: "acme-platform", role: "roles/viewer", member: "group:platform@example.com" },
  google_service_account_iam_member: {
    service_account_id: "projects/p/serviceAccounts/worker@acme-platform.iam.gserviceaccount.com",
    role: "roles/x",
    member: "serviceAccount:a@b",
  },
  google_service_account: { account_id: "nodes-of-one" },
  google_kms_crypto_key: { name: "secrets", key_ring: "projects/p/locations/l/keyRings/r", rotation_period: "7776000s" },
  google_project_service: { project: "acme-platform", service: "container.googleapis.com" },
  google_project_iam_custom_role: { role_id: "reader", title: "Reader", permissions: ["dns.changes.get"] },
};

test.each(Object.keys(BASES))("%s as the real provider takes it is not refused", (type) => {
  expect(refusalsOf(type, BASES[type]!)).toEqual([]);
});

/** What the real provider refuses: type, path, value. Each was read in the provider's source at the pinned tag. */
const REFUSED: readonly (readonly [string, string, unknown])[] = [
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
  ["google_service_account_iam_member", "service_account_id", "projects/p/serviceAccounts/a"],
  ["google_compute_router", "bgp", [{ asn: 1000 }]],
  [
    "google_container_node_pool",
    "upgrade_settings",
    [{ strategy: "BLUE_GREEN", blue_green_settings: [{ standard_rollout_policy: [{ batch_percentage: 7 }] }] }],
  ],
  ["google_service_account", "account_id", "one"],
  ["google_kms_crypto_key", "rotation_period", "90d"],
  ["google_kms_crypto_key", "rotation_period", "3600s"],
  ["google_project_service", "service", "container"],
  ["google_project_iam_custom_role", "role_id", "my-role"],
  ["google_project_iam_custom_role", "permissions", []],
];

test.each(REFUSED)("%s: %s = %j is refused, as the real provider does", (type, path, value) => {
  const [refusal] = refusalsOf(type, changed(BASES[type], steps(path), value) as Plain);
  expect(refusal).toMatch(/\(Source: .+\.\)$/);
});
