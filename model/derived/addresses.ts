import { addressAt, canonical, part, prefixLength } from "./cidr";

/**
 * How a cluster's range is cut. The positions are fixed, whatever the number of zones and pools: growing a cluster
 * never renumbers what exists. A /16 is right for most; the sizes below are of a /16.
 */

export interface AwsLayout {
  /** Range of the VPC. */
  readonly cidr: string;
  /** Nodes and pods, a subnet for each zone in the order given: /18 each, a /19 for a fourth zone. */
  readonly privateSubnets: readonly string[];
  /** Load balancers and NAT gateways, a subnet for each zone in the order given: /24 each. */
  readonly publicSubnets: readonly string[];
  /** Kubernetes services; outside the VPC. */
  readonly services: string;
}

/** Most zones that `awsLayout` has room for. */
export const AWS_MAX_ZONES = 4;

/** Range of services on EKS where the fleet file gives none: outside every VPC made from 10.0.0.0/8. */
export const AWS_SERVICES = "172.20.0.0/16";

/**
 * Cuts the range of a VPC: a quarter for the pods and nodes of each of three zones; of the last quarter the first half
 * for public subnets (a /24 of a /16), the second half for a fourth zone.
 * @throws RangeError on more than four zones
 */
export function awsLayout(input: {
  readonly cidr: string;
  /** Availability zones in the order of the subnets. A zone's place decides its subnet: only append. */
  readonly zones: readonly string[];
  /** @default 172.20.0.0/16 */
  readonly services?: string;
}): AwsLayout {
  const { zones } = input;
  const cidr = canonical(input.cidr);
  if (zones.length > AWS_MAX_ZONES)
    throw new RangeError(`${zones.length} zones: a cluster's range has room for at most ${AWS_MAX_ZONES}`);
  // At least /28, the smallest subnet that AWS takes; a network load balancer needs 8 free addresses in each.
  const publicBits = Math.min(8, 28 - prefixLength(cidr));
  return {
    cidr,
    privateSubnets: zones.map((_, index) => (index < 3 ? part(cidr, 2, index) : part(cidr, 3, 7))),
    publicSubnets: zones.map((_, index) => part(cidr, publicBits, 2 ** publicBits * 0.75 + index)),
    services: input.services ?? AWS_SERVICES,
  };
}

/** Ranges of nodes, pods and services where the fleet file doesn't give them. */
export interface Ranges {
  readonly cidr: string;
  /** @default the first eighth of `cidr` */
  readonly nodes?: string;
  /** @default the second half of `cidr` */
  readonly pods?: string;
  /** @default the sixteenth of `cidr` right after its first eighth */
  readonly services?: string;
}

export interface AzureLayout {
  /** The cluster's whole range. */
  readonly cidr: string;
  /**
   * Address space of the virtual network: the nodes' range, and the sixteenth for API server and data. Services must
   * lie outside the virtual network, and pods of an overlay need none of it.
   */
  readonly vnet: readonly string[];
  /** Subnet of the nodes: /19. */
  readonly nodes: string;
  /** Pods, an overlay: /17, a /24 of it for each node. */
  readonly pods: string;
  /** Services: /20. */
  readonly services: string;
  /** Address of the cluster's DNS in `services`: the tenth. */
  readonly dnsServiceIp: string;
  /** Subnet for the API server where it is integrated into the network: /28. */
  readonly apiServer: string;
  /** Subnet for the cluster's data: virtual machines and private endpoints: /21. */
  readonly data: string;
}

/** Cuts the range of an AKS cluster. */
export function azureLayout(input: Ranges): AzureLayout {
  const ranges = googleLayout(input);
  const cidr = canonical(input.cidr);
  const extra = part(cidr, 4, 3);
  return {
    cidr,
    vnet: [ranges.nodes, extra],
    ...ranges,
    dnsServiceIp: addressAt(ranges.services, 10),
    apiServer: part(extra, 28 - prefixLength(extra), 0),
    data: part(extra, 1, 1),
  };
}

export interface GoogleLayout {
  /** Primary range of the subnetwork: nodes and internal load balancers: /19. */
  readonly nodes: string;
  /** Secondary range of pods: /17; each node takes twice its `maxPods`, rounded up to a power of 2. */
  readonly pods: string;
  /** Secondary range of services: /20. */
  readonly services: string;
}

/** Cuts the range of a GKE cluster. */
export function googleLayout(input: Ranges): GoogleLayout {
  const cidr = canonical(input.cidr);
  return {
    nodes: input.nodes ?? part(cidr, 3, 0),
    pods: input.pods ?? part(cidr, 1, 1),
    services: input.services ?? part(cidr, 4, 2),
  };
}
