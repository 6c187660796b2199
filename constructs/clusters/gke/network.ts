import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { googleLayout } from "../../../model/derived/addresses";
import type { ProjectServices } from "./services";
import type { GkeSettings } from "./settings";

/** Where the cluster's nodes, pods and services get their addresses: what the rest of the cluster needs of a network. */
export interface GkeNetwork {
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

/** The network of a cluster: an existing one as it is, or one made here. */
export function gkeNetwork(scope: Construct, id: string, settings: GkeSettings, services: ProjectServices): GkeNetwork {
  const { existing } = settings.network;
  if (!existing) return new MadeNetwork(scope, id, settings, services);
  const { network, subnetwork, podsRange, servicesRange } = existing as Required<typeof existing>;
  return { network, subnetwork, podsRange, servicesRange, ready: [] };
}

/** A VPC network with one subnetwork in the cluster's region, and NAT for nodes that have no public address. */
class MadeNetwork extends Construct implements GkeNetwork {
  readonly network: string;
  readonly subnetwork: string;
  readonly podsRange = "pods";
  readonly servicesRange = "services";
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, settings: GkeSettings, services: ProjectServices) {
    super(scope, id);
    const { name, projectId: project, region, provider } = settings;
    const { cidr, egressAddresses, ...given } = settings.network;
    const ranges = googleLayout({ cidr: cidr!, ...given });
    // A new range would replace the subnetwork under a living cluster: refused at plan like the cluster's own end.
    const lifecycle = { preventDestroy: settings.deletionProtection };
    const vpc = new ComputeNetwork(this, "vpc", {
      provider,
      project,
      name,
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      lifecycle,
      dependsOn: services.of("compute"),
    });
    const subnetwork = new ComputeSubnetwork(this, "nodes", {
      provider,
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
    const router = new ComputeRouter(this, "router", { provider, project, name, network: vpc.selfLink, region });
    const nat = new ComputeRouterNat(this, "nat", {
      provider,
      project,
      name,
      router: router.name,
      region,
      natIpAllocateOption: egressAddresses ? "MANUAL_ONLY" : "AUTO_ONLY",
      natIps: egressAddresses && [...egressAddresses],
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
