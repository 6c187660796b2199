/** Azure: groups, network, identity, DNS, Traffic Manager. */
import type { ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/azurerm 4.55.0, internal/services";
const NETWORK = `${SOURCE}/network`;
const DNS = `${SOURCE}/dns`;
const TRAFFIC = `${SOURCE}/trafficmanager`;
const TRAFFIC_API = "Azure Traffic Manager REST API and documentation";

function monitor(config: ValueObject): string | undefined {
  const [protocol, path, interval, timeout] = ["protocol", "path", "interval_in_seconds", "timeout_in_seconds"].map((name) =>
    inner(config, "monitor_config", name),
  );
  if (protocol === "TCP" && path) return "monitor_config: a TCP probe has no 'path'.";
  if (typeof protocol === "string" && protocol !== "TCP" && !path) return `monitor_config: an ${protocol} probe needs a 'path'.`;
  return interval === 10 && (typeof timeout !== "number" || timeout > 9)
    ? `monitor_config: with interval_in_seconds 10 timeout_in_seconds must be set to 5 to 9, it is ${timeout ?? "not set, so 10"}.`
    : undefined;
}

function answers(config: ValueObject): string | undefined {
  return config.traffic_routing_method === "MultiValue" && typeof config.max_return !== "number"
    ? "A MultiValue profile needs 'max_return'."
    : undefined;
}

function recordValues(config: ValueObject): string | undefined {
  const values = Array.isArray(config.records) ? config.records.length : 0;
  return values === 0 && !config.target_resource_id ? "Set one of 'records' and 'target_resource_id'." : undefined;
}

const endpoint = (type: string): Line[] => [
  { type, at: "weight", between: [1, 1000], source: `${TRAFFIC}/${type.replace("azurerm_", "")}_resource.go` },
  { type, at: "priority", between: [1, 1000], source: `${TRAFFIC}/${type.replace("azurerm_", "")}_resource.go` },
];

const record = (type: string): Line[] => [{ type, at: "ttl", between: [0, 2147483647], source: "Azure DNS REST API, RecordSet" }];

/** Facts about Azure other than AKS and the data services. */
export const azurermLines: readonly Line[] = [
  {
    type: "azurerm_resource_group",
    at: "name",
    matches: /^[-\w._()]{0,89}[-\w_()]$/,
    say: "1 to 90 letters, digits or -_.(), not ending with a dot",
    source: `${SOURCE}/resource/resource_group_resource.go`,
  },
  {
    type: "azurerm_virtual_network",
    exactlyOne: ["address_space", "ip_address_pool"],
    source: `${NETWORK}/virtual_network_resource.go`,
  },
  { type: "azurerm_subnet", exactlyOne: ["address_prefixes", "ip_address_pool"], source: `${NETWORK}/subnet_resource.go` },
  {
    type: "azurerm_subnet",
    at: "private_endpoint_network_policies",
    oneOf: ["Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"],
    source: `${NETWORK}/subnet_resource.go`,
  },
  {
    type: "azurerm_public_ip",
    at: "allocation_method",
    oneOf: ["Static", "Dynamic"],
    source: `${NETWORK}/public_ip_resource.go`,
  },
  {
    type: "azurerm_public_ip",
    at: "sku",
    oneOf: ["Basic", "Standard", "StandardV2"],
    source: `${NETWORK}/public_ip_resource.go`,
  },
  { type: "azurerm_public_ip", at: "sku_tier", oneOf: ["Global", "Regional"], source: `${NETWORK}/public_ip_resource.go` },
  {
    type: "azurerm_public_ip",
    at: "domain_name_label",
    matches: /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/,
    say: "3 to 63 lower-case letters, digits or hyphens, beginning with a letter",
    source: `${NETWORK}/validate, PublicIpDomainNameLabel`,
  },
  {
    type: "azurerm_public_ip",
    check: (config) =>
      config.sku === "Standard" && config.allocation_method === "Dynamic"
        ? "A Standard address must be allocated statically."
        : undefined,
    when: "apply",
    source: `${NETWORK}/public_ip_resource.go, create`,
  },
  {
    type: "azurerm_role_assignment",
    exactlyOne: ["role_definition_id", "role_definition_name"],
    source: `${SOURCE}/authorization/role_assignment_resource.go`,
  },
  {
    type: "azurerm_role_assignment",
    at: "principal_type",
    oneOf: ["User", "Group", "ServicePrincipal"],
    source: `${SOURCE}/authorization/role_assignment_resource.go`,
  },

  ...[
    "azurerm_dns_a_record",
    "azurerm_dns_aaaa_record",
    "azurerm_dns_cname_record",
    "azurerm_dns_ns_record",
    "azurerm_dns_txt_record",
    "azurerm_dns_caa_record",
  ].flatMap(record),
  { type: "azurerm_dns_a_record", atMostOne: ["records", "target_resource_id"], source: `${DNS}/dns_a_record_resource.go` },
  { type: "azurerm_dns_a_record", check: recordValues, when: "apply", source: `${DNS}/dns_a_record_resource.go, create` },
  {
    type: "azurerm_dns_cname_record",
    exactlyOne: ["record", "target_resource_id"],
    source: `${DNS}/dns_cname_record_resource.go`,
  },
  {
    type: "azurerm_dns_cname_record",
    check: (config) => (config.name === "@" ? "A CNAME can't stand at the zone's apex." : undefined),
    when: "apply",
    source: "Azure DNS documentation, CNAME records",
  },
  {
    type: "azurerm_dns_caa_record",
    at: "record.tag",
    oneOf: ["issue", "issuewild", "iodef"],
    source: `${DNS}/dns_caa_record_resource.go`,
  },
  { type: "azurerm_dns_caa_record", at: "record.flags", between: [0, 255], source: `${DNS}/dns_caa_record_resource.go` },

  {
    type: "azurerm_traffic_manager_profile",
    at: "traffic_routing_method",
    oneOf: ["Geographic", "MultiValue", "Performance", "Priority", "Subnet", "Weighted"],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "profile_status",
    oneOf: ["Enabled", "Disabled"],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.protocol",
    oneOf: ["HTTP", "HTTPS", "TCP"],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.port",
    between: [1, 65535],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.interval_in_seconds",
    oneOf: [10, 30],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.timeout_in_seconds",
    between: [5, 10],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.tolerated_number_of_failures",
    between: [0, 9],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "monitor_config.expected_status_code_ranges",
    matches: /^\d{3}-\d{3}$/,
    say: "two codes with a hyphen, 200-299",
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "max_return",
    between: [1, 8],
    source: `${TRAFFIC}/traffic_manager_profile_resource.go`,
  },
  {
    type: "azurerm_traffic_manager_profile",
    at: "dns_config.relative_name",
    matches: /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
    say: "one DNS label",
    when: "apply",
    source: TRAFFIC_API,
  },
  { type: "azurerm_traffic_manager_profile", check: monitor, when: "apply", source: `${TRAFFIC_API}, monitoring` },
  {
    type: "azurerm_traffic_manager_profile",
    check: answers,
    when: "apply",
    source: `${TRAFFIC}/traffic_manager_profile_resource.go, create`,
  },
  ...[
    "azurerm_traffic_manager_external_endpoint",
    "azurerm_traffic_manager_azure_endpoint",
    "azurerm_traffic_manager_nested_endpoint",
  ].flatMap(endpoint),
  {
    type: "azurerm_traffic_manager_nested_endpoint",
    at: "minimum_child_endpoints",
    between: [1, Number.POSITIVE_INFINITY],
    source: `${TRAFFIC}/traffic_manager_nested_endpoint_resource.go`,
  },
];
