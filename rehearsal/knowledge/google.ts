/** Google Cloud: network, identity, keys, registries, disks. */
import type { ValueObject } from "../protocol/values";
import { hasHostBits, IPV4_NETWORK, RFC1035 } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/google 6.50.0, google/services";
const COMPUTE = `${SOURCE}/compute`;
const API = "Compute Engine REST API";
const NAMED = "1 to 63 lower-case letters, digits or hyphens, beginning with a letter";

/** All of Compute Engine's names follow RFC 1035. */
const named = (type: string, source: string): Line => ({ type, at: "name", matches: RFC1035, say: NAMED, source });

function ranges(config: ValueObject): string | undefined {
  const secondary = Array.isArray(config.secondary_ip_range) ? (config.secondary_ip_range as readonly ValueObject[]) : [];
  for (const range of [config.ip_cidr_range, ...secondary.map(({ ip_cidr_range: network }) => network)]) {
    if (typeof range !== "string") continue;
    if (!IPV4_NETWORK.test(range)) return `"${range}" is no IPv4 network.`;
    if (hasHostBits(range)) return `"${range}" has bits set behind its mask; write the network's own address.`;
  }
  return undefined;
}

function nat(config: ValueObject): string | undefined {
  const ports = config.min_ports_per_vm;
  if (config.enable_dynamic_port_allocation === true && config.enable_endpoint_independent_mapping === true)
    return "Dynamic port allocation can't be combined with endpoint-independent mapping.";
  return config.enable_dynamic_port_allocation === true && typeof ports === "number" && !Number.isInteger(Math.log2(ports))
    ? `min_ports_per_vm is ${ports}; with dynamic port allocation it must be a power of 2.`
    : undefined;
}

/** Facts about Google Cloud other than GKE. */
export const googleLines: readonly Line[] = [
  named("google_compute_network", `${COMPUTE}/resource_compute_network.go`),
  {
    type: "google_compute_network",
    at: "routing_mode",
    oneOf: ["REGIONAL", "GLOBAL"],
    source: `${COMPUTE}/resource_compute_network.go`,
  },
  named("google_compute_subnetwork", `${COMPUTE}/resource_compute_subnetwork.go`),
  { type: "google_compute_subnetwork", check: ranges, when: "apply", source: `${API}, subnetworks.insert` },
  {
    type: "google_compute_subnetwork",
    at: "log_config.aggregation_interval",
    oneOf: ["INTERVAL_5_SEC", "INTERVAL_30_SEC", "INTERVAL_1_MIN", "INTERVAL_5_MIN", "INTERVAL_10_MIN", "INTERVAL_15_MIN"],
    source: `${COMPUTE}/resource_compute_subnetwork.go`,
  },
  {
    type: "google_compute_subnetwork",
    at: "log_config.metadata",
    oneOf: ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"],
    source: `${COMPUTE}/resource_compute_subnetwork.go`,
  },
  {
    type: "google_compute_subnetwork",
    at: "stack_type",
    oneOf: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"],
    source: `${COMPUTE}/resource_compute_subnetwork.go`,
  },
  named("google_compute_router", `${COMPUTE}/resource_compute_router.go`),
  {
    type: "google_compute_router",
    at: "bgp.asn",
    matches: {
      test: (asn) =>
        [
          [64512, 65534],
          [4200000000, 4294967294],
          [16550, 16550],
        ].some(([from, to]) => +asn >= from! && +asn <= to!),
    },
    say: "a private number of RFC 6996 (64512 to 65534, 4200000000 to 4294967294), or 16550",
    source: "hashicorp/google 6.50.0, google/verify/validation.go, ValidateRFC6996Asn",
  },
  named("google_compute_router_nat", `${COMPUTE}/resource_compute_router_nat.go`),
  {
    type: "google_compute_router_nat",
    at: "nat_ip_allocate_option",
    oneOf: ["MANUAL_ONLY", "AUTO_ONLY"],
    source: `${COMPUTE}/resource_compute_router_nat.go`,
  },
  {
    type: "google_compute_router_nat",
    at: "source_subnetwork_ip_ranges_to_nat",
    oneOf: ["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES", "LIST_OF_SUBNETWORKS"],
    source: `${COMPUTE}/resource_compute_router_nat.go`,
  },
  {
    type: "google_compute_router_nat",
    at: "log_config.filter",
    oneOf: ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"],
    source: `${COMPUTE}/resource_compute_router_nat.go`,
  },
  { type: "google_compute_router_nat", check: nat, when: "apply", source: `${API}, routers: NAT` },
  named("google_compute_address", `${COMPUTE}/resource_compute_address.go`),
  {
    type: "google_compute_address",
    at: "address_type",
    oneOf: ["INTERNAL", "EXTERNAL"],
    source: `${COMPUTE}/resource_compute_address.go`,
  },
  {
    type: "google_compute_address",
    at: "network_tier",
    oneOf: ["PREMIUM", "STANDARD"],
    source: `${COMPUTE}/resource_compute_address.go`,
  },
  {
    type: "google_compute_firewall",
    at: "direction",
    oneOf: ["INGRESS", "EGRESS"],
    source: `${COMPUTE}/resource_compute_firewall.go`,
  },
  {
    type: "google_service_account",
    at: "account_id",
    matches: /^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/,
    say: "6 to 30 lower-case letters, digits or hyphens, beginning with a letter",
    source: `${SOURCE}/resourcemanager/resource_google_service_account.go`,
  },
  {
    type: "google_project_iam_member",
    at: "role",
    matches: /^(roles\/|projects\/[^/]+\/roles\/|organizations\/\d+\/roles\/)[\w.]+$/,
    say: "a role such as roles/viewer",
    when: "apply",
    source: "IAM REST API, Policy bindings",
  },
  {
    type: "google_project_service",
    at: "service",
    matches: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    say: "a service's domain such as container.googleapis.com",
    source: `${SOURCE}/resourcemanager/resource_google_project_service.go`,
  },
  {
    type: "google_kms_crypto_key",
    at: "purpose",
    oneOf: ["ENCRYPT_DECRYPT", "ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC", "RAW_ENCRYPT_DECRYPT", "KEY_PURPOSE_UNSPECIFIED"],
    source: `${SOURCE}/kms/resource_kms_crypto_key.go`,
  },
  {
    type: "google_artifact_registry_repository",
    at: "mode",
    oneOf: ["STANDARD_REPOSITORY", "VIRTUAL_REPOSITORY", "REMOTE_REPOSITORY"],
    source: `${SOURCE}/artifactregistry/resource_artifact_registry_repository.go`,
  },
  {
    type: "google_artifact_registry_repository",
    at: "repository_id",
    matches: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    say: NAMED,
    when: "apply",
    source: "Artifact Registry REST API, repositories.create",
  },
];
