import { size } from "../derived/cidr";
import { type PoolLimits, partSizeProblem, type Sizes } from "./kubernetes";

/** What Google Cloud and GKE allow. */

/** Below a /20 the parts cut from it are too small for a pool. */
export const NETWORK: Sizes = { largest: 9, smallest: 20 };

/** GKE docs, "VPC-native clusters": secondary range of services. */
export const SERVICES: Sizes = { largest: 16, smallest: 27 };

/** Docker's bridge on the nodes (GKE docs, "VPC-native clusters"). */
export const RESERVED: readonly string[] = ["172.17.0.0/16"];

/** GKE docs, "Authorized networks", of clusters with private nodes. */
export const MOST_ALLOWED_RANGES = 100;

/** GKE docs, "Maximum Pods per node"; "Node images". */
export const POOL: PoolLimits = { pods: [8, 256], diskGib: 20 };

/** GKE wants 48 hours of windows in any 32 days; a weekly one opens four times in such a stretch for certain (GKE docs, "Maintenance windows"). */
export const LEAST_WINDOW_HOURS = 12;

/** Why GKE can't have a weekly window of that length. */
export function windowLengthProblem(durationHours: number): string | undefined {
  return durationHours >= LEAST_WINDOW_HOURS
    ? undefined
    : `${durationHours} hours a week are too few for GKE, which wants 48 hours in any 32 days: ${LEAST_WINDOW_HOURS} to 24`;
}

/** google 6.50, resource_container_cluster.go: master_ipv4_cidr_block. */
export const controlPlaneProblem = (range: string): string | undefined =>
  partSizeProblem(range, "the control plane", "GKE", { largest: 28, smallest: 28 });

/** Nodes that a subnet has room for: four addresses are Google's (VPC docs, "Subnets"). */
export const nodesIn = (subnet: string): number => size(subnet) - 4;

interface SizedPool {
  readonly max: number;
  readonly maxPods: number;
}

/** Most nodes at once: a pool is upgraded with one node more than it has (max_surge 1). */
export const mostNodes = (pools: readonly SizedPool[]): number => pools.reduce((sum, { max }) => sum + max + 1, 0);

/** Why a range is too small for the pods of the nodes: each takes twice its maxPods, rounded up to a power of two (GKE docs, "Flexible Pod CIDR"). */
export function podsRoomProblem(range: string, pools: readonly SizedPool[]): string | undefined {
  const block = (maxPods: number) => 2 ** Math.ceil(Math.log2(maxPods * 2));
  const addresses = pools.reduce((sum, { max, maxPods }) => sum + (max + 1) * block(maxPods), 0);
  return size(range) >= addresses
    ? undefined
    : `${range} for pods has ${size(range)} addresses, and the pools can grow to nodes that take ${addresses} (each twice its maxPods, as a power of two): give a larger range, or lower \`max\` or \`maxPods\``;
}

/** google 6.50, resource_container_cluster.go: name; what stands around the cluster is named after it. */
export function clusterNameProblem(name: string): string | undefined {
  return /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/.test(name)
    ? undefined
    : `'${name}' is no name of a GKE cluster: 1 to 40 lower-case letters, digits and hyphens, starting with a letter`;
}

/** GKE's database is encrypted by a key of the cluster's own region (GKE docs, "Encrypt secrets at the application layer"). */
export function keyProblem(key: string, region: string): string | undefined {
  return /^projects\/[^/\s]+\/locations\/([^/\s]+)\/keyRings\/[^/\s]+\/cryptoKeys\/[^/\s]+$/.exec(key)?.[1] === region
    ? undefined
    : `'${key}' is no Cloud KMS key in the cluster's region: projects/<project>/locations/${region}/keyRings/<ring>/cryptoKeys/<key>`;
}

/** IAM docs, "Principal identifiers": those that a project's role can be given to. */
export function memberProblem(member: string): string | undefined {
  return /^(user|group|serviceAccount|principal|principalSet):[\w.%+@/:=|*~-]+$/.test(member)
    ? undefined
    : `'${member}' is no IAM member such as group:platform@example.com`;
}

/** Why a text is no static address of the cluster's region. Cloud NAT takes no other region's. */
export function egressProblem(id: string, region: string): string | undefined {
  return /^(https:\/\/.+\/)?projects\/[^/\s]+\/regions\/([^/\s]+)\/addresses\/[^/\s]+$/.exec(id)?.[2] === region
    ? undefined
    : `'${id}' is no address in the cluster's region: projects/<project>/regions/${region}/addresses/<name>`;
}
