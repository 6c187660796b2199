import { azureLayout } from "../../../model/addresses";
import { findRegion } from "../../../model/catalog/regions";
import { addressAt } from "../../../model/cidr";
import type { AksNetworkProps } from "./props";

/** The address ranges of a cluster. */
export interface AksRanges {
  /** Address space of a virtual network made here; empty with an existing one. */
  readonly vnet: readonly string[];
  /** Nodes' subnet made here; empty text with an existing one. */
  readonly nodes: string;
  readonly pods: string;
  readonly services: string;
  /** Address of the cluster's DNS: the tenth of `services`. */
  readonly dnsServiceIp: string;
}

/**
 * The ranges, cut from `cidr` where they are not given.
 * @throws Error where neither `cidr` nor the ranges themselves are given
 */
export function aksRanges({ cidr, nodes, pods, services, existing }: AksNetworkProps): AksRanges {
  const made = !existing?.subnetId;
  if (cidr) {
    const layout = azureLayout({ cidr, nodes, pods, services });
    return made ? layout : { ...layout, vnet: [], nodes: "" };
  }
  if (!pods || !services || (made && !nodes))
    throw new Error(
      `network has no cidr, and not all of ${made ? "nodes, pods and services" : "pods and services"}: give cidr, such as 10.10.0.0/16, or those`,
    );
  return {
    vnet: made && nodes ? [nodes] : [],
    nodes: made && nodes ? nodes : "",
    pods,
    services,
    dnsServiceIp: addressAt(services, 10),
  };
}

/** The zones of a region, "1" to "3"; undefined for a region that the catalogue doesn't know. */
export function regionZones(region: string): string[] | undefined {
  const count = findRegion("azure", region)?.availabilityZones;
  return count === undefined ? undefined : Array.from({ length: count }, (_, index) => String(index + 1));
}
