/** EKS. Provider files are those of the 6.x line; enumerations those of the SDK that 6.25.0 carries (December 2025). */
import { isObject, type ValueObject } from "../protocol/values";
import { ARN, hasHostBits, IPV4_NETWORK, inner, maskOf } from "./facts";
import type { Line } from "./line";

const CLUSTER = "hashicorp/aws 6.x, internal/service/eks/cluster.go";
const POOL = "hashicorp/aws 6.x, internal/service/eks/node_group.go";
const ADD_ON = "hashicorp/aws 6.x, internal/service/eks/addon.go";
const ACCESS = "hashicorp/aws 6.x, internal/service/eks/access_entry.go";
const API = "EKS API reference";

const AMI_TYPES = [
  ...["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM", "BOTTLEROCKET_ARM_64", "BOTTLEROCKET_x86_64"],
  ...["BOTTLEROCKET_ARM_64_FIPS", "BOTTLEROCKET_x86_64_FIPS", "BOTTLEROCKET_ARM_64_NVIDIA", "BOTTLEROCKET_x86_64_NVIDIA"],
  ...["WINDOWS_CORE_2019_x86_64", "WINDOWS_FULL_2019_x86_64", "WINDOWS_CORE_2022_x86_64", "WINDOWS_FULL_2022_x86_64"],
  ...["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD", "AL2023_x86_64_NEURON", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA"],
];

/** The service network: /12 to /24, inside RFC 1918, no bits behind the mask. */
function serviceNetwork(config: ValueObject): string | undefined {
  const value = inner(config, "kubernetes_network_config", "service_ipv4_cidr");
  if (typeof value !== "string") return undefined;
  const mask = maskOf(value);
  if (!IPV4_NETWORK.test(value) || mask < 12 || mask > 24 || hasHostBits(value))
    return `service_ipv4_cidr is "${value}"; it must be a network of /12 to /24 without bits behind its mask.`;
  return /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(value)
    ? undefined
    : `service_ipv4_cidr is "${value}"; it must lie inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.`;
}

/** Auto Mode is on in three places or in none. */
function autoMode(config: ValueObject): string | undefined {
  const switches = [
    inner(config, "compute_config", "enabled"),
    inner(config, "kubernetes_network_config", "elastic_load_balancing", "enabled"),
    inner(config, "storage_config", "block_storage", "enabled"),
  ].map((value) => value === true);
  return new Set(switches).size === 1
    ? undefined
    : "compute_config.enabled, kubernetes_network_config.elastic_load_balancing.enabled and storage_config.block_storage.enabled must all be true or all be false.";
}

function autoModeWithOwnAddOns(config: ValueObject): string | undefined {
  return inner(config, "compute_config", "enabled") === true && config.bootstrap_self_managed_addons !== false
    ? "With Auto Mode bootstrap_self_managed_addons must be false."
    : undefined;
}

function sizes(config: ValueObject): string | undefined {
  const [min, desired, max] = ["min_size", "desired_size", "max_size"].map((name) => inner(config, "scaling_config", name));
  if (typeof min !== "number" || typeof max !== "number") return undefined;
  if (min > max) return `scaling_config: min_size ${min} is above max_size ${max}.`;
  if (typeof desired === "number" && (desired < min || desired > max))
    return `scaling_config: desired_size ${desired} is outside ${min} to ${max}.`;
  return undefined;
}

function templateAndDisk(config: ValueObject): string | undefined {
  const hasTemplate = Array.isArray(config.launch_template) && config.launch_template.length > 0;
  if (!hasTemplate) return undefined;
  if (config.disk_size !== null && config.disk_size !== undefined)
    return "'disk_size' can't be set beside a launch template: set the disk there.";
  return Array.isArray(config.remote_access) && config.remote_access.length > 0
    ? "'remote_access' can't be set beside a launch template: set the key there."
    : undefined;
}

function accessScope(config: ValueObject): string | undefined {
  const type = inner(config, "access_scope", "type");
  const namespaces = inner(config, "access_scope", "namespaces");
  return type === "namespace" && Array.isArray(namespaces) && namespaces.length === 0
    ? "access_scope of type namespace needs at least one namespace."
    : undefined;
}

function addOnValues(config: ValueObject): string | undefined {
  const values = config.configuration_values;
  if (typeof values !== "string" || values === "") return undefined;
  try {
    return isObject(JSON.parse(values)) ? undefined : "configuration_values must be a JSON object.";
  } catch (error) {
    return `configuration_values is no JSON: ${error instanceof Error ? error.message : values}`;
  }
}

/** Facts about EKS. */
export const awsEksLines: readonly Line[] = [
  ...(["role_arn", "target_role_arn"] as const).map(
    (at): Line => ({
      type: "aws_eks_pod_identity_association",
      at,
      matches: ARN,
      say: "an ARN",
      source: "hashicorp/aws 6.34.0, internal/service/eks/pod_identity_association.go, fwtypes.ARNType",
    }),
  ),
  {
    type: "aws_eks_cluster",
    at: "name",
    matches: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
    say: "1 to 100 letters, digits, - or _, beginning with a letter or digit",
    source: CLUSTER,
  },
  { type: "aws_eks_cluster", at: "role_arn", matches: ARN, say: "an ARN", source: CLUSTER },
  {
    type: "aws_eks_cluster",
    at: "access_config.authentication_mode",
    oneOf: ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"],
    source: `${API}, AuthenticationMode`,
  },
  {
    type: "aws_eks_cluster",
    at: "enabled_cluster_log_types",
    oneOf: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    source: `${API}, LogType`,
  },
  { type: "aws_eks_cluster", at: "encryption_config.resources", oneOf: ["secrets"], source: CLUSTER },
  { type: "aws_eks_cluster", at: "kubernetes_network_config.ip_family", oneOf: ["ipv4", "ipv6"], source: `${API}, IpFamily` },
  { type: "aws_eks_cluster", check: serviceNetwork, at: "kubernetes_network_config.service_ipv4_cidr", source: CLUSTER },
  { type: "aws_eks_cluster", at: "upgrade_policy.support_type", oneOf: ["STANDARD", "EXTENDED"], source: `${API}, SupportType` },
  { type: "aws_eks_cluster", at: "compute_config.node_pools", oneOf: ["general-purpose", "system"], source: CLUSTER },
  {
    type: "aws_eks_cluster",
    at: "control_plane_scaling_config.tier",
    oneOf: ["standard", "tier-xl", "tier-2xl", "tier-4xl"],
    source: `${API}, ProvisionedControlPlaneTier, December 2025`,
  },
  {
    type: "aws_eks_cluster",
    at: "vpc_config.public_access_cidrs",
    matches: IPV4_NETWORK,
    say: "an IPv4 network with its mask",
    source: CLUSTER,
  },
  { type: "aws_eks_cluster", check: autoMode, source: `${CLUSTER}, validateAutoModeCustomizeDiff` },
  { type: "aws_eks_cluster", check: autoModeWithOwnAddOns, when: "apply", source: "EKS User Guide, Auto Mode: create a cluster" },

  { type: "aws_eks_node_group", at: "ami_type", oneOf: AMI_TYPES, source: `${API}, AMITypes` },
  {
    type: "aws_eks_node_group",
    at: "capacity_type",
    oneOf: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
    source: `${API}, CapacityTypes`,
  },
  {
    type: "aws_eks_node_group",
    at: "taint.effect",
    oneOf: ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
    source: `${API}, TaintEffect`,
  },
  { type: "aws_eks_node_group", at: "taint", length: [0, 50], source: POOL },
  { type: "aws_eks_node_group", at: "taint.key", length: [1, 63], source: POOL },
  { type: "aws_eks_node_group", at: "taint.value", length: [0, 63], source: POOL },
  { type: "aws_eks_node_group", at: "node_group_name", length: [1, 63], source: POOL },
  { type: "aws_eks_node_group", at: "node_group_name_prefix", length: [1, 37], source: POOL },
  { type: "aws_eks_node_group", atMostOne: ["node_group_name", "node_group_name_prefix"], source: POOL },
  { type: "aws_eks_node_group", at: "scaling_config.max_size", between: [1, Number.POSITIVE_INFINITY], source: POOL },
  { type: "aws_eks_node_group", at: "scaling_config.min_size", between: [0, Number.POSITIVE_INFINITY], source: POOL },
  {
    type: "aws_eks_node_group",
    exactlyOneIn: "update_config",
    exactlyOne: ["update_config.max_unavailable", "update_config.max_unavailable_percentage"],
    source: POOL,
  },
  { type: "aws_eks_node_group", at: "update_config.max_unavailable_percentage", between: [1, 100], source: POOL },
  { type: "aws_eks_node_group", at: "update_config.max_unavailable", between: [1, 100], source: POOL },
  { type: "aws_eks_node_group", check: sizes, when: "apply", source: `${API}, CreateNodegroup: scalingConfig` },
  {
    type: "aws_eks_node_group",
    check: templateAndDisk,
    when: "apply",
    source: `${API}, CreateNodegroup: diskSize and remoteAccess`,
  },

  { type: "aws_eks_addon", at: "resolve_conflicts_on_create", oneOf: ["NONE", "OVERWRITE"], source: ADD_ON },
  { type: "aws_eks_addon", at: "resolve_conflicts_on_update", oneOf: ["NONE", "OVERWRITE", "PRESERVE"], source: ADD_ON },
  {
    type: "aws_eks_addon",
    check: addOnValues,
    at: "configuration_values",
    when: "apply",
    source: `${API}, CreateAddon: configurationValues`,
  },
  {
    type: "aws_eks_access_entry",
    at: "type",
    oneOf: ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"],
    source: `${ACCESS}; ${API}, CreateAccessEntry`,
  },
  {
    type: "aws_eks_access_entry",
    at: "kubernetes_groups",
    matches: /^(?!system:|eks:|aws:|amazon:|iam:)/,
    say: "a group that doesn't begin with system:, eks:, aws:, amazon: or iam:",
    when: "apply",
    source: `${API}, CreateAccessEntry: kubernetesGroups`,
  },
  {
    type: "aws_eks_access_policy_association",
    at: "access_scope.type",
    oneOf: ["cluster", "namespace"],
    when: "apply",
    source: `${API}, AccessScope`,
  },
  { type: "aws_eks_access_policy_association", check: accessScope, when: "apply", source: `${API}, AccessScope` },
];
