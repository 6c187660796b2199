import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { azureLayout, type Ranges } from "../../../model/derived/addresses";

export interface DataSubnetProps {
  /** Resource group of the network, which a cluster's own network shares with it. */
  readonly resourceGroup: string;
  /** Name of the virtual network. */
  readonly network: string;
  readonly ranges: Ranges;
}

/** The subnet of a cluster's network for private endpoints and servers: one for each stack, made when something asks for it. */
export function dataSubnet(scope: Construct, { resourceGroup, network, ranges }: DataSubnetProps): Subnet {
  const stack = TerraformStack.of(scope);
  const made = stack.node.tryFindChild("data-subnet");
  if (made instanceof Subnet) return made;
  return new Subnet(stack, "data-subnet", {
    name: "data",
    resourceGroupName: resourceGroup,
    virtualNetworkName: network,
    addressPrefixes: [azureLayout(ranges).data],
    defaultOutboundAccessEnabled: false,
    // AKS's file driver adds Microsoft.Storage to every subnet of the network, for NFS
    lifecycle: { ignoreChanges: ["service_endpoints"] },
  });
}
