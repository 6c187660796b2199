import { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import { NatGatewayPublicIpAssociation } from "@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association";
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { NetworkInterfaceSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/network-interface-security-group-association";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { SubnetNatGatewayAssociation } from "@cdktf/provider-azurerm/lib/subnet-nat-gateway-association";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";

/** Where the servers of a cluster stand. */
export interface ServerPlace {
  /** Name of the cluster in its cloud: start of all names. */
  readonly clusterName: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Resource id of the subnet. */
  readonly subnetId: string;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The servers' way out, for packages and the vault. Nodes leave through the cluster's load balancer, which no other
 * machine is behind, and Azure's implicit way out is retired.
 */
export class ServersExit extends Construct {
  /** Until it is there nothing can be installed. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, { clusterName, resourceGroup, location, subnetId, tags }: ServerPlace) {
    super(scope, id);
    const common = { resourceGroupName: resourceGroup, location, tags: { ...tags } };
    const address = new PublicIp(this, "address", {
      ...common,
      name: `${clusterName}-servers-out`,
      allocationMethod: "Static",
      sku: "Standard",
    });
    const nat = new NatGateway(this, "nat", { ...common, name: `${clusterName}-servers`, skuName: "Standard" });
    const bound = new NatGatewayPublicIpAssociation(this, "nat-address", { natGatewayId: nat.id, publicIpAddressId: address.id });
    const subnet = new SubnetNatGatewayAssociation(this, "nat-subnet", { natGatewayId: nat.id, subnetId });
    this.ready = [bound, subnet];
  }
}

export interface ServerInterfaceProps extends ServerPlace {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Range that may reach the port. */
  readonly from: string;
}

/** The interface of one server: a static private address, one open port for the nodes, and nothing else. */
export class ServerInterface extends Construct {
  readonly id: string;
  /** What closes it: there before the machine is. */
  readonly closed: TerraformResource;

  constructor(scope: Construct, id: string, props: ServerInterfaceProps) {
    super(scope, id);
    const { name, resourceGroup, location, subnetId, address, port, from, tags } = props;
    const common = { name, resourceGroupName: resourceGroup, location, tags: { ...tags } };
    const rule = { direction: "Inbound", sourcePortRange: "*", destinationAddressPrefix: "*" };
    const group = new NetworkSecurityGroup(this, "group", {
      ...common,
      securityRule: [
        {
          ...rule,
          name: "nodes",
          priority: 100,
          access: "Allow",
          protocol: "Tcp",
          sourceAddressPrefix: from,
          destinationPortRange: `${port}`,
        },
        // Azure's own rules let the whole network in
        {
          ...rule,
          name: "nobody-else",
          priority: 4096,
          access: "Deny",
          protocol: "*",
          sourceAddressPrefix: "*",
          destinationPortRange: "*",
        },
      ],
    });
    const made = new NetworkInterface(this, "interface", {
      ...common,
      ipConfiguration: [{ name: "server", subnetId, privateIpAddressAllocation: "Static", privateIpAddress: address }],
    });
    this.closed = new NetworkInterfaceSecurityGroupAssociation(this, "closed", {
      networkInterfaceId: made.id,
      networkSecurityGroupId: group.id,
    });
    this.id = made.id;
  }
}
