import { continentOf } from "../../../model/catalog/countries";
import type { Client, Health, LatencyOracle } from "../../../routing/world";
import { type Block, resources, type StackJson } from "../../support/synth";
import { block, clusterOfHost, type Distribution, mix, type Naming, proportion, reference, referenced, smallest } from "./json";

interface Question {
  readonly client: Client;
  readonly health: Health;
  readonly latency: LatencyOracle;
}

interface Endpoint {
  readonly block: Block;
  readonly nested: boolean;
}

type Status = "Online" | "Degraded" | "Stopped" | "Disabled";

/**
 * Answers as Traffic Manager would, from synthesized profiles and endpoints alone. Written from Microsoft's pages
 * traffic-manager-monitoring, -nested-profiles, -routing-methods and -geographic-regions (azure-docs 2024-2026).
 */
export class TrafficManagerInterpreter {
  /** Endpoints by the id of their profile's resource. */
  private readonly endpoints = new Map<string, Endpoint[]>();

  constructor(
    private readonly stack: StackJson,
    private readonly naming: Naming,
  ) {
    for (const [type, nested] of [
      ["azurerm_traffic_manager_external_endpoint", false],
      ["azurerm_traffic_manager_nested_endpoint", true],
    ] as const) {
      for (const endpoint of Object.values(resources(stack, type))) {
        const { id } = referenced(stack, endpoint.profile_id, "azurerm_traffic_manager_profile", "id");
        this.endpoints.set(id, [...(this.endpoints.get(id) ?? []), { block: endpoint, nested }]);
      }
    }
    for (const [id, endpoints] of this.endpoints) this.checkProfile(id, endpoints);
  }

  /** @param name the public name relative to the zone */
  answer(name: string, question: Question): Distribution {
    const record = this.recordOf(name);
    if (!record) throw new Error(`no record is called ${name}`);
    if (Array.isArray(record.records))
      return mix(
        record.records.map((address) => [
          1 / (record.records as string[]).length,
          { [this.clusterOfTarget(address as string)]: 1 },
        ]),
      );
    const target = record.record ?? record.target_resource_id;
    if (!reference(target)) return { [this.clusterOfTarget(target as string)]: 1 };
    const attribute = record.record === undefined ? "id" : "fqdn";
    return this.profile(referenced(this.stack, target, "azurerm_traffic_manager_profile", attribute).id, question);
  }

  /** The record of the zone, whose service it may be; a CNAME of Route53 in the words of Azure's. */
  private recordOf(name: string): Block | undefined {
    const azure = ["azurerm_dns_cname_record", "azurerm_dns_a_record"].flatMap((type) =>
      Object.values(resources(this.stack, type)),
    );
    const route53 = Object.values(resources(this.stack, "aws_route53_record"))
      .filter((record) => record.type === "CNAME")
      .map((record) => ({
        name: (record.name as string).slice(0, -this.naming.zone.length - 1),
        record: (record.records as string[])[0]!,
      }));
    return [...azure, ...route53].find((candidate) => candidate.name === name);
  }

  private profile(id: string, question: Question): Distribution {
    const method = this.stack.resource!.azurerm_traffic_manager_profile![id]!.traffic_routing_method;
    const all = this.endpoints.get(id) ?? [];
    const eligible = all.filter((endpoint) => !["Disabled", "Stopped"].includes(this.status(endpoint, question)));
    if (method === "Geographic") return this.geographic(eligible, question);
    const online = eligible.filter((endpoint) => this.status(endpoint, question) === "Online");
    // Every eligible endpoint degraded: as if all were online.
    const pool = online.length > 0 ? online : eligible;
    if (pool.length === 0) return {};
    switch (method) {
      case "Priority":
        return this.follow(smallest(pool, ({ block: { priority } }) => Number(priority))[0]!, question);
      case "Weighted":
        return proportion(pool.map((endpoint) => [Number(endpoint.block.weight), this.follow(endpoint, question)]));
      case "Performance": {
        const fastest = smallest(pool, ({ block: { endpoint_location } }) =>
          question.latency(question.client, endpoint_location as string),
        );
        return proportion(fastest.map((endpoint) => [1, this.follow(endpoint, question)]));
      }
      case "MultiValue":
        return proportion(pool.map((endpoint) => [1, this.follow(endpoint, question)]));
      default:
        throw new Error(`no rule for method ${JSON.stringify(method)}`);
    }
  }

  /** The endpoint that the smallest region around the client is mapped to, healthy or not. */
  private geographic(eligible: readonly Endpoint[], question: Question): Distribution {
    const { country, state } = question.client;
    const around = [
      ...(country && state ? [`${country}-${state}`] : []),
      ...(country ? [country] : []),
      ...groupOf(country),
      "WORLD",
    ];
    for (const code of around) {
      const mapped = eligible.find((endpoint) => (endpoint.block.geo_mappings as string[]).includes(code));
      if (mapped) return this.follow(mapped, question);
    }
    return {};
  }

  private follow(endpoint: Endpoint, question: Question): Distribution {
    if (endpoint.nested) return this.profile(this.child(endpoint), question);
    return { [this.clusterOfTarget(endpoint.block.target as string)]: 1 };
  }

  private status(endpoint: Endpoint, question: Question): Status {
    if (endpoint.block.enabled === false) return "Disabled";
    if (!endpoint.nested) return question.health(this.clusterOfProbe(endpoint)) ? "Online" : "Degraded";
    const statuses = (this.endpoints.get(this.child(endpoint)) ?? []).map((child) => this.status(child, question));
    if (statuses.every((status) => status === "Disabled" || status === "Stopped")) return "Stopped";
    const online = statuses.filter((status) => status === "Online").length;
    return online >= Number(endpoint.block.minimum_child_endpoints) ? "Online" : "Degraded";
  }

  private child(endpoint: Endpoint): string {
    return referenced(this.stack, endpoint.block.target_resource_id, "azurerm_traffic_manager_profile", "id").id;
  }

  /** The cluster that answers the probe: the one whose name is in the Host header, as a shared ingress would see it. */
  private clusterOfProbe(endpoint: Endpoint): string {
    const header = block(endpoint.block.custom_header);
    return header ? clusterOfHost(header.value as string, this.naming) : this.clusterOfTarget(endpoint.block.target as string);
  }

  private clusterOfTarget(target: string): string {
    return this.naming.clusterOfAddress.get(target) ?? clusterOfHost(target, this.naming);
  }

  /** What the service refuses: two endpoints with one target, priority or region, and a location missing where it counts. */
  private checkProfile(id: string, endpoints: readonly Endpoint[]): void {
    const method = this.stack.resource!.azurerm_traffic_manager_profile![id]!.traffic_routing_method;
    const values = (key: string) =>
      endpoints.flatMap(({ block: found }) => (found[key] === undefined ? [] : [found[key]].flat()));
    for (const key of ["name", "target", "target_resource_id", "geo_mappings", ...(method === "Priority" ? ["priority"] : [])])
      if (new Set(values(key)).size < values(key).length) throw new Error(`${id}: ${key} twice: ${values(key).join(" ")}`);
    const needed = { Performance: "endpoint_location", Priority: "priority", Weighted: "weight", Geographic: "geo_mappings" }[
      method as string
    ];
    if (needed && endpoints.some(({ block: found }) => found[needed] === undefined)) throw new Error(`${id}: ${needed} missing`);
  }
}

/** Traffic Manager's group of countries, as far as the tests need it: never mapped, and only there to be passed over. */
function groupOf(country: string | undefined): readonly string[] {
  const continent = country && continentOf(country);
  return continent ? [`GEO-${continent === "OC" ? "AP" : continent}`] : [];
}
