import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { DnsARecord } from "@cdktf/provider-azurerm/lib/dns-a-record";
import { DnsCnameRecord } from "@cdktf/provider-azurerm/lib/dns-cname-record";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { PublicRecord, TrafficManagerPlan } from "../../../routing/compile/traffic-manager";
import { nestedScope } from "../../cdktf/nested-scope";
import type { ZoneRef } from "../zone";
import { makeProfile, type Profile } from "./profile";

export interface TrafficManagerNamesProps {
  readonly plan: TrafficManagerPlan;
  /** Resource group made for the profiles, if there are any, and the Azure region that holds its metadata. */
  readonly resourceGroup: { readonly name: string; readonly location: string };
  readonly zone: ZoneRef;
  /** One public address of a cluster. */
  readonly address: (cluster: string, index: number) => string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the profiles' subscription. @default - the stack's own */
  readonly provider?: TerraformProvider;
  /** Provider of the zone's account or subscription. @default - the stack's own */
  readonly zoneProvider?: TerraformProvider;
}

/** Public names that Traffic Manager answers, and the records that lead to it. */
export class TrafficManagerNames extends Construct {
  private readonly profiles = new Map<string, Profile>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TrafficManagerNamesProps,
  ) {
    super(scope, id);
    const { plan: plans, address, tags, provider } = props;
    const resourceGroup = plans.profiles.length > 0 ? this.resourceGroup() : "";
    for (const plan of plans.profiles) {
      const profile = { plan, resourceGroup, address, tags, provider, profiles: this.profiles };
      this.profiles.set(plan.relativeName, makeProfile(nestedScope(this, plan.path), profile));
    }
    for (const record of plans.records) this.record(record);
  }

  private resourceGroup(): string {
    const { resourceGroup, provider, tags } = this.props;
    // no name begins with an underscore
    return new ResourceGroup(this, "_resource-group", { provider, ...resourceGroup, tags: { ...tags } }).name;
  }

  private record(plan: PublicRecord): void {
    const scope = nestedScope(this, plan.path.slice(0, -1));
    const id = plan.path[plan.path.length - 1]!;
    const { zone, zoneProvider: provider } = this.props;
    const { target } = plan;
    const profile = target.kind === "profile" ? this.profiles.get(target.relativeName)! : undefined;
    const cname = profile?.fqdn ?? (target.kind === "ingress" ? target.name : "");
    // The profile answers nothing before it has its endpoints.
    const dependsOn = profile && [...profile.endpoints];

    if (zone.engine === "route53") {
      const name = `${plan.name}.${zone.name}`;
      new Route53Record(scope, id, {
        provider,
        zoneId: zone.zoneId,
        name,
        type: "CNAME",
        ttl: plan.ttlSeconds,
        records: [cname],
        dependsOn,
      });
      return;
    }
    const common = {
      provider,
      name: plan.name,
      zoneName: zone.name,
      resourceGroupName: zone.resourceGroup,
      ttl: plan.ttlSeconds,
      tags: { ...this.props.tags },
      dependsOn,
    };
    // A zone's own name can't be a CNAME: there it is an alias to the profile, or the addresses themselves.
    if (plan.name !== "@") new DnsCnameRecord(scope, id, { ...common, record: cname });
    else if (profile) new DnsARecord(scope, id, { ...common, targetResourceId: profile.profileId });
    else if (target.kind === "ingress")
      new DnsARecord(scope, id, {
        ...common,
        records: Array.from({ length: target.addresses }, (_, index) => this.props.address(target.cluster, index)),
      });
  }
}
