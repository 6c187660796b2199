import { distanceKm } from "../../../model/catalog/distance";
import type { Client, Health, LatencyOracle } from "../../../routing/world";
import { type Block, type Json, resources, type StackJson } from "../../support/synth";
import { block, clusterOfHost, type Distribution, mix, type Naming, proportion, reference, referenced, smallest } from "./json";

const RULES = [
  "weighted_routing_policy",
  "latency_routing_policy",
  "geolocation_routing_policy",
  "geoproximity_routing_policy",
  "failover_routing_policy",
  "multivalue_answer_routing_policy",
] as const;
type Rule = (typeof RULES)[number];

interface Question {
  readonly client: Client;
  readonly health: Health;
  readonly latency: LatencyOracle;
}

/**
 * Answers as Route53 would, from synthesized records and health checks alone. Written from the Developer Guide ("How
 * Amazon Route 53 chooses records when health checking is configured", "… in complex configurations", the page of each
 * routing policy) and without a look at the compiler: nothing is shared with it but the question's types.
 */
export class Route53Interpreter {
  private readonly records = new Map<string, Block[]>();

  constructor(
    private readonly stack: StackJson,
    private readonly naming: Naming,
  ) {
    for (const record of Object.values(resources(stack, "aws_route53_record"))) {
      const name = text(record.name);
      this.records.set(name, [...(this.records.get(name) ?? []), record]);
    }
    for (const [name, group] of this.records) checkGroup(name, group);
  }

  answer(name: string, question: Question): Distribution {
    const group = this.records.get(name);
    if (!group) throw new Error(`no record is called ${name}`);
    const rule = ruleOf(group[0]!);
    if (!rule) return this.follow(group[0]!, question);
    const healthy = group.filter((record) => this.isHealthy(record, question));
    if (rule === "geolocation_routing_policy") return this.geolocation(group, healthy, question);
    if (rule === "weighted_routing_policy") return this.weighted(group, healthy, question);
    // No healthy record: all are taken for healthy.
    const pool = healthy.length > 0 ? healthy : group;
    switch (rule) {
      case "latency_routing_policy": {
        const [fastest] = smallest(pool, (record) => question.latency(question.client, text(block(record[rule])!.region)));
        return this.follow(fastest!, question);
      }
      case "geoproximity_routing_policy": {
        const [nearest] = smallest(pool, (record) => biased(question.client, block(record[rule])!));
        return this.follow(nearest!, question);
      }
      case "failover_routing_policy": {
        const primary = pool.find((record) => block(record[rule])!.type === "PRIMARY");
        return this.follow(primary ?? pool[0]!, question);
      }
      case "multivalue_answer_routing_policy":
        return proportion(pool.map((record) => [1, this.follow(record, question)]));
    }
  }

  /** Weight 0 only when every other record is unhealthy; all unhealthy counts as all healthy. */
  private weighted(group: readonly Block[], healthy: readonly Block[], question: Question): Distribution {
    const weightOf = (record: Block) => Number(block(record.weighted_routing_policy)!.weight);
    const pool = healthy.length > 0 ? healthy : group;
    const positive = pool.filter((record) => weightOf(record) > 0);
    if (positive.length > 0) return proportion(positive.map((record) => [weightOf(record), this.follow(record, question)]));
    return proportion(pool.map((record) => [1, this.follow(record, question)]));
  }

  /** The smallest area that holds the client; an unhealthy record gives way to the next larger area, never to another one. */
  private geolocation(group: readonly Block[], healthy: readonly Block[], question: Question): Distribution {
    const { country, continent, state } = question.client;
    const areas: ((area: Block) => boolean)[] = [
      (area) => area.country === "US" && country === "US" && area.subdivision !== undefined && area.subdivision === state,
      (area) => area.country !== undefined && area.subdivision === undefined && area.country === country,
      (area) => area.continent !== undefined && area.continent === continent,
      (area) => area.country === "*",
    ];
    const matching = areas.flatMap((matches) => group.filter((record) => matches(block(record.geolocation_routing_policy)!)));
    const chosen = matching.find((record) => healthy.includes(record)) ?? matching[0];
    return chosen ? this.follow(chosen, question) : {};
  }

  private follow(record: Block, question: Question): Distribution {
    const alias = block(record.alias);
    if (!alias) {
      const addresses = (record.records as string[]).map((address) => this.naming.clusterOfAddress.get(address)!);
      return mix(addresses.map((cluster) => [1 / addresses.length, { [cluster]: 1 }]));
    }
    const inner = this.aliasTarget(alias);
    if (inner.inside && this.records.get(inner.name)!.some(({ type }) => type !== record.type))
      throw new Error(`alias ${text(record.name)} ${text(record.type)} leads to ${inner.name}, which is of another type`);
    return inner.inside ? this.answer(inner.name, question) : { [clusterOfHost(inner.name, this.naming)]: 1 };
  }

  /** Name that an alias leads to, and whether its records are in this stack; a cluster's are in the cluster's. */
  private aliasTarget(alias: Block): { name: string; inside: boolean } {
    if (!reference(alias.name)) return { name: text(alias.name), inside: false };
    return { name: text(referenced(this.stack, alias.name, "aws_route53_record", "fqdn").block.name), inside: true };
  }

  /** A record without check and without evaluated target is always healthy; with both, both must be. */
  private isHealthy(record: Block, question: Question): boolean {
    if (record.health_check_id !== undefined && !this.checkPasses(record.health_check_id, question.health)) return false;
    const alias = block(record.alias);
    if (alias?.evaluate_target_health !== true) return true;
    const target = this.aliasTarget(alias);
    return !target.inside || this.records.get(target.name)!.some((inner) => this.isHealthy(inner, question));
  }

  private checkPasses(id: Json, health: Health): boolean {
    const check = referenced(this.stack, id, "aws_route53_health_check", "id").block;
    if (check.disabled === true) return true;
    let passes: boolean;
    if (check.type === "CALCULATED") {
      const children = check.child_healthchecks as Json[];
      passes = children.filter((child) => this.checkPasses(child, health)).length >= Number(check.child_health_threshold);
    } else passes = health(clusterOfHost(text(check.fqdn), this.naming));
    return check.invert_healthcheck === true ? !passes : passes;
  }
}

/** What the API refuses of a group: mixed policies, the same identifier, region or location twice, a PRIMARY twice. */
function checkGroup(name: string, group: readonly Block[]): void {
  const rules = new Set(group.map(ruleOf));
  if (rules.size > 1 || (group.length > 1 && rules.has(undefined))) throw new Error(`${name}: records of mixed policies`);
  for (const key of [
    (record: Block) => record.set_identifier,
    (record: Block) => block(record.latency_routing_policy)?.region,
    (record: Block) => block(record.geolocation_routing_policy),
    (record: Block) => block(record.failover_routing_policy)?.type,
  ]) {
    const values = group.map((record) => JSON.stringify(key(record))).filter((value) => value !== undefined);
    if (new Set(values).size < values.length) throw new Error(`${name}: ${values.join(" ")} twice`);
  }
}

function ruleOf(record: Block): Rule | undefined {
  return RULES.find((rule) => record[rule] !== undefined);
}

function biased(client: Client, policy: Block): number {
  const { latitude, longitude } = block(policy.coordinates)!;
  const bias = Number(policy.bias ?? 0);
  const actual = distanceKm(client, { latitude: Number(latitude), longitude: Number(longitude) });
  return bias >= 0 ? actual * (1 - bias / 100) : actual / (1 + bias / 100);
}

function text(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`expected text, found ${JSON.stringify(value)}`);
  return value;
}
