/** Route 53: what the provider checks at validate, and what the service refuses of one record. Groups: cloud/route53.ts. */
import type { ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const RECORD = "hashicorp/aws 6.x, internal/service/route53/record.go";
const CHECK = "hashicorp/aws 6.x, internal/service/route53/health_check.go";
const API = "Route 53 API reference, ResourceRecordSet";
const HEALTH_API = "Route 53 API reference, HealthCheckConfig";

/** Regions that ResourceRecordSet.Region takes in the SDK of 6.25.0. */
export const LATENCY_REGIONS = [
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...[
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
  ],
  ...["ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1"],
  ...["eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "mx-central-1"],
  ...["sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2"],
];

const TYPES = [
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "HTTPS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SSHFP",
  "SVCB",
  "TLSA",
  "TXT",
];

/** Arguments that make a record part of a group, one of which a record may have. */
export const POLICIES = [
  "cidr_routing_policy",
  "failover_routing_policy",
  "geolocation_routing_policy",
  "geoproximity_routing_policy",
  "latency_routing_policy",
  "multivalue_answer_routing_policy",
  "weighted_routing_policy",
] as const;

/** The policy of a record, undefined for a simple one. */
export function policyOf(record: ValueObject): (typeof POLICIES)[number] | undefined {
  return POLICIES.find((name) => record[name] === true || (Array.isArray(record[name]) && record[name].length > 0));
}

/** How many values a record has; 1 for an alias. */
function values(record: ValueObject): number {
  return Array.isArray(record.records) ? record.records.length : 1;
}

function ttl(record: ValueObject): string | undefined {
  return values(record) > 0 && Array.isArray(record.records) && record.records.length > 0 && (record.ttl ?? null) === null
    ? "A record with values needs a 'ttl'."
    : undefined;
}

function oneValue(record: ValueObject): string | undefined {
  const policy = policyOf(record);
  return (policy === "weighted_routing_policy" || policy === "latency_routing_policy") && values(record) > 1
    ? `A ${policy.split("_")[0]} record takes one value, this one has ${values(record)}; put the values into a simple record and make this an alias to it.`
    : undefined;
}

function geolocation(record: ValueObject): string | undefined {
  const [continent, country, subdivision] = ["continent", "country", "subdivision"].map((name) =>
    inner(record, "geolocation_routing_policy", name),
  );
  if (policyOf(record) !== "geolocation_routing_policy") return undefined;
  if (continent && (country || subdivision)) return "A geolocation record names a continent or a country, not both.";
  if (typeof continent === "string" && !["AF", "AN", "AS", "EU", "OC", "NA", "SA"].includes(continent))
    return `'${continent}' is no continent; allowed: AF, AN, AS, EU, OC, NA, SA.`;
  return subdivision && country !== "US"
    ? `A subdivision is allowed in country US only, not in '${String(country)}'.`
    : undefined;
}

function geoproximity(record: ValueObject): string | undefined {
  if (policyOf(record) !== "geoproximity_routing_policy") return undefined;
  const places = ["aws_region", "local_zone_group", "coordinates"].filter((name) => {
    const value = inner(record, "geoproximity_routing_policy", name);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
  if (places.length !== 1) return "A geoproximity record names exactly one of aws_region, local_zone_group and coordinates.";
  const [latitude, longitude] = ["latitude", "longitude"].map((name) =>
    inner(record, "geoproximity_routing_policy", "coordinates", name),
  );
  if (typeof latitude !== "string" || typeof longitude !== "string") return undefined;
  const form = /^-?\d{1,3}(\.\d{1,2})?$/;
  return form.test(latitude) && form.test(longitude) && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
    ? undefined
    : `Coordinates ${latitude}, ${longitude}: latitude is -90 to 90, longitude -180 to 180, both with two decimals at most.`;
}

function multivalueAlias(record: ValueObject): string | undefined {
  return policyOf(record) === "multivalue_answer_routing_policy" && Array.isArray(record.alias) && record.alias.length > 0
    ? "A multivalue record can't be an alias."
    : undefined;
}

function failoverPrimary(record: ValueObject): string | undefined {
  const primary = inner(record, "failover_routing_policy", "type") === "PRIMARY";
  const watched = Boolean(record.health_check_id) || inner(record, "alias", "evaluate_target_health") === true;
  return primary && !watched
    ? "The PRIMARY record of a failover pair needs a health check, or an alias that evaluates its target's health."
    : undefined;
}

function wildcard(record: ValueObject): string | undefined {
  const name = String(record.name ?? "");
  return /.\*/.test(name) || /^\*[^.]/.test(name) ? `'${name}': a wildcard must be the whole leftmost label.` : undefined;
}

function checked(config: ValueObject): string | undefined {
  const type = String(config.type ?? "");
  if (type === "CALCULATED" || type === "CLOUDWATCH_METRIC" || type === "RECOVERY_CONTROL") return undefined;
  if (!config.fqdn && !config.ip_address) return `A health check of type ${type} needs 'fqdn' or 'ip_address'.`;
  return type.endsWith("_STR_MATCH") && !config.search_string
    ? `A health check of type ${type} needs 'search_string'.`
    : undefined;
}

/** Facts about Route 53. */
export const awsRoute53Lines: readonly Line[] = [
  { type: "aws_route53_record", exactlyOne: ["alias", "records"], source: RECORD },
  { type: "aws_route53_record", at: "type", oneOf: TYPES, source: `${API}, Type` },
  { type: "aws_route53_record", atMostOne: ["alias", "ttl"], source: RECORD },
  { type: "aws_route53_record", given: "ttl", needs: ["records"], source: RECORD },
  { type: "aws_route53_record", atMostOne: POLICIES, source: RECORD },
  ...POLICIES.map((given): Line => ({ type: "aws_route53_record", given, needs: ["set_identifier"], source: RECORD })),
  {
    type: "aws_route53_record",
    at: "latency_routing_policy.region",
    oneOf: LATENCY_REGIONS,
    source: `${API}, Region; SDK of December 2025`,
  },
  { type: "aws_route53_record", at: "failover_routing_policy.type", oneOf: ["PRIMARY", "SECONDARY"], source: RECORD },
  { type: "aws_route53_record", at: "geoproximity_routing_policy.bias", between: [-99, 99], source: RECORD },
  { type: "aws_route53_record", at: "alias.name", length: [1, 1024], source: RECORD },
  {
    type: "aws_route53_record",
    at: "weighted_routing_policy.weight",
    between: [0, 255],
    when: "apply",
    source: `${API}, Weight`,
  },
  { type: "aws_route53_record", at: "set_identifier", length: [1, 128], when: "apply", source: `${API}, SetIdentifier` },
  { type: "aws_route53_record", check: ttl, when: "apply", source: `${API}, TTL` },
  { type: "aws_route53_record", check: oneValue, when: "apply", source: `${API}, Region and Weight` },
  { type: "aws_route53_record", check: geolocation, when: "apply", source: `${API}, GeoLocation` },
  { type: "aws_route53_record", check: geoproximity, when: "apply", source: `${API}, GeoProximityLocation` },
  { type: "aws_route53_record", check: multivalueAlias, when: "apply", source: `${API}, MultiValueAnswer` },
  {
    type: "aws_route53_record",
    check: failoverPrimary,
    when: "apply",
    source: "Route 53 Developer Guide, Values specific for failover records",
  },
  { type: "aws_route53_record", check: wildcard, when: "apply", source: "Route 53 Developer Guide, DNS domain name format" },
  {
    type: "aws_route53_zone",
    atMostOne: ["delegation_set_id", "vpc"],
    source: "hashicorp/aws 6.x, internal/service/route53/zone.go",
  },
  {
    type: "aws_route53_health_check",
    at: "type",
    oneOf: ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP", "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"],
    source: `${HEALTH_API}, Type`,
  },
  { type: "aws_route53_health_check", at: "request_interval", oneOf: [10, 30], source: CHECK },
  { type: "aws_route53_health_check", at: "failure_threshold", between: [1, 10], source: CHECK },
  { type: "aws_route53_health_check", at: "child_health_threshold", between: [0, 256], source: CHECK },
  { type: "aws_route53_health_check", at: "child_healthchecks", length: [0, 256], source: `${HEALTH_API}, ChildHealthChecks` },
  { type: "aws_route53_health_check", at: "resource_path", length: [0, 255], source: CHECK },
  { type: "aws_route53_health_check", at: "search_string", length: [0, 255], source: CHECK },
  { type: "aws_route53_health_check", at: "reference_name", length: [1, 27], source: CHECK },
  {
    type: "aws_route53_health_check",
    at: "regions",
    oneOf: [
      "us-east-1",
      "us-west-1",
      "us-west-2",
      "eu-west-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-northeast-1",
      "sa-east-1",
    ],
    source: `${HEALTH_API}, Regions`,
  },
  { type: "aws_route53_health_check", at: "regions", length: [3, 64], source: CHECK },
  { type: "aws_route53_health_check", check: checked, when: "apply", source: `${HEALTH_API}` },
  {
    type: "aws_route53_key_signing_key",
    at: "name",
    matches: /^[0-9A-Za-z_]{3,128}$/,
    say: "3 to 128 letters, digits or _",
    when: "apply",
    source: "Route 53 API reference, CreateKeySigningKey",
  },
  {
    type: "aws_route53_key_signing_key",
    at: "status",
    oneOf: ["ACTIVE", "INACTIVE"],
    source: "hashicorp/aws 6.x, internal/service/route53/key_signing_key.go",
  },
  {
    type: "aws_route53_hosted_zone_dnssec",
    at: "signing_status",
    oneOf: ["SIGNING", "NOT_SIGNING"],
    source: "hashicorp/aws 6.x, internal/service/route53/hosted_zone_dnssec.go",
  },
];
