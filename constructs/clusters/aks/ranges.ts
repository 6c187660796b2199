import { azureLayout } from "../../../model/derived/addresses";
import { addressAt } from "../../../model/derived/cidr";
import { privateRangeProblem } from "../../../model/limits/kubernetes";
import { at, refuse } from "../refuse";
import type { AksNetworkProps } from "./props";

/** A network to make. */
export interface MadeNetwork {
  /** Address space of the virtual network. */
  readonly space: readonly string[];
  /** Range of the nodes' subnet. */
  readonly nodes: string;
}

/** The address ranges of a cluster. */
export interface AksRanges {
  /** The nodes' network: one made here, or a subnet that exists. */
  readonly network: MadeNetwork | { readonly subnetId: string };
  /** What the nodes' addresses are out of; of an existing network all of it. @default - not known */
  readonly nodes?: string;
  readonly pods: string;
  readonly services: string;
  /** Address of the cluster's DNS: the tenth of `services`. */
  readonly dnsServiceIp: string;
}

/**
 * The ranges, cut from `cidr` where they are not given. Of an existing network `cidr` is the network's own range,
 * which pods and services must stay out of, so there they must be given.
 * @throws Error on what is missing
 */
export function aksRanges(name: string, { cidr, nodes, pods, services, existing }: AksNetworkProps): AksRanges {
  refuse("AKS", name, missing({ cidr, nodes, pods, services, existing }));
  if (existing) {
    return {
      network: { subnetId: existing.subnetId! },
      nodes: nodes ?? cidr,
      pods: pods!,
      services: services!,
      dnsServiceIp: addressAt(services!, 10),
    };
  }
  if (cidr) {
    const layout = azureLayout({ cidr, nodes, pods, services });
    return { ...layout, network: { space: layout.vnet, nodes: layout.nodes } };
  }
  return {
    network: { space: [nodes!], nodes: nodes! },
    nodes,
    pods: pods!,
    services: services!,
    dnsServiceIp: addressAt(services!, 10),
  };
}

/** What is not there, or can't be read, so that nothing could be cut from it. */
function missing({ cidr, nodes, pods, services, existing }: AksNetworkProps): readonly string[] {
  const unreadable = Object.entries({ cidr, nodes, pods, services }).flatMap(([what, range]) =>
    at(`network.${what}`, range, privateRangeProblem),
  );
  if (unreadable.length > 0) return unreadable;
  if (existing) {
    if (!existing.subnetId) return ["network.existing: it has no subnetId, the resource id of the nodes' subnet"];
    return pods && services
      ? []
      : [
          "network.existing: it needs network.pods and network.services, ranges of their own outside of that network and of every network connected with it",
        ];
  }
  return cidr || (nodes && pods && services)
    ? []
    : ["network: there is no cidr and not all of nodes, pods and services: give cidr, such as 10.10.0.0/16, or those three"];
}
