import { DnsCaaRecord } from "@cdktf/provider-azurerm/lib/dns-caa-record";
import { DnsZone } from "@cdktf/provider-azurerm/lib/dns-zone";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ZoneRef } from "./zone";

export interface AzureZoneProps {
  /** Name of the zone, e.g. k8s.example.com. */
  readonly name: string;
  /** Resource group made for the zone, or an existing one. */
  readonly resourceGroup: { readonly create: string; readonly location: string } | { readonly existing: string };
  /** Certificate authorities allowed for the zone. @default - no CAA record */
  readonly caa?: readonly string[];
  /** Refuse at plan to destroy the zone. @default true */
  readonly deletionProtection?: boolean;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the zone's subscription. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** A public zone in Azure DNS. */
export class AzureZone extends Construct {
  readonly ref: ZoneRef & { readonly engine: "azure" };
  /** The name servers that the parent zone or the registrar must name. azurerm gives a set; the binding makes it a list. */
  readonly nameServers: string[];

  constructor(scope: Construct, id: string, props: AzureZoneProps) {
    super(scope, id);
    const lifecycle = { preventDestroy: props.deletionProtection ?? true };
    const tags = { ...props.tags };
    const resourceGroup =
      "existing" in props.resourceGroup
        ? props.resourceGroup.existing
        : new ResourceGroup(this, "resource-group", {
            provider: props.provider,
            name: props.resourceGroup.create,
            location: props.resourceGroup.location,
            tags,
            lifecycle,
          }).name;
    const zone = new DnsZone(this, "zone", {
      provider: props.provider,
      name: props.name,
      resourceGroupName: resourceGroup,
      tags,
      lifecycle,
    });
    this.ref = { engine: "azure", name: zone.name, resourceGroup };
    this.nameServers = zone.nameServers;

    if (props.caa && props.caa.length > 0) {
      new DnsCaaRecord(this, "caa", {
        provider: props.provider,
        name: "@",
        zoneName: zone.name,
        resourceGroupName: resourceGroup,
        ttl: 3600,
        record: props.caa.map((authority) => ({ flags: 0, tag: "issue", value: authority })),
        tags,
      });
    }
  }
}
