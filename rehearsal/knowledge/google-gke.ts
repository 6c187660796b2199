/** GKE. What only the service refuses is marked "apply". */
import type { ValueObject } from "../protocol/values";
import { hasHostBits, IPV4_NETWORK, inner, maskOf } from "./facts";
import type { Line } from "./line";

const CLUSTER = "hashicorp/google 6.50.0, google/services/container/resource_container_cluster.go";
const POOL = "hashicorp/google 6.50.0, google/services/container/resource_container_node_pool.go";
const NODE = "hashicorp/google 6.50.0, google/services/container/node_config.go";
const API = "GKE REST API reference";

function defaultPool(config: ValueObject): string | undefined {
  const pools = Array.isArray(config.node_pool) ? config.node_pool.length : 0;
  if (config.enable_autopilot === true) return undefined;
  return pools === 0 && !(typeof config.initial_node_count === "number" && config.initial_node_count > 0)
    ? "A cluster needs initial_node_count of at least 1, even where its default pool is removed."
    : undefined;
}

function dataplane(config: ValueObject): string | undefined {
  return config.datapath_provider === "ADVANCED_DATAPATH" && inner(config, "network_policy", "enabled") === true
    ? "network_policy can't be enabled with ADVANCED_DATAPATH, which enforces policies itself."
    : undefined;
}

function controlPlane(config: ValueObject): string | undefined {
  const range = inner(config, "private_cluster_config", "master_ipv4_cidr_block");
  if (typeof range !== "string" || range === "") return undefined;
  return !IPV4_NETWORK.test(range) || maskOf(range) !== 28 || hasHostBits(range)
    ? `master_ipv4_cidr_block is "${range}"; it must be a /28 network without bits behind its mask.`
    : undefined;
}

function encryption(config: ValueObject): string | undefined {
  return inner(config, "database_encryption", "state") === "ENCRYPTED" && !inner(config, "database_encryption", "key_name")
    ? "database_encryption ENCRYPTED needs 'key_name'."
    : undefined;
}

function limits(config: ValueObject): string | undefined {
  const [min, max, totalMin, totalMax] = ["min_node_count", "max_node_count", "total_min_node_count", "total_max_node_count"].map(
    (name) => Number(inner(config, "autoscaling", name) ?? 0),
  ) as [number, number, number, number];
  if ((min || max) && (totalMin || totalMax)) return "autoscaling takes limits for each zone or total limits, not both.";
  return min > max || totalMin > totalMax
    ? `autoscaling: the minimum ${min || totalMin} is above the maximum ${max || totalMax}.`
    : undefined;
}

function surge(config: ValueObject): string | undefined {
  const [over, under] = ["max_surge", "max_unavailable"].map((name) => inner(config, "upgrade_settings", name));
  return over === 0 && under === 0 ? "upgrade_settings: max_surge and max_unavailable can't both be 0." : undefined;
}

function nodeVersion(config: ValueObject): string | undefined {
  const { node_version: nodes, min_master_version: own, remove_default_node_pool: removed } = config;
  if (typeof nodes !== "string" || nodes === "") return undefined;
  if (removed === true) return "node_version is the default pool's, which remove_default_node_pool removes.";
  return typeof own === "string" && own.split("-")[0] !== nodes.split("-")[0]
    ? `node_version ${nodes} must be unset or that of min_master_version ${own}.`
    : undefined;
}

const labels =
  (argument: string) =>
  (config: ValueObject): string | undefined => {
    const wrong = Object.entries((config[argument] ?? {}) as ValueObject).find(
      ([key, value]) => !/^[a-z][\w-]{0,62}$/.test(key) || !/^[a-z0-9_-]{0,63}$/.test(String(value)),
    );
    return wrong
      ? `${argument}: "${wrong[0]}" = "${String(wrong[1])}"; keys and values are 63 lower-case letters, digits, _ or - at most.`
      : undefined;
  };

/** Facts about GKE. */
export const googleGkeLines: readonly Line[] = [
  {
    type: "google_container_cluster",
    at: "name",
    matches: /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
    say: "1 to 40 lower-case letters, digits or hyphens, beginning with a letter",
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "release_channel.channel",
    oneOf: ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "datapath_provider",
    oneOf: ["DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"],
    source: CLUSTER,
  },
  { type: "google_container_cluster", at: "networking_mode", oneOf: ["VPC_NATIVE", "ROUTES"], source: CLUSTER },
  { type: "google_container_cluster", at: "database_encryption.state", oneOf: ["ENCRYPTED", "DECRYPTED"], source: CLUSTER },
  {
    type: "google_container_cluster",
    at: "gateway_api_config.channel",
    oneOf: ["CHANNEL_DISABLED", "CHANNEL_EXPERIMENTAL", "CHANNEL_STANDARD"],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "dns_config.cluster_dns",
    oneOf: ["PROVIDER_UNSPECIFIED", "PLATFORM_DEFAULT", "CLOUD_DNS", "KUBE_DNS"],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "dns_config.cluster_dns_scope",
    oneOf: ["DNS_SCOPE_UNSPECIFIED", "CLUSTER_SCOPE", "VPC_SCOPE"],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "logging_config.enable_components",
    oneOf: [
      "SYSTEM_COMPONENTS",
      "APISERVER",
      "CONTROLLER_MANAGER",
      "KCP_CONNECTION",
      "KCP_SSHD",
      "KCP_HPA",
      "SCHEDULER",
      "WORKLOADS",
    ],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "security_posture_config.mode",
    oneOf: ["DISABLED", "BASIC", "ENTERPRISE", "MODE_UNSPECIFIED"],
    source: CLUSTER,
  },
  {
    type: "google_container_cluster",
    at: "security_posture_config.vulnerability_mode",
    oneOf: ["VULNERABILITY_DISABLED", "VULNERABILITY_BASIC", "VULNERABILITY_ENTERPRISE", "VULNERABILITY_MODE_UNSPECIFIED"],
    source: CLUSTER,
  },
  { type: "google_container_cluster", at: "ip_allocation_policy.stack_type", oneOf: ["IPV4", "IPV4_IPV6"], source: CLUSTER },
  { type: "google_container_cluster", atMostOne: ["remove_default_node_pool", "enable_autopilot"], source: CLUSTER },
  { type: "google_container_cluster", check: controlPlane, at: "private_cluster_config.master_ipv4_cidr_block", source: CLUSTER },
  {
    type: "google_container_cluster",
    at: "default_max_pods_per_node",
    between: [8, 256],
    when: "apply",
    source: `${API}, MaxPodsConstraint`,
  },
  {
    type: "google_container_cluster",
    at: "gke_auto_upgrade_config.patch_mode",
    oneOf: ["ACCELERATED"],
    when: "apply",
    source: `${API}, GkeAutoUpgradeConfig.PatchMode`,
  },
  {
    type: "google_container_cluster",
    at: "workload_identity_config.workload_pool",
    matches: /^[a-z0-9:.-]+\.svc\.id\.goog$/,
    say: "<project>.svc.id.goog",
    when: "apply",
    source: `${API}, WorkloadIdentityConfig`,
  },
  { type: "google_container_cluster", check: defaultPool, when: "apply", source: `${API}, clusters.create` },
  { type: "google_container_cluster", check: nodeVersion, when: "apply", source: `${CLUSTER}, CustomizeDiff` },
  { type: "google_container_cluster", check: dataplane, when: "apply", source: "GKE documentation, Dataplane V2" },
  { type: "google_container_cluster", check: encryption, when: "apply", source: `${API}, DatabaseEncryption` },
  {
    type: "google_container_cluster",
    check: labels("resource_labels"),
    when: "apply",
    source: "Google Cloud documentation, Requirements for labels",
  },

  {
    type: "google_container_node_pool",
    at: "name",
    matches: /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
    say: "1 to 40 lower-case letters, digits or hyphens, beginning with a letter",
    when: "apply",
    source: `${API}, nodePools.create`,
  },
  { type: "google_container_node_pool", at: "autoscaling.location_policy", oneOf: ["BALANCED", "ANY"], source: POOL },
  { type: "google_container_node_pool", at: "upgrade_settings.strategy", oneOf: ["SURGE", "BLUE_GREEN"], source: POOL },
  {
    type: "google_container_node_pool",
    at: "max_pods_per_node",
    between: [8, 256],
    when: "apply",
    source: `${API}, MaxPodsConstraint`,
  },
  {
    type: "google_container_node_pool",
    at: "node_config.taint.effect",
    oneOf: ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"],
    source: NODE,
  },
  {
    type: "google_container_node_pool",
    at: "node_config.workload_metadata_config.mode",
    oneOf: ["MODE_UNSPECIFIED", "GCE_METADATA", "GKE_METADATA"],
    source: NODE,
  },
  { type: "google_container_node_pool", at: "node_config.disk_size_gb", between: [10, 65536], source: NODE },
  {
    type: "google_container_node_pool",
    at: "node_config.disk_type",
    oneOf: [
      "pd-standard",
      "pd-balanced",
      "pd-ssd",
      "pd-extreme",
      "hyperdisk-balanced",
      "hyperdisk-extreme",
      "hyperdisk-throughput",
    ],
    when: "apply",
    source: `${API}, NodeConfig.diskType`,
  },
  {
    type: "google_container_node_pool",
    at: "node_config.image_type",
    matches:
      /^(cos|cos_containerd|ubuntu|ubuntu_containerd|windows_ltsc|windows_ltsc_containerd|windows_sac|windows_sac_containerd)$/i,
    say: "an image type such as COS_CONTAINERD or UBUNTU_CONTAINERD",
    when: "apply",
    source: "GKE documentation, Node images",
  },
  { type: "google_container_node_pool", check: limits, when: "apply", source: `${API}, NodePoolAutoscaling` },
  { type: "google_container_node_pool", check: surge, when: "apply", source: `${API}, UpgradeSettings` },
  {
    type: "google_container_node_pool",
    check: (config) =>
      inner(config, "node_config", "spot") === true && inner(config, "node_config", "preemptible") === true
        ? "A node is spot or preemptible, not both."
        : undefined,
    when: "apply",
    source: `${API}, NodeConfig`,
  },
];
