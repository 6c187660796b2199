import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { Construct } from "constructs";
import type { MadeNetwork } from "./ranges";
import type { AksPart } from "./settings";

export interface NodeNetworkProps extends AksPart {
  readonly ranges: MadeNetwork;
}

/** The nodes' subnet: what the control plane must be allowed to join. */
export interface NodeSubnet {
  /** Resource id of the subnet. */
  readonly subnetId: string;
  /** Resource id of the virtual network that it is part of. */
  readonly networkId: string;
  readonly networkName: string;
}

/**
 * A virtual network with the nodes' subnet. Pods and services have ranges outside of the network, as AKS wants it. No
 * network security group: AKS keeps one of its own on the nodes' interfaces and opens it for each
 * load-balancer service, and one on the subnet would have to repeat that or block the ingress.
 */
export class AksNetwork extends Construct implements NodeSubnet {
  readonly subnetId: string;
  readonly networkId: string;
  readonly networkName: string;

  constructor(scope: Construct, id: string, { name, region, resourceGroup, ranges, tags, provider }: NodeNetworkProps) {
    super(scope, id);
    const network = new VirtualNetwork(this, "network", {
      provider,
      name,
      resourceGroupName: resourceGroup.name,
      location: region,
      addressSpace: [...ranges.space],
      tags,
    });
    const subnet = new Subnet(this, "nodes", {
      provider,
      name: "nodes",
      resourceGroupName: resourceGroup.name,
      virtualNetworkName: network.name,
      addressPrefixes: [ranges.nodes],
      // nodes leave through the cluster's load balancer; Azure's implicit way out is retired
      defaultOutboundAccessEnabled: false,
      // AKS's file driver adds Microsoft.Storage here for NFS (azurefile-csi-driver, controllerserver.go, updateSubnetServiceEndpoints);
      // without this the next apply would take every shared volume away
      lifecycle: { ignoreChanges: ["service_endpoints"] },
    });
    this.subnetId = subnet.id;
    this.networkId = network.id;
    this.networkName = network.name;
  }
}

/** A subnet that exists already, by its resource id. */
export function existingSubnet(subnetId: string): NodeSubnet {
  const networkId = subnetId.replace(/\/subnets\/[^/]+$/i, "");
  return { subnetId, networkId, networkName: networkId.split("/").at(-1) ?? "" };
}
