import { TrafficManagerExternalEndpoint } from "@cdktf/provider-azurerm/lib/traffic-manager-external-endpoint";
import { TrafficManagerNestedEndpoint } from "@cdktf/provider-azurerm/lib/traffic-manager-nested-endpoint";
import { TrafficManagerProfile } from "@cdktf/provider-azurerm/lib/traffic-manager-profile";
import { dependable, type TerraformProvider, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { EndpointPlan, ProfilePlan } from "../../../routing/compile/traffic-manager";

export interface ProfileProps {
  readonly plan: ProfilePlan;
  readonly resourceGroup: string;
  /** Nested profiles of the plan by relative name, made before. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** One public address of a cluster. */
  readonly address: (cluster: string, index: number) => string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** A Traffic Manager profile with its endpoints. */
export interface Profile {
  /** Resource id. */
  readonly profileId: string;
  /** <relative name>.trafficmanager.net. */
  readonly fqdn: string;
  /** What must be there before anything leads here. */
  readonly endpoints: readonly TerraformResource[];
}

/**
 * Makes a profile and its endpoints in a scope of their own. All of it is created before what it replaces is destroyed,
 * so that a new order of endpoints is complete before the record above moves to it.
 */
export function makeProfile(scope: Construct, props: ProfileProps): Profile {
  const { plan, provider } = props;
  const { probe } = plan;
  const profile = new TrafficManagerProfile(scope, "profile", {
    provider,
    name: plan.relativeName,
    resourceGroupName: props.resourceGroup,
    trafficRoutingMethod: plan.method,
    maxReturn: plan.maxReturn,
    dnsConfig: { relativeName: plan.relativeName, ttl: plan.ttlSeconds },
    monitorConfig: {
      protocol: probe.protocol.toUpperCase(),
      port: probe.port,
      path: probe.path,
      intervalInSeconds: probe.intervalSeconds,
      timeoutInSeconds: probe.timeoutSeconds,
      // unhealthy after one failure more than is tolerated
      toleratedNumberOfFailures: probe.failureThreshold - 1,
      // what Route53 takes for healthy; Traffic Manager alone would want 200
      expectedStatusCodeRanges: probe.protocol === "tcp" ? undefined : ["200-399"],
    },
    tags: { ...props.tags },
    lifecycle: { createBeforeDestroy: true },
  });
  const endpoints = plan.endpoints.map((endpoint) => makeEndpoint(scope, profile.id, endpoint, props));
  // What is switched on comes before what is switched off: between the two applied changes somebody must answer.
  const on = endpoints.filter((_, index) => plan.endpoints[index]!.enabled);
  endpoints.forEach((endpoint, index) => {
    if (!plan.endpoints[index]!.enabled && on.length > 0)
      endpoint.dependsOn = [...(endpoint.dependsOn ?? []), ...on.map(dependable)];
  });
  return { profileId: profile.id, fqdn: profile.fqdn, endpoints };
}

function makeEndpoint(scope: Construct, profileId: string, plan: EndpointPlan, props: ProfileProps): TerraformResource {
  const common = {
    provider: props.provider,
    name: plan.id,
    profileId,
    enabled: plan.enabled,
    weight: plan.weight,
    priority: plan.priority,
    endpointLocation: plan.location,
    geoMappings: plan.geoMappings && [...plan.geoMappings],
    lifecycle: { createBeforeDestroy: true },
  };
  const { target } = plan;
  const id = `endpoint-${plan.id}`;
  if (target.kind === "profile") {
    const child = props.profiles.get(target.relativeName);
    if (!child) throw new Error(`the plan nests '${target.relativeName}' before it makes it`);
    const nested = { targetResourceId: child.profileId, minimumChildEndpoints: 1, dependsOn: [...child.endpoints] };
    return new TrafficManagerNestedEndpoint(scope, id, { ...common, ...nested });
  }
  return new TrafficManagerExternalEndpoint(scope, id, {
    ...common,
    target: target.kind === "ingress" ? target.name : props.address(target.cluster, target.index),
    customHeader: plan.probeHost === undefined ? undefined : [{ name: "Host", value: plan.probeHost }],
  });
}
