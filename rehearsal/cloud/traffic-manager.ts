/** What Traffic Manager refuses of an endpoint because of its profile and of the other endpoints in it. */
import type { ValueObject } from "../protocol/values";
import type { Attempt, Refusal } from "./attempt";
import type { Cloud } from "./model";

const DOCS = "Azure Traffic Manager documentation";
const TYPES = [
  "azurerm_traffic_manager_external_endpoint",
  "azurerm_traffic_manager_azure_endpoint",
  "azurerm_traffic_manager_nested_endpoint",
];

function siblings(cloud: Cloud, endpoint: ValueObject): ValueObject[] {
  return TYPES.flatMap((type) => cloud.all(type))
    .map(({ attributes }) => attributes)
    .filter((other) => other.profile_id === endpoint.profile_id && other.id !== endpoint.id);
}

function method(cloud: Cloud, endpoint: ValueObject): unknown {
  return cloud.all("azurerm_traffic_manager_profile").find(({ attributes }) => attributes.id === endpoint.profile_id)?.attributes
    .traffic_routing_method;
}

function place({ cloud, attributes, config, type }: Attempt): string | undefined {
  return method(cloud, attributes) === "Performance" &&
    type !== "azurerm_traffic_manager_azure_endpoint" &&
    !config.endpoint_location
    ? `Endpoint ${String(attributes.name)} of a Performance profile needs 'endpoint_location'.`
    : undefined;
}

function priority({ cloud, attributes }: Attempt): string | undefined {
  if (method(cloud, attributes) !== "Priority" || typeof attributes.priority !== "number") return undefined;
  const other = siblings(cloud, attributes).find((sibling) => sibling.priority === attributes.priority);
  return other
    ? `Endpoints ${String(other.name)} and ${String(attributes.name)} of one profile can't share priority ${attributes.priority}.`
    : undefined;
}

function target({ cloud, attributes }: Attempt): string | undefined {
  const where = (endpoint: ValueObject): unknown => endpoint.target_resource_id ?? endpoint.target;
  const other = siblings(cloud, attributes).find(
    (sibling) => where(sibling) === where(attributes) && method(cloud, attributes) !== "Subnet",
  );
  return other
    ? `Endpoints ${String(other.name)} and ${String(attributes.name)} of one profile can't share the target ${String(where(attributes))}.`
    : undefined;
}

function geography({ cloud, attributes }: Attempt): string | undefined {
  if (method(cloud, attributes) !== "Geographic") return undefined;
  const codes = Array.isArray(attributes.geo_mappings) ? attributes.geo_mappings : [];
  if (codes.length === 0) return `Endpoint ${String(attributes.name)} of a Geographic profile needs 'geo_mappings'.`;
  for (const other of siblings(cloud, attributes)) {
    const shared = codes.find((code) => Array.isArray(other.geo_mappings) && other.geo_mappings.includes(code));
    if (shared !== undefined)
      return `Region code ${String(shared)} is mapped to ${String(other.name)} already; each code once in a profile.`;
  }
  return undefined;
}

function addresses({ cloud, attributes, type }: Attempt): string | undefined {
  if (method(cloud, attributes) !== "MultiValue") return undefined;
  const isAddress = typeof attributes.target === "string" && /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]+)$/i.test(attributes.target);
  return type === "azurerm_traffic_manager_external_endpoint" && isAddress
    ? undefined
    : `Endpoint ${String(attributes.name)}: a MultiValue profile takes external endpoints whose targets are IP addresses.`;
}

const checks: readonly (readonly [check: (attempt: Attempt) => string | undefined, source: string])[] = [
  [place, `${DOCS}, performance routing method`],
  [priority, `${DOCS}, priority routing method`],
  [target, `${DOCS}, FAQ: endpoints`],
  [geography, `${DOCS}, geographic routing method`],
  [addresses, `${DOCS}, MultiValue routing method`],
];

/** Refusals of Traffic Manager. */
export const trafficManagerRefusals: readonly Refusal[] = TYPES.flatMap((type) =>
  checks.map(([refuse, source]): Refusal => ({ type, on: ["create", "update"], source, refuse })),
);
