import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";

/** Something in Azure that clusters reach by a private endpoint. */
export interface PrivateTarget {
  /** Tells it from the others that a network reaches, and names its endpoint. */
  readonly id: string;
  /** Resource id. */
  readonly resourceId: string;
  readonly subresource: string;
  /** Private zone that its name is looked up in: privatelink.…. */
  readonly zone: string;
}

export interface PrivateEndpointsProps {
  /** Start of the names of what is made. */
  readonly name: string;
  readonly resourceGroup: string;
  /** Whether that group is for this network alone, and made with it. @default - it is there */
  readonly ownGroup?: boolean;
  /** Region of the network. */
  readonly location: string;
  readonly networkId: string;
  readonly subnetId: string;
  readonly targets: readonly PrivateTarget[];
  /** Zones that the network is linked to already, by their name. @default - each is made */
  readonly zoneIds?: Readonly<Record<string, string>>;
  /** What must be there before, where the targets are made in the same stack. @default - nothing */
  readonly after?: readonly TerraformResource[];
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Private endpoints in one network. A network links one zone of each name, so all targets of a kind share theirs; the
 * endpoint writes its own records into it. Zones of one name, for several networks, must be in several groups.
 */
export class PrivateEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: PrivateEndpointsProps) {
    super(scope, id);
    const { name, location, subnetId, targets, tags, ownGroup } = props;
    const resourceGroup = ownGroup
      ? new ResourceGroup(this, "group", { name: props.resourceGroup, location, tags: { ...tags } }).name
      : props.resourceGroup;
    const inGroup = { ...props, resourceGroup };
    const zones = new Map([...new Set(targets.map(({ zone }) => zone))].map((zone) => [zone, this.zone(zone, inGroup)]));
    for (const target of targets)
      new PrivateEndpoint(this, target.id, {
        name: `${name}-${target.id}`,
        resourceGroupName: resourceGroup,
        location,
        subnetId,
        privateServiceConnection: {
          name: target.id,
          privateConnectionResourceId: target.resourceId,
          subresourceNames: [target.subresource],
          isManualConnection: false,
        },
        privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [zones.get(target.zone)!] },
        tags: { ...tags },
        dependsOn: props.after && [...props.after],
      });
  }

  private zone(zone: string, { name, resourceGroup, networkId, zoneIds, tags }: PrivateEndpointsProps): string {
    const existing = zoneIds?.[zone];
    if (existing !== undefined) return existing;
    const kind = zone.split(".")[1]!;
    const made = new PrivateDnsZone(this, `zone-${kind}`, { name: zone, resourceGroupName: resourceGroup, tags: { ...tags } });
    new PrivateDnsZoneVirtualNetworkLink(this, `link-${kind}`, {
      name,
      resourceGroupName: resourceGroup,
      privateDnsZoneName: made.name,
      virtualNetworkId: networkId,
      registrationEnabled: false,
      tags: { ...tags },
    });
    return made.id;
  }
}
