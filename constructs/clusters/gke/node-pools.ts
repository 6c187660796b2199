import type { ContainerCluster } from "@cdktf/provider-google/lib/container-cluster";
import { ContainerNodePool } from "@cdktf/provider-google/lib/container-node-pool";
import type { Construct } from "constructs";
import { googleDiskType } from "../../../model/catalog/machines";
import { shorten, shortHash } from "../../../model/derived/names";
import type { ClusterPool, ClusterTaint } from "../settings";
import type { GkeSettings } from "./settings";

/** What a node's token is good for is decided by its account's roles alone. */
export const NODE_SCOPES = ["https://www.googleapis.com/auth/cloud-platform"] as const;

/** What every node has, those of GKE's short-lived default pool too. */
export const SHIELDED = { enableSecureBoot: true, enableIntegrityMonitoring: true } as const;
export const NODE_METADATA = { "disable-legacy-endpoints": "true" } as const;
export const WORKLOAD_METADATA = { mode: "GKE_METADATA" } as const;
export const NODE_IMAGE = "COS_CONTAINERD";

/** GKE's limit for the name of a pool. The provider takes anything. */
const MAX_POOL_NAME = 40;

export interface GkeNodePoolInput {
  readonly cluster: ContainerCluster;
  readonly nodeAccount: string;
}

export function gkeNodePools(scope: Construct, settings: GkeSettings, input: GkeNodePoolInput): ContainerNodePool[] {
  return Object.entries(settings.pools).map(([key, pool]) => nodePool(scope, settings, input, key, pool));
}

/**
 * A pool of nodes without public addresses, at a size that the autoscaler chooses. Machine type, disk, labels and taints
 * change in place, node by node; what can't, makes a new pool before the old one is drained away.
 */
function nodePool(
  scope: Construct,
  { projectId, region, network, provider }: GkeSettings,
  { cluster, nodeAccount }: GkeNodePoolInput,
  key: string,
  pool: ClusterPool,
): ContainerNodePool {
  const [machine] = pool.machines;
  const { zones, perZone } = spread(pool, network.zones);
  // All that forces a new pool (google 6.50), and the architecture, which GKE doesn't change in a pool.
  const immutable = {
    maxPodsPerNode: pool.maxPods,
    spot: pool.spot,
    oauthScopes: [...NODE_SCOPES],
    metadata: { ...NODE_METADATA },
    shieldedInstanceConfig: { ...SHIELDED },
    architecture: pool.architecture,
  };
  return new ContainerNodePool(scope, `pool-${key}`, {
    provider,
    project: projectId,
    name: poolName(key, immutable),
    cluster: cluster.name,
    location: region,
    nodeLocations: zones && [...zones],
    initialNodeCount: perZone,
    // Totals: the limits by zone would be a multiple of what the pool says.
    autoscaling: {
      totalMinNodeCount: pool.min,
      totalMaxNodeCount: pool.max,
      locationPolicy: pool.spot ? "ANY" : "BALANCED",
    },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
    maxPodsPerNode: immutable.maxPodsPerNode,
    networkConfig: { enablePrivateNodes: true },
    nodeConfig: {
      machineType: machine,
      diskType: googleDiskType(machine),
      diskSizeGb: pool.diskGib,
      imageType: NODE_IMAGE,
      spot: immutable.spot,
      serviceAccount: nodeAccount,
      oauthScopes: immutable.oauthScopes,
      metadata: immutable.metadata,
      shieldedInstanceConfig: immutable.shieldedInstanceConfig,
      workloadMetadataConfig: { ...WORKLOAD_METADATA },
      labels: { ...pool.labels },
      taint: pool.taints.map(googleTaint),
    },
    timeouts: { create: "90m", update: "90m", delete: "90m" },
    lifecycle: {
      createBeforeDestroy: true,
      // Only the number to start with; a change of it would replace the pool.
      ignoreChanges: ["initial_node_count"],
    },
  });
}

/** Where a pool's nodes are, and how many it starts with in each zone. One that may be smaller than its zones are many stays in the first of them. */
export function spread(
  { min, max, zones: own }: ClusterPool,
  clusterZones: readonly string[] | undefined,
): { readonly zones: readonly string[] | undefined; readonly perZone: number } {
  const zones = (own ?? clusterZones)?.slice(0, max);
  return { zones, perZone: initialPerZone(min, max, zones?.length ?? Math.min(3, max)) };
}

/**
 * Nodes that each zone of a new pool starts with: GKE counts by zone here, by pool everywhere else. Never 0, which the
 * provider takes for "not given"; the autoscaler takes an empty pool's first nodes away again.
 */
function initialPerZone(min: number, max: number, zones: number): number {
  const enough = Math.ceil(min / zones);
  return Math.max(1, enough * zones <= max ? enough : Math.floor(min / zones));
}

/**
 * The name of a pool: its key and a hash of what GKE can't change in place. A change of it makes a pool of another
 * name, so that the new one can stand before the old one goes.
 */
export function poolName(key: string, immutable: object): string {
  return `${shorten(key, MAX_POOL_NAME - 7)}-${shortHash(JSON.stringify(immutable))}`;
}

const EFFECTS = { NoSchedule: "NO_SCHEDULE", PreferNoSchedule: "PREFER_NO_SCHEDULE", NoExecute: "NO_EXECUTE" } as const;

/** A taint as GKE spells it. */
export function googleTaint(taint: ClusterTaint): { key: string; value: string; effect: string } {
  return { key: taint.key, value: taint.value, effect: EFFECTS[taint.effect] };
}
