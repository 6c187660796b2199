import type { RecordPlan, Route53Plan } from "../../routing/compile/route53";
import type { EndpointPlan, TrafficManagerPlan } from "../../routing/compile/traffic-manager";
import type { Mutations } from "./engines";

/** Mistakes that a compiler could make, each in every place where it can be made. */
export const MUTATIONS: Readonly<Record<string, Mutations>> = {
  "Route53: the default location is lost": route53((records) =>
    records.filter(({ rule }) => !(rule?.policy === "geolocation" && rule.location === "default")),
  ),
  "Route53: two weights are swapped": route53((records) =>
    swapped(
      records,
      (record) => (record.rule?.policy === "weighted" ? record.name : undefined),
      ({ rule: one }, { rule: other }, record) => {
        if (one?.policy !== "weighted" || other?.policy !== "weighted") return record;
        return { ...record, rule: { ...one, weight: other.weight } };
      },
    ),
  ),
  "Route53: two records have each other's health check": route53((records) =>
    swapped(
      records,
      (record) => (record.check === undefined ? undefined : record.name),
      (_, other, record) => ({ ...record, check: other.check }),
    ),
  ),
  "Route53: aliases don't evaluate their targets' health": route53((records) =>
    records.map((record) => ({ ...record, evaluateTargetHealth: false })),
  ),
  "Route53: primary and secondary are swapped": route53((records) =>
    records.map((record) =>
      record.rule?.policy === "failover"
        ? { ...record, rule: { ...record.rule, role: record.rule.role === "PRIMARY" ? "SECONDARY" : "PRIMARY" } }
        : record,
    ),
  ),
  "Route53: two latency records have each other's target": route53((records) =>
    swapped(
      records,
      (record) => (record.rule?.policy === "latency" ? record.name : undefined),
      (_, other, record) => ({
        ...record,
        target: other.target,
        check: other.check,
      }),
    ),
  ),
  "Route53: coordinates lose their sign": route53((records) =>
    records.map((record) =>
      record.rule?.policy === "geoproximity"
        ? { ...record, rule: { ...record.rule, latitude: record.rule.latitude.replace("-", "") } }
        : record,
    ),
  ),
  "Route53: a drained cluster's switch isn't thrown": {
    route53: (plan) => ({ ...plan, checks: plan.checks.map((check) => ({ ...check, drained: false })) }),
  },
  "Route53: the last address is left out": route53((records) =>
    records.filter(({ target }) => !(target.kind === "address" && target.index > 0)),
  ),
  "Traffic Manager: nobody serves the rest of the world": endpoints((found) =>
    found.map((endpoint) => ({ ...endpoint, geoMappings: endpoint.geoMappings?.filter((code) => code !== "WORLD") })),
  ),
  "Traffic Manager: two weights are swapped": endpoints((found) =>
    found.map((endpoint, index) => ({ ...endpoint, weight: found.at(index - 1)!.weight })),
  ),
  "Traffic Manager: priorities run backwards": endpoints((found) =>
    found.map((endpoint) => ({ ...endpoint, priority: endpoint.priority && found.length + 1 - endpoint.priority })),
  ),
  "Traffic Manager: two endpoints are at each other's place": endpoints((found) =>
    found.map((endpoint, index) => ({ ...endpoint, location: found.at(index - 1)!.location })),
  ),
  "Traffic Manager: drained and weightless endpoints stay on": endpoints((found) =>
    found.map((endpoint) => ({ ...endpoint, enabled: true })),
  ),
  "Traffic Manager: a probe asks for another cluster's host": endpoints((found) =>
    found.map((endpoint, index) => ({ ...endpoint, probeHost: endpoint.probeHost && found.at(index - 1)!.probeHost })),
  ),
  "Traffic Manager: regions lead straight to their member": {
    trafficManager: (plan) => ({
      ...plan,
      profiles: plan.profiles.map((profile) =>
        profile.relativeName.includes("-chain-") ? { ...profile, endpoints: profile.endpoints.slice(0, 1) } : profile,
      ),
    }),
  },
};

function route53(change: (records: readonly RecordPlan[]) => readonly RecordPlan[]): Mutations {
  return { route53: (plan: Route53Plan) => ({ ...plan, records: change(plan.records) }) };
}

function endpoints(change: (endpoints: readonly EndpointPlan[]) => readonly EndpointPlan[]): Mutations {
  return {
    trafficManager: (plan: TrafficManagerPlan) => ({
      ...plan,
      profiles: plan.profiles.map((profile) => ({ ...profile, endpoints: change(profile.endpoints) })),
    }),
  };
}

/** Changes each of the first two records of a group by the other one. */
function swapped(
  records: readonly RecordPlan[],
  groupOf: (record: RecordPlan) => string | undefined,
  change: (one: RecordPlan, other: RecordPlan, record: RecordPlan) => RecordPlan,
): readonly RecordPlan[] {
  return records.map((record) => {
    const group = groupOf(record);
    const [first, second] = records.filter((other) => group !== undefined && groupOf(other) === group);
    if (!first || !second || (record !== first && record !== second)) return record;
    return change(record, record === first ? second : first, record);
  });
}
