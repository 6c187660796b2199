import { Address4 } from "ip-address";
import { AWS_SERVICES } from "../../derived/addresses";
import { canonical, contains, isCidr, prefixLength, size } from "../../derived/cidr";
import type { Problem, Rule } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

/**
 * How far a range is seen. `network`: routed, so everybody who is connected must find nothing else there. `services` of
 * GKE: a range of the VPC too, whose peers must not have it, though nobody outside is answered there. `inside`: seen
 * by the cluster alone, which finds whatever else has these addresses no more. `control plane` of GKE: the same, but seen by the whole VPC.
 */
type Reach = "network" | "vpc services" | "inside" | "control plane";

interface Taken {
  readonly cluster: MadeCluster;
  readonly reach: Reach;
  /** Where the file says it, or could. */
  readonly field: readonly string[];
  /** How messages call it besides the range. */
  readonly what: string;
  /** The VPC of a control plane, where it is one that exists and others may be in. */
  readonly vpc?: string;
  readonly range: string;
  /** First and last address as numbers. */
  readonly first: number;
  readonly last: number;
  /** Place of the cluster in the file. */
  readonly order: number;
}

/**
 * No two clusters' networks share addresses, so that they can be connected later: what overlaps then can only be made
 * anew. Services and the pods of an AKS overlay may repeat from cluster to cluster, and GKE's control planes from VPC to
 * VPC, but they must not lie in another one's network, which their own cluster would then not reach (AKS: "Azure CNI Overlay", IP address planning;
 * EKS: KubernetesNetworkConfigRequest). GKE's services are a secondary range, and VPCs that share one can't be peered.
 */
export const rangeOverlaps: Rule = (fleet) => {
  const sorted = madeClusters(fleet)
    .flatMap(rangesOf)
    .toSorted((one, other) => one.first - other.first || one.order - other.order);
  const problems: Problem[] = [];
  const said = new Map<Taken, number>();
  // What reaches to where the walk is, by its reach: of the many ranges inside of clusters none is held against another.
  const open: Record<Reach, Taken[]> = { network: [], "vpc services": [], inside: [], "control plane": [] };
  for (const range of sorted) {
    for (const reach of AGAINST[range.reach]) {
      open[reach] = open[reach].filter(({ last }) => last >= range.first);
      for (const other of open[reach]) {
        if (!collide(range, other)) continue;
        const later = range.order < other.order ? other : range;
        const times = said.get(later) ?? 0;
        said.set(later, times + 1);
        if (times < MOST_SAID) problems.push(overlap(range, other));
      }
    }
    open[range.reach].push(range);
  }
  return problems;
};

/** Clusters that one range is said to overlap: of many in one range each would be said with all others. */
const MOST_SAID = 3;

/** What each kind of range must not overlap in another cluster. */
const AGAINST: Readonly<Record<Reach, readonly Reach[]>> = {
  network: ["network", "vpc services", "inside", "control plane"],
  "vpc services": ["network", "vpc services"],
  inside: ["network"],
  "control plane": ["network", "control plane"],
};

/** Overlapping ranges of kinds that must not, unless they are one cluster's, or control planes that are in two VPCs. */
function collide(one: Taken, other: Taken): boolean {
  if (one.cluster === other.cluster) return false;
  return one.reach !== other.reach || one.reach !== "control plane" || (one.vpc !== undefined && one.vpc === other.vpc);
}

function overlap(one: Taken, other: Taken): Problem {
  const [earlier, later] = one.order < other.order ? [one, other] : [other, one];
  const message = `${later.range}${later.what} overlaps ${earlier.range}${earlier.what} of cluster '${earlier.cluster.name}': ${reason(earlier, later)}`;
  return { ...inCluster(later.cluster, later.field, message), because: [placeOf(earlier)] };
}

function reason(earlier: Taken, later: Taken): string {
  if (earlier.reach === "network" && later.reach === "network") return "clusters must not share addresses";
  if (earlier.reach === "control plane" && later.reach === "control plane")
    return "in one VPC each cluster's control plane has a range of its own";
  if (earlier.reach === "vpc services" || later.reach === "vpc services")
    return "on GKE services are a range of the VPC, and VPCs that share addresses can't be peered";
  const [hidden, blind] = earlier.reach === "network" ? [earlier, later] : [later, earlier];
  const which = ({ cluster }: Taken) => `'${cluster.name}'`;
  return `from inside of ${which(blind)} nothing there in ${which(hidden)} could be reached; such a range may repeat that of another cluster's ${SAME[blind.field.at(-1)!]}, and must stay out of its network`;
}

const SAME: Readonly<Record<string, string>> = {
  services: "services",
  pods: "overlay",
  controlPlaneCidr: "control plane",
};

const placeOf = ({ cluster, field }: Taken) => ["clusters", cluster.name, ...field];

function rangesOf(cluster: MadeCluster, order: number): readonly Taken[] {
  const { cidr, nodes, pods, services } = cluster.network;
  const { cloud } = cluster;
  const network = cluster.network.existing?.network;
  const all: readonly (readonly [range: string | undefined, reach: Reach, what: string, field: readonly string[]])[] = [
    [cidr, "network", "", ["network", "cidr"]],
    [nodes, "network", "", ["network", "nodes"]],
    [pods, cloud === "azure" ? "inside" : "network", cloud === "azure" ? " for pods" : "", ["network", "pods"]],
    [
      services ?? (cloud === "aws" ? AWS_SERVICES : undefined),
      cloud === "google" ? "vpc services" : "inside",
      services || cloud !== "aws" ? " for services" : ", which EKS's services have where `network.services` says no other,",
      ["network", "services"],
    ],
    [
      cloud === "google" ? cluster.google.controlPlaneCidr : undefined,
      "control plane",
      " for the control plane",
      ["google", "controlPlaneCidr"],
    ],
  ];
  const vpc = cloud === "google" && network ? `${cluster.google.projectId} ${network}` : undefined;
  const whole = cidr !== undefined && isCidr(cidr) ? cidr : undefined;
  return all.flatMap(([range, reach, what, field]) => {
    if (range === undefined || !isCidr(range) || prefixLength(range) === 0) return [];
    // What is a part of the whole network is said with it.
    if (whole !== undefined && range !== cidr && contains(whole, range)) return [];
    const first = Number(new Address4(canonical(range)).bigInt());
    return [{ cluster, reach, field, what, vpc, range, first, last: first + size(range) - 1, order }];
  });
}
