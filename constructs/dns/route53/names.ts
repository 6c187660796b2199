import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { RecordPlan, RecordRule, Route53Plan } from "../../../routing/compile/route53";
import { nestedScope } from "../../cdktf/nested-scope";
import { ClusterHealthCheck } from "./health-check";

export interface Route53NamesProps {
  readonly plan: Route53Plan;
  readonly zoneId: string;
  /** One public address of a cluster, for multivalue. */
  readonly address: (cluster: string, index: number) => string;
  /** Tags of health checks; records have none. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's account. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** Public names in a Route53 zone: their records, from the targets up to the public aliases, and the checks under them. */
export class Route53Names extends Construct {
  private readonly checks: ReadonlyMap<string, ClusterHealthCheck>;
  /** The records made so far, by name. */
  private readonly made = new Map<string, Route53Record[]>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Route53NamesProps,
  ) {
    super(scope, id);
    const { plan, tags, provider } = props;
    // no name begins with an underscore
    const checks = nestedScope(this, ["_checks"]);
    this.checks = new Map(
      plan.checks.map((check) => [check.id, new ClusterHealthCheck(checks, check.id, { check, tags, provider })]),
    );
    for (const record of plan.records) this.make(record);
  }

  private make(plan: RecordPlan): void {
    const scope = nestedScope(this, plan.path.slice(0, -1));
    const record = new Route53Record(scope, plan.path[plan.path.length - 1]!, {
      provider: this.props.provider,
      zoneId: this.props.zoneId,
      name: plan.name,
      type: plan.type,
      ...this.answer(plan),
      ...(plan.rule && {
        setIdentifier: plan.rule.setIdentifier,
        ...policyBlock(plan.rule),
        lifecycle: { createBeforeDestroy: true },
      }),
      healthCheckId: plan.check === undefined ? undefined : this.checks.get(plan.check)!.healthCheckId,
    });
    this.made.set(plan.name, [...(this.made.get(plan.name) ?? []), record]);
  }

  private answer({
    target,
    evaluateTargetHealth,
  }: RecordPlan): Pick<Route53RecordConfig, "alias" | "records" | "ttl" | "dependsOn"> {
    const { zoneId, address } = this.props;
    switch (target.kind) {
      case "address":
        return { ttl: target.ttlSeconds, records: [address(target.cluster, target.index)] };
      case "ingress":
        // Made by the cluster's stack, which is applied before this one.
        return { alias: { name: target.name, zoneId, evaluateTargetHealth } };
      case "node": {
        // Route53 refuses an alias to nothing, and one to half a group would answer with half of it: the name is a
        // reference to one record of the group, the rest is waited for.
        const [first, ...rest] = this.made.get(target.name) ?? [];
        if (!first) throw new Error(`the plan leads to '${target.name}' before it makes it`);
        return { alias: { name: first.fqdn, zoneId, evaluateTargetHealth }, dependsOn: rest.length > 0 ? rest : undefined };
      }
    }
  }
}

function policyBlock(rule: RecordRule): Partial<Route53RecordConfig> {
  switch (rule.policy) {
    case "weighted":
      return { weightedRoutingPolicy: { weight: rule.weight } };
    case "latency":
      return { latencyRoutingPolicy: { region: rule.region } };
    case "geolocation":
      return { geolocationRoutingPolicy: geolocation(rule.location) };
    case "geoproximity":
      return {
        geoproximityRoutingPolicy: { coordinates: [{ latitude: rule.latitude, longitude: rule.longitude }], bias: rule.bias },
      };
    case "failover":
      return { failoverRoutingPolicy: { type: rule.role } };
    case "multivalue":
      return { multivalueAnswerRoutingPolicy: true };
  }
}

/** Route53 writes the default location as the country `*`. */
function geolocation(location: (RecordRule & { policy: "geolocation" })["location"]) {
  if (location === "default") return { country: "*" };
  if ("continent" in location) return { continent: location.continent };
  return { country: location.country, subdivision: location.state };
}
