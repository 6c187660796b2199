/** What Route 53 refuses of a record because of the others in its zone. */

import { policyOf } from "../knowledge/aws-route53";
import { inner } from "../knowledge/facts";
import type { Value, ValueObject } from "../protocol/values";
import type { Refusal } from "./attempt";
import type { Cloud } from "./model";

const API = "Route 53 API reference, ChangeResourceRecordSets: InvalidChangeBatch";
const GUIDE = "Route 53 Developer Guide";

/** Names are compared in lower case and without a final dot. */
function plain(name: Value | undefined): string {
  return String(name ?? "")
    .toLowerCase()
    .replace(/\.$/, "");
}

/** A record's full name: the provider takes names relative to the zone as well. */
export function fullName(cloud: Cloud, record: ValueObject): string {
  const name = plain(record.name);
  const zone = plain(
    cloud.all("aws_route53_zone").find(({ attributes }) => attributes.zone_id === record.zone_id)?.attributes.name,
  );
  return zone === "" || name === zone || name.endsWith(`.${zone}`) ? name : name === "" ? zone : `${name}.${zone}`;
}

/** The other records of the same name and type. */
export function group(cloud: Cloud, record: ValueObject): ValueObject[] {
  return cloud
    .all("aws_route53_record")
    .map(({ attributes }) => attributes)
    .filter(
      (other) =>
        other.id !== record.id &&
        other.zone_id === record.zone_id &&
        other.type === record.type &&
        fullName(cloud, other) === fullName(cloud, record),
    );
}

const word = (policy: string | undefined): string => policy?.replace(/_(routing_policy|answer_routing_policy)$/, "") ?? "simple";

function aliasTarget(cloud: Cloud, record: ValueObject): string | undefined {
  const alias = inner(record, "alias", "name");
  if (typeof alias !== "string" || inner(record, "alias", "zone_id") !== record.zone_id) return undefined;
  const target = fullName(cloud, { zone_id: record.zone_id ?? null, name: alias });
  const exists = cloud
    .all("aws_route53_record")
    .some(
      ({ attributes }) =>
        attributes.zone_id === record.zone_id && attributes.type === record.type && fullName(cloud, attributes) === target,
    );
  return exists
    ? undefined
    : `Alias ${String(record.name)} points to ${alias}, type ${String(record.type)}, which does not exist in the zone. Create the target first: refer to the target record (its fqdn) instead of writing its name, so that Terraform keeps the order.`;
}

function mixed(cloud: Cloud, record: ValueObject): string | undefined {
  const policy = policyOf(record);
  const other = group(cloud, record).find((member) => policyOf(member) !== policy);
  return other
    ? `${String(record.name)} ${String(record.type)} exists as a ${word(policyOf(other))} record, so no ${word(policy)} record of that name can be added: records of one name and type share one routing policy.`
    : undefined;
}

function twice(cloud: Cloud, record: ValueObject): string | undefined {
  const members = group(cloud, record);
  if (!policyOf(record)) return undefined;
  const same = members.find(({ set_identifier: id }) => id === record.set_identifier);
  return same
    ? `${String(record.name)} ${String(record.type)}: set_identifier "${String(record.set_identifier)}" is taken by another record of the group.`
    : undefined;
}

function sameRegion(cloud: Cloud, record: ValueObject): string | undefined {
  const region = inner(record, "latency_routing_policy", "region");
  if (!region) return undefined;
  const other = group(cloud, record).find((member) => inner(member, "latency_routing_policy", "region") === region);
  return other
    ? `${String(record.name)} ${String(record.type)} has a latency record for ${String(region)} already ("${String(other.set_identifier)}"): one for each region. Put the members of one region behind a weighted record.`
    : undefined;
}

function samePlace(cloud: Cloud, record: ValueObject): string | undefined {
  if (policyOf(record) !== "geolocation_routing_policy") return undefined;
  const place = (member: ValueObject): string => JSON.stringify(inner(member, "geolocation_routing_policy"));
  const other = group(cloud, record).find((member) => place(member) === place(record));
  return other
    ? `${String(record.name)} ${String(record.type)} has a geolocation record for the same place ("${String(other.set_identifier)}").`
    : undefined;
}

function sameRole(cloud: Cloud, record: ValueObject): string | undefined {
  const role = inner(record, "failover_routing_policy", "type");
  if (!role) return undefined;
  const other = group(cloud, record).find((member) => inner(member, "failover_routing_policy", "type") === role);
  return other
    ? `${String(record.name)} ${String(record.type)} has a ${String(role)} record already ("${String(other.set_identifier)}").`
    : undefined;
}

function weights(cloud: Cloud, record: ValueObject): string | undefined {
  if (policyOf(record) !== "weighted_routing_policy" || typeof record.ttl !== "number") return undefined;
  const other = group(cloud, record).find(({ ttl }) => typeof ttl === "number" && ttl !== record.ttl);
  return other
    ? `Weighted records of one name share one TTL: ${record.ttl} here, ${String(other.ttl)} in "${String(other.set_identifier)}".`
    : undefined;
}

function exists(cloud: Cloud, record: ValueObject): string | undefined {
  const [other] = group(cloud, record);
  return other && !policyOf(record) && !policyOf(other) && record.allow_overwrite !== true
    ? `Record ${String(record.name)} ${String(record.type)} exists already.`
    : undefined;
}

function besideCname(cloud: Cloud, record: ValueObject): string | undefined {
  const name = fullName(cloud, record);
  const other = cloud
    .all("aws_route53_record")
    .map(({ attributes }) => attributes)
    .find(
      (member) =>
        // A record that changes its type is one change batch: what it was goes as it comes.
        member.id !== record.id &&
        member.zone_id === record.zone_id &&
        member.type !== record.type &&
        fullName(cloud, member) === name &&
        (member.type === "CNAME" || record.type === "CNAME"),
    );
  return other
    ? `${name} can't be ${String(record.type)} and ${String(other.type)}: a CNAME stands alone at its name.`
    : undefined;
}

function notEmpty(cloud: Cloud, zone: ValueObject): string | undefined {
  if (zone.force_destroy === true) return undefined;
  const left = cloud.all("aws_route53_record").find(({ attributes }) => attributes.zone_id === zone.zone_id);
  return left
    ? `Zone ${String(zone.name)} still holds ${String(left.attributes.name)} ${String(left.attributes.type)} of stack ${left.stack}.`
    : undefined;
}

const record = (check: (cloud: Cloud, record: ValueObject) => string | undefined, source: string): Refusal => ({
  type: "aws_route53_record",
  on: ["create", "update"],
  source,
  refuse: ({ cloud, attributes }) => check(cloud, attributes),
});

/** Refusals of Route 53. */
export const route53Refusals: readonly Refusal[] = [
  record(aliasTarget, `${API}, alias target not found`),
  record(mixed, `${API}; ${GUIDE}, Choosing a routing policy`),
  record(twice, `${API}; ResourceRecordSet, SetIdentifier`),
  record(sameRegion, "Route 53 API reference, ResourceRecordSet, Region"),
  record(samePlace, "Route 53 API reference, ResourceRecordSet, GeoLocation"),
  record(sameRole, "Route 53 API reference, ResourceRecordSet, Failover"),
  record(weights, `${GUIDE}, Values specific for weighted records`),
  record(exists, `${API}, but it already exists`),
  record(besideCname, `${GUIDE}, Supported DNS record types: CNAME`),
  {
    type: "aws_route53_zone",
    on: ["delete"],
    source: "Route 53 API reference, DeleteHostedZone: HostedZoneNotEmpty",
    refuse: ({ cloud, attributes }) => notEmpty(cloud, attributes),
  },
];
