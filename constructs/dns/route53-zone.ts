import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone as AwsRoute53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ZoneRef } from "./zone";

export interface Route53ZoneProps {
  /** Name of the zone, e.g. k8s.example.com. */
  readonly name: string;
  /** Shown in the console. */
  readonly comment: string;
  /** Keep record changes possible within 60 minutes when us-east-1 fails. @default false */
  readonly acceleratedRecovery?: boolean;
  /** Certificate authorities allowed for the zone. @default - no CAA record */
  readonly caa?: readonly string[];
  /** Refuse at plan to destroy the zone. @default true */
  readonly deletionProtection?: boolean;
  /** Destroy records that Terraform didn't make along with the zone. @default false */
  readonly forceDestroy?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's account. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** A public hosted zone. */
export class Route53Zone extends Construct {
  readonly ref: ZoneRef & { readonly engine: "route53" };
  /** The four name servers that the parent zone or the registrar must name. */
  readonly nameServers: string[];

  constructor(scope: Construct, id: string, props: Route53ZoneProps) {
    super(scope, id);
    const zone = new AwsRoute53Zone(this, "zone", {
      provider: props.provider,
      name: props.name,
      comment: props.comment,
      enableAcceleratedRecovery: props.acceleratedRecovery ? true : undefined,
      forceDestroy: props.forceDestroy ?? false,
      tags: { ...props.tags },
      lifecycle: { preventDestroy: props.deletionProtection ?? true },
    });
    this.ref = { engine: "route53", name: props.name, zoneId: zone.zoneId };
    this.nameServers = zone.nameServers;

    if (props.caa && props.caa.length > 0) {
      new Route53Record(this, "caa", {
        provider: props.provider,
        zoneId: zone.zoneId,
        name: props.name,
        type: "CAA",
        ttl: 3600,
        records: props.caa.map((authority) => `0 issue "${authority}"`),
      });
    }
  }
}

/** A hosted zone that exists: looked up by its name in the provider's account. */
export function existingRoute53Zone(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly provider?: TerraformProvider },
): ZoneRef & { readonly engine: "route53" } {
  const zone = new DataAwsRoute53Zone(scope, id, { provider: props.provider, name: props.name, privateZone: false });
  return { engine: "route53", name: props.name, zoneId: zone.zoneId };
}
