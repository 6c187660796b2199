import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { CheckPlan } from "../../../routing/compile/checks";

export interface ClusterHealthCheckProps {
  readonly check: CheckPlan;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's account. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/**
 * Whether a cluster shall be answered: a check of its endpoint, and above it a calculated one that records point to.
 * Draining raises the calculated check's threshold above the number of its children, which Route53 documents as always
 * unhealthy (API, HealthCheckConfig, HealthThreshold). Inverting or disabling the endpoint's check would declare a dead
 * cluster healthy.
 */
export class ClusterHealthCheck extends Construct {
  /** Id of the calculated check. */
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, props: ClusterHealthCheckProps) {
    super(scope, id);
    const { provider } = props;
    const { probe, host, drained } = props.check;
    const lifecycle = { createBeforeDestroy: true };
    const tags = (name: string) => ({ ...props.tags, Name: name });
    const endpoint = new Route53HealthCheck(this, "endpoint", {
      provider,
      type: probe.protocol.toUpperCase(),
      fqdn: host,
      port: probe.port,
      resourcePath: probe.path,
      enableSni: probe.protocol === "https" ? true : undefined,
      // Left out, the service says 30 and every plan would replace the check (provider 5.100.0 and 6.25.0).
      requestInterval: probe.intervalSeconds,
      failureThreshold: probe.failureThreshold,
      tags: tags(host),
      lifecycle,
    });
    this.healthCheckId = new Route53HealthCheck(this, "switch", {
      provider,
      type: "CALCULATED",
      childHealthchecks: [endpoint.id],
      childHealthThreshold: drained ? 2 : 1,
      tags: tags(`${host} unless drained`),
      lifecycle,
    }).id;
  }
}
