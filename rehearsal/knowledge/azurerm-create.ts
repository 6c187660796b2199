/** What only the create or CustomizeDiff code of hashicorp/azurerm refuses, besides what the tables of each service have. */
import { isList, type ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SERVICES = "hashicorp/azurerm 4.55.0, internal/services";
const CLUSTER = `${SERVICES}/containers/kubernetes_cluster_resource.go`;
const POOL = `${SERVICES}/containers/kubernetes_cluster_node_pool_resource.go`;

const blocks = (config: ValueObject, name: string): readonly ValueObject[] =>
  isList(config[name] ?? null) ? (config[name] as readonly ValueObject[]) : [];

function privateCluster(config: ValueObject): string | undefined {
  const { private_cluster_enabled: isPrivate, private_dns_zone_id: zone, dns_prefix_private_cluster: prefix } = config;
  const hasOwnZone = typeof zone === "string" && zone !== "System" && zone !== "None";
  if (hasOwnZone && inner(config, "identity", "type") === "SystemAssigned")
    return "private_dns_zone_id names a zone of your own, which needs an identity of type UserAssigned.";
  if (typeof prefix === "string" && (isPrivate !== true || zone === null || zone === "System" || zone === "None"))
    return "dns_prefix_private_cluster is only for a private cluster whose private_dns_zone_id is a zone of your own.";
  return undefined;
}

/** AKS refuses these; the provider passes them on. */
function privateService(config: ValueObject): string | undefined {
  const { private_cluster_enabled: isPrivate, private_dns_zone_id: zone } = config;
  if (isPrivate !== true && typeof zone === "string") return "private_dns_zone_id is for private clusters.";
  return undefined;
}

function network(config: ValueObject): string | undefined {
  const [profile] = blocks(config, "network_profile");
  if (!profile) return undefined;
  const { network_plugin: plugin, network_plugin_mode: mode, pod_cidr: pods, outbound_type: outbound } = profile;
  const [services, podRanges, versions] = ["service_cidrs", "pod_cidrs", "ip_versions"].map(
    (name) => blocks(profile, name).length,
  );
  if (typeof pods === "string" && plugin === "azure" && mode !== "overlay")
    return "pod_cidr with network_plugin azure needs network_plugin_mode overlay.";
  if ((services === 2 || podRanges === 2) && versions !== 2)
    return "Two ranges in service_cidrs or pod_cidrs need ip_versions IPv4 and IPv6.";
  if (outbound === "none" && inner(config, "bootstrap_profile", "artifact_source") !== "Cache")
    return "outbound_type none needs bootstrap_profile.artifact_source Cache.";
  if (blocks(profile, "advanced_networking").length > 0 && (profile.network_data_plane !== "cilium" || plugin !== "azure"))
    return "advanced_networking needs network_data_plane cilium and network_plugin azure.";
  const basic = profile.load_balancer_sku === "basic";
  if (basic && blocks(profile, "load_balancer_profile").length > 0)
    return "load_balancer_profile needs load_balancer_sku standard.";
  if (basic && outbound !== null && outbound !== "loadBalancer")
    return `outbound_type ${String(outbound)} needs load_balancer_sku standard.`;
  if (blocks(profile, "load_balancer_profile").length > 0 && outbound !== null && outbound !== "loadBalancer")
    return "load_balancer_profile needs outbound_type loadBalancer.";
  if (
    blocks(profile, "nat_gateway_profile").length > 0 &&
    outbound !== "managedNATGateway" &&
    outbound !== "userAssignedNATGateway"
  )
    return "nat_gateway_profile needs outbound_type managedNATGateway or userAssignedNATGateway.";
  return undefined;
}

function identities(config: ValueObject): string | undefined {
  const ids = blocks({ ids: inner(config, "identity", "identity_ids") }, "ids").length;
  const type = String(inner(config, "identity", "type") ?? "");
  if (type === "UserAssigned" && ids === 0) return "identity of type UserAssigned needs identity_ids.";
  if (type === "SystemAssigned" && ids > 0) return "identity of type SystemAssigned takes no identity_ids.";
  return undefined;
}

function kubelet(config: ValueObject): string | undefined {
  return blocks(config, "kubelet_identity").length > 0 && inner(config, "identity", "type") === "SystemAssigned"
    ? "kubelet_identity needs an identity of type UserAssigned."
    : undefined;
}

function ports(config: ValueObject, ...path: readonly string[]): string | undefined {
  const [from, to] = ["min", "max"].map((end) =>
    inner(config, ...path, "linux_os_config", "sysctl_config", `net_ipv4_ip_local_port_range_${end}`),
  );
  if ((from === null) !== (to === null)) return "net_ipv4_ip_local_port_range_min and _max are set both or neither.";
  return typeof from === "number" && typeof to === "number" && from > to
    ? `net_ipv4_ip_local_port_range_min ${from} is above its max ${to}.`
    : undefined;
}

const monthly = (config: ValueObject): string | undefined => {
  for (const name of ["maintenance_window_auto_upgrade", "maintenance_window_node_os"]) {
    const [frequency, week, day, date] = ["frequency", "week_index", "day_of_week", "day_of_month"].map((field) =>
      inner(config, name, field),
    );
    if (frequency === "RelativeMonthly" && (!week || !day)) return `${name}: RelativeMonthly needs week_index and day_of_week.`;
    if (frequency === "AbsoluteMonthly" && !date) return `${name}: AbsoluteMonthly needs day_of_month.`;
  }
  return undefined;
};

function cosmosBackup(config: ValueObject): string | undefined {
  const type = inner(config, "backup", "type");
  if (config.create_mode && type !== "Continuous") return "create_mode needs backup of type Continuous.";
  const periodic = ["interval_in_minutes", "retention_in_hours", "storage_redundancy"].filter((name) =>
    inner(config, "backup", name),
  );
  if (type === "Continuous" && periodic.length > 0) return `backup of type Continuous takes no ${periodic.join(", ")}.`;
  return type === "Periodic" && inner(config, "backup", "tier") ? "backup of type Periodic takes no tier." : undefined;
}

/** Lines of several services. */
export const azurermCreateLines: readonly Line[] = [
  ...[privateCluster, network, (config: ValueObject) => ports(config, "default_node_pool")].map(
    (check): Line => ({ type: "azurerm_kubernetes_cluster", check, when: "apply", source: `${CLUSTER}, create` }),
  ),
  { type: "azurerm_kubernetes_cluster", check: identities, when: "apply", source: "go-azure-helpers, resourcemanager/identity" },
  { type: "azurerm_kubernetes_cluster", check: kubelet, when: "apply", source: "AKS documentation, Use a managed identity" },
  { type: "azurerm_kubernetes_cluster", check: privateService, when: "apply", source: "AKS documentation, Private clusters" },
  { type: "azurerm_kubernetes_cluster", check: monthly, when: "apply", source: "AKS documentation, planned maintenance" },
  {
    type: "azurerm_kubernetes_cluster",
    at: "default_node_pool.upgrade_settings.max_surge",
    matches: /^\d+%?$/,
    say: "a number of nodes, or a percentage such as 10%",
    when: "apply",
    source: "AKS REST API, AgentPoolUpgradeSettings",
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    at: "upgrade_settings.max_surge",
    matches: /^\d+%?$/,
    say: "a number of nodes, or a percentage such as 10%",
    when: "apply",
    source: "AKS REST API, AgentPoolUpgradeSettings",
  },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    check: (config) =>
      blocks(config, "linux_os_config").length > 0 && config.os_type === "Windows"
        ? "linux_os_config is for pools of os_type Linux."
        : ports(config),
    when: "apply",
    source: `${POOL}, create`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    check: (config) =>
      config.traffic_routing_method === "MultiValue" && typeof config.max_return !== "number"
        ? "traffic_routing_method MultiValue needs max_return."
        : undefined,
    when: "apply",
    source: `${SERVICES}/trafficmanager/traffic_manager_profile_resource.go, create`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    check: (config) =>
      inner(config, "monitor_config", "interval_in_seconds") === 10 &&
      inner(config, "monitor_config", "timeout_in_seconds") === 10
        ? "monitor_config: timeout_in_seconds is 5 to 9 where interval_in_seconds is 10."
        : undefined,
    when: "apply",
    source: `${SERVICES}/trafficmanager/traffic_manager_profile_resource.go, create`,
  },
  {
    type: "azurerm_public_ip",
    check: (config) =>
      typeof config.ddos_protection_plan_id === "string" && config.ddos_protection_mode !== "Enabled"
        ? "ddos_protection_plan_id needs ddos_protection_mode Enabled."
        : undefined,
    when: "apply",
    source: `${SERVICES}/network/public_ip_resource.go, create`,
  },
  {
    type: "azurerm_subnet",
    check: (config) =>
      typeof config.sharing_scope === "string" && config.default_outbound_access_enabled !== false
        ? "sharing_scope needs default_outbound_access_enabled false."
        : undefined,
    when: "apply",
    source: `${SERVICES}/network/subnet_resource.go, CustomizeDiff`,
  },
  {
    type: "azurerm_dns_a_record",
    check: (config) =>
      blocks(config, "records").length === 0 && !config.target_resource_id
        ? "Either 'records' or 'target_resource_id' must be set."
        : undefined,
    when: "apply",
    source: `${SERVICES}/dns/dns_a_record_resource.go, create`,
  },
  ...["a", "aaaa", "caa", "cname", "ns", "txt"].map(
    (kind): Line => ({
      type: `azurerm_dns_${kind}_record`,
      at: "ttl",
      between: [0, 2147483647],
      when: "apply",
      source: "Azure DNS REST API, RecordSet.TTL",
    }),
  ),
  {
    type: "azurerm_role_assignment",
    check: (config) =>
      (typeof config.condition === "string") !== (typeof config.condition_version === "string")
        ? "condition and condition_version are set both or neither."
        : undefined,
    when: "apply",
    source: `${SERVICES}/authorization/role_assignment_resource.go, create`,
  },
  {
    type: "azurerm_monitor_diagnostic_setting",
    check: (config) =>
      blocks(config, "enabled_log").some((log) => Boolean(log.category) === Boolean(log.category_group))
        ? "enabled_log: exactly one of category and category_group."
        : undefined,
    when: "apply",
    source: `${SERVICES}/monitor/monitor_diagnostic_setting_resource.go, expandMonitorDiagnosticsSettingsEnabledLogs`,
  },
  {
    type: "azurerm_cosmosdb_account",
    check: cosmosBackup,
    when: "apply",
    source: `${SERVICES}/cosmos/cosmosdb_account_resource.go, expandCosmosdbAccountBackup`,
  },
  {
    type: "azurerm_mysql_flexible_server",
    check: (config) =>
      inner(config, "storage", "io_scaling_enabled") === true && inner(config, "storage", "iops") !== null
        ? "storage: iops can't be set where io_scaling_enabled is true."
        : undefined,
    when: "apply",
    source: `${SERVICES}/mysql/mysql_flexible_server_resource.go, create`,
  },
  {
    type: "azurerm_log_analytics_workspace",
    check: (config) => {
      const { sku, reservation_capacity_in_gb_per_day: capacity } = config;
      if (sku === "Standard" || sku === "Premium") return `sku ${sku} can't be created any more.`;
      return (sku === "CapacityReservation") !== (typeof capacity === "number")
        ? "reservation_capacity_in_gb_per_day goes with sku CapacityReservation, and only with it."
        : undefined;
    },
    when: "apply",
    source: `${SERVICES}/loganalytics/log_analytics_workspace_resource.go, create`,
  },
];
