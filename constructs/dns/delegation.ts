import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { DnsNsRecord } from "@cdktf/provider-azurerm/lib/dns-ns-record";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { existingRoute53Zone } from "./route53-zone";

export interface DelegationProps {
  /** The zone that is delegated, e.g. k8s.example.com. */
  readonly zone: string;
  /** Its name servers. */
  readonly nameServers: string[];
  /** The parent zone, which exists, e.g. example.com. */
  readonly parent:
    | { readonly engine: "route53"; readonly name: string }
    | { readonly engine: "azure"; readonly name: string; readonly resourceGroup: string };
  /** Provider of the parent's account or subscription. @default - the stack's own */
  readonly provider?: TerraformProvider;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Two days, as registries use: name servers of a zone never change while the zone lives. */
const TTL_SECONDS = 172800;

/** The NS record in the parent zone that leads to a zone. */
export class Delegation extends Construct {
  constructor(scope: Construct, id: string, props: DelegationProps) {
    super(scope, id);
    if (!props.zone.endsWith(`.${props.parent.name}`))
      throw new Error(`zone '${props.zone}' is not below its parent '${props.parent.name}': name a parent that it ends with`);
    if (props.parent.engine === "route53") {
      const parent = existingRoute53Zone(this, "parent", { name: props.parent.name, provider: props.provider });
      new Route53Record(this, "ns", {
        provider: props.provider,
        zoneId: parent.zoneId,
        name: props.zone,
        type: "NS",
        ttl: TTL_SECONDS,
        records: props.nameServers,
      });
      return;
    }
    new DnsNsRecord(this, "ns", {
      provider: props.provider,
      name: props.zone.slice(0, -props.parent.name.length - 1),
      zoneName: props.parent.name,
      resourceGroupName: props.parent.resourceGroup,
      ttl: TTL_SECONDS,
      records: props.nameServers,
      tags: { ...props.tags },
    });
  }
}
