import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { googleLayout } from "../../../model/derived/addresses";
import type { GkeNetwork } from "./props";
import type { ProjectServices } from "./services";

export interface NetworkProps {
  readonly name: string;
  readonly projectId: string;
  readonly region: string;
  readonly network: GkeNetwork;
  /** Applies to a network that is made here. */
  readonly deletionProtection: boolean;
  readonly services: ProjectServices;
}

/** Where the cluster's nodes, pods and services get their addresses: what the rest of the cluster needs of a network. */
export interface ClusterNetwork {
  /** Name or self link. */
  readonly network: string;
  /** Name or self link. */
  readonly subnetwork: string;
  /** Name of the secondary range of the pods. */
  readonly podsRange: string;
  /** Name of the secondary range of the services. */
  readonly servicesRange: string;
  /** What must exist before a private node can reach the internet. */
  readonly ready: readonly ITerraformDependable[];
}

/**
 * The network of a cluster: an existing one as it is, or one made here.
 * @throws where an existing network is named in part only, or there is no range to make one from
 */
export function clusterNetwork(scope: Construct, id: string, props: NetworkProps): ClusterNetwork {
  const { existing, cidr, nodes, pods, services } = props.network;
  if (!existing) {
    if (!cidr)
      throw new Error(`cluster ${props.name}: network.cidr is missing; give a range such as 10.10.0.0/16, or network.existing`);
    return new MadeNetwork(scope, id, props, googleLayout({ cidr, nodes, pods, services }));
  }
  const { network, subnetwork, podsRange, servicesRange } = existing;
  if (!network || !subnetwork || !podsRange || !servicesRange)
    throw new Error(
      `cluster ${props.name}: network.existing needs network, subnetwork, podsRange and servicesRange; given: ${Object.keys(existing).join(", ") || "none"}`,
    );
  return { network, subnetwork, podsRange, servicesRange, ready: [] };
}

/** A VPC network with one subnetwork in the cluster's region, and NAT for nodes that have no public address. */
class MadeNetwork extends Construct implements ClusterNetwork {
  readonly network: string;
  readonly subnetwork: string;
  readonly podsRange = "pods";
  readonly servicesRange = "services";
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkProps, ranges: { nodes: string; pods: string; services: string }) {
    super(scope, id);
    const { name, projectId: project, region } = props;
    // A new range would replace the subnetwork under a living cluster: refused at plan like the cluster's own end.
    const lifecycle = { preventDestroy: props.deletionProtection };
    const vpc = new ComputeNetwork(this, "vpc", {
      project,
      name,
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      lifecycle,
      dependsOn: props.services.of("compute"),
    });
    const subnetwork = new ComputeSubnetwork(this, "nodes", {
      project,
      name: `${name}-nodes`,
      network: vpc.selfLink,
      region,
      ipCidrRange: ranges.nodes,
      privateIpGoogleAccess: true,
      secondaryIpRange: [
        { rangeName: this.podsRange, ipCidrRange: ranges.pods },
        { rangeName: this.servicesRange, ipCidrRange: ranges.services },
      ],
      logConfig: { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
      lifecycle,
    });
    const router = new ComputeRouter(this, "router", { project, name, network: vpc.selfLink, region });
    const nat = new ComputeRouterNat(this, "nat", {
      project,
      name,
      router: router.name,
      region,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      // Ports move to the nodes that need them. Google refuses this together with endpoint-independent mapping, and
      // wants the least number to be a power of two.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
    this.network = vpc.selfLink;
    this.subnetwork = subnetwork.selfLink;
    this.ready = [nat];
  }
}
