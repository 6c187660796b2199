/** How much there may be of something: of one name, of an account, of a subscription. */
import { LABEL_CHARACTERS, NAME_CHARACTERS, nameProblem, ROUTE53, TRAFFIC_MANAGER } from "../../model/limits/dns";
import { policyOf } from "../knowledge/aws-route53";
import type { ValueObject } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";
import type { Cloud } from "./model";
import { fullName, group } from "./route53";

const QUOTAS = "Route 53 Developer Guide, Quotas";
const AZURE = "Azure subscription and service limits, Traffic Manager";
const ENDPOINTS = [
  "azurerm_traffic_manager_external_endpoint",
  "azurerm_traffic_manager_azure_endpoint",
  "azurerm_traffic_manager_nested_endpoint",
];

function recordName({ cloud, attributes }: Attempt): string | undefined {
  const name = fullName(cloud, attributes);
  const problem = nameProblem(name);
  return problem
    ? `Record ${name.length > NAME_CHARACTERS ? `${name.slice(0, LABEL_CHARACTERS)}…` : name} has ${problem}.`
    : undefined;
}

function ofOneName({ cloud, attributes }: Attempt): string | undefined {
  const policy = policyOf(attributes);
  if (!policy) return undefined;
  const most = policy === "geoproximity_routing_policy" ? ROUTE53.geoproximityOfOneName : ROUTE53.recordsOfOneName;
  const count = group(cloud, attributes).length + 1;
  return count > most ? `${String(attributes.name)} would have ${count} records of one type; there may be ${most}.` : undefined;
}

/** @param words what the count is of, with its limit */
const more =
  (most: number, words: (count: number) => string) =>
  ({ cloud, type, account }: Attempt): string | undefined => {
    const count = cloud.all(type).filter((resource) => resource.account === account).length + 1;
    // Said once: the first that is too many tells it of all.
    return count === most + 1 ? words(count) : undefined;
  };

function endpointsOf(cloud: Cloud, profile: unknown): ValueObject[] {
  return ENDPOINTS.flatMap((type) => cloud.all(type))
    .map(({ attributes }) => attributes)
    .filter(({ profile_id: of }) => of === profile);
}

function endpoints({ cloud, attributes }: Attempt): string | undefined {
  const count = endpointsOf(cloud, attributes.profile_id).filter(({ id }) => id !== attributes.id).length + 1;
  return count > TRAFFIC_MANAGER.endpointsOfProfile
    ? `The profile would have ${count} endpoints; there may be ${TRAFFIC_MANAGER.endpointsOfProfile}.`
    : undefined;
}

/** Levels of profiles from one down. */
function levels(cloud: Cloud, profile: unknown): number {
  const nested = endpointsOf(cloud, profile).flatMap(({ target_resource_id: target }) => (target ? [levels(cloud, target)] : []));
  return 1 + Math.max(0, ...nested);
}

function nesting({ cloud, attributes }: Attempt): string | undefined {
  const count = 1 + levels(cloud, attributes.target_resource_id);
  return count > TRAFFIC_MANAGER.levels
    ? `Profiles would be nested ${count} deep; ${TRAFFIC_MANAGER.levels} are allowed.`
    : undefined;
}

/** Characters of policies, white space not counted (IAM user guide, IAM and AWS STS quotas). */
const ROLE_POLICY_CHARACTERS = 10_240;
const MANAGED_POLICY_CHARACTERS = 6_144;
const IAM = "IAM user guide, IAM and AWS STS quotas";

const sizeOf = (policy: unknown): number => (typeof policy === "string" ? policy.replace(/\s/g, "").length : 0);

function rolePolicies({ cloud, attributes, account }: Attempt): string | undefined {
  const others = cloud
    .all("aws_iam_role_policy")
    .filter(
      (other) => other.account === account && other.attributes.role === attributes.role && other.attributes.id !== attributes.id,
    );
  const size = [attributes, ...others.map((other) => other.attributes)].reduce((sum, { policy }) => sum + sizeOf(policy), 0);
  return size > ROLE_POLICY_CHARACTERS
    ? `The policies in role ${String(attributes.role)} would have ${size} characters; there may be ${ROLE_POLICY_CHARACTERS}.`
    : undefined;
}

function managedPolicy({ attributes }: Attempt): string | undefined {
  const size = sizeOf(attributes.policy);
  return size > MANAGED_POLICY_CHARACTERS
    ? `Policy ${String(attributes.name)} has ${size} characters; there may be ${MANAGED_POLICY_CHARACTERS}.`
    : undefined;
}

/** Counts that a service refuses. */
export const quotaRefusals: readonly Refusal[] = [
  { type: "aws_route53_record", on: ["create", "update"], source: "RFC 1035, 2.3.4", refuse: recordName },
  { type: "aws_route53_record", on: ["create"], source: QUOTAS, refuse: ofOneName },
  { type: "aws_iam_role_policy", on: ["create", "update"], source: IAM, refuse: rolePolicies },
  { type: "aws_iam_policy", on: ["create", "update"], source: IAM, refuse: managedPolicy },
  ...ENDPOINTS.map((type): Refusal => ({ type, on: ["create"], source: AZURE, refuse: endpoints })),
  {
    type: "azurerm_traffic_manager_nested_endpoint",
    on: ["create", "update"],
    source: "Microsoft, traffic-manager-nested-profiles",
    refuse: nesting,
  },
];

/** Counts that a service refuses unless somebody asked for more. */
export const quotaWarnings: readonly Refusal[] = [
  {
    type: "aws_route53_health_check",
    on: ["create"],
    source: QUOTAS,
    refuse: more(
      ROUTE53.healthChecks,
      (count) => `This is health check ${count} of the account, which has ${ROUTE53.healthChecks} unless AWS was asked for more.`,
    ),
  },
  {
    type: "azurerm_traffic_manager_profile",
    on: ["create"],
    source: AZURE,
    refuse: more(
      TRAFFIC_MANAGER.profiles,
      (count) =>
        `This is profile ${count} of the subscription, which has ${TRAFFIC_MANAGER.profiles} unless Azure was asked for more.`,
    ),
  },
];
