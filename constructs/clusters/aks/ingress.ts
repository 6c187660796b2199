import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { Construct } from "constructs";
import type { IngressAddress } from "../face";
import type { AksPart } from "./settings";

export interface AksIngressProps extends AksPart {
  /** All zones of the region; empty where it has none. */
  readonly zones: readonly string[];
  readonly deletionProtection: boolean;
}

/**
 * Tags by which Azure's load-balancer controller marks the addresses that it made itself. An address that carries one
 * is deleted with its Service (cloud-provider-azure, serviceOwnsPublicIP), so a user's tag of that name stays off it.
 */
const CONTROLLER_TAG = /^(service|kubernetes-cluster-name|kubernetes-dns-label-service|k8s-azure-.*)$/;

/** The static address of the ingress. It exists before the cluster does and outlives it. */
export class AksIngress extends Construct {
  readonly address: IngressAddress;
  readonly publicIp: PublicIp;

  constructor(scope: Construct, id: string, props: AksIngressProps) {
    super(scope, id);
    const name = `${props.name}-ingress`;
    this.publicIp = new PublicIp(this, "address", {
      provider: props.provider,
      name,
      resourceGroupName: props.resourceGroup.name,
      location: props.region,
      allocationMethod: "Static",
      sku: "Standard",
      // all of them, whatever the nodes' zones: changing the list replaces the address
      zones: props.zones.length > 0 ? [...props.zones] : undefined,
      tags: Object.fromEntries(Object.entries(props.tags).filter(([key]) => !CONTROLLER_TAG.test(key))),
      lifecycle: { preventDestroy: props.deletionProtection },
    });
    this.address = {
      ips: [this.publicIp.ipAddress],
      service: {
        type: "LoadBalancer",
        annotations: {
          "service.beta.kubernetes.io/azure-load-balancer-resource-group":
            props.resourceGroup.nameInput ?? props.resourceGroup.name,
          "service.beta.kubernetes.io/azure-pip-name": name,
        },
      },
    };
  }
}
