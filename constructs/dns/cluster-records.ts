import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { DnsARecord } from "@cdktf/provider-azurerm/lib/dns-a-record";
import { DnsCnameRecord } from "@cdktf/provider-azurerm/lib/dns-cname-record";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IngressAddress } from "../clusters/face";
import type { ZoneRef } from "./zone";

export interface ClusterRecordsProps {
  /** Short name of the cluster: the records are ingress.<cluster>.<zone> and *.<cluster>.<zone>. */
  readonly cluster: string;
  readonly zone: ZoneRef;
  readonly ingress: IngressAddress;
  /** TTL in seconds. An alias has that of its target. */
  readonly ttlSeconds: number;
  /** Tags of Azure records; Route53's have none. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's account. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/**
 * The names by which a cluster's ingress is known: they come and go with the cluster, whatever public names do. IPv4
 * only.
 */
export class ClusterRecords extends Construct {
  constructor(scope: Construct, id: string, props: ClusterRecordsProps) {
    super(scope, id);
    if (props.zone.engine === "route53") this.route53(props, props.zone);
    else this.azure(props, props.zone);
  }

  private route53(props: ClusterRecordsProps, zone: ZoneRef & { engine: "route53" }): void {
    const { alias, hostname, ips } = props.ingress;
    const common = { provider: props.provider, zoneId: zone.zoneId };
    const name = `ingress.${props.cluster}.${zone.name}`;
    const type = hostname && !alias ? "CNAME" : "A";
    const ingress = new Route53Record(this, "ingress", {
      ...common,
      name,
      type,
      ...(alias
        ? { alias: { name: alias.name, zoneId: alias.zoneId, evaluateTargetHealth: true } }
        : { ttl: props.ttlSeconds, records: hostname ? [hostname] : [...ips] }),
    });
    // The target's name is a reference: Route53 refuses an alias to a record that isn't there yet.
    new Route53Record(this, "wildcard", {
      ...common,
      name: `*.${props.cluster}.${zone.name}`,
      type,
      alias: { name: ingress.fqdn, zoneId: zone.zoneId, evaluateTargetHealth: false },
    });
  }

  private azure(props: ClusterRecordsProps, zone: ZoneRef & { engine: "azure" }): void {
    const common = {
      provider: props.provider,
      zoneName: zone.name,
      resourceGroupName: zone.resourceGroup,
      ttl: props.ttlSeconds,
      tags: { ...props.tags },
    };
    for (const [recordId, label] of [
      ["ingress", "ingress"],
      ["wildcard", "*"],
    ] as const) {
      const name = `${label}.${props.cluster}`;
      if (props.ingress.hostname) new DnsCnameRecord(this, recordId, { ...common, name, record: props.ingress.hostname });
      else new DnsARecord(this, recordId, { ...common, name, records: [...props.ingress.ips] });
    }
  }
}
