import type { ContainerCluster } from "@cdktf/provider-google/lib/container-cluster";
import { ContainerNodePool } from "@cdktf/provider-google/lib/container-node-pool";
import type { Construct } from "constructs";
import { googleDiskType } from "../../../model/catalog/machines";
import { googleTaint, poolName, poolSettings } from "./pool-settings";
import type { GkePool } from "./props";

/** What a node's token is good for is decided by its account's roles alone. */
export const NODE_SCOPES = ["https://www.googleapis.com/auth/cloud-platform"] as const;

export interface NodePoolProps {
  /** The pool's key in the cluster. */
  readonly key: string;
  readonly pool: GkePool;
  readonly projectId: string;
  readonly cluster: ContainerCluster;
  readonly region: string;
  /** The cluster's zones. */
  readonly zones?: readonly string[];
  readonly nodeAccount: string;
}

/**
 * A pool of nodes without public addresses, at a size that the autoscaler chooses. Machine type, disk, labels and taints
 * change in place, node by node; what can't, makes a new pool before the old one is drained away.
 */
export function nodePool(scope: Construct, id: string, props: NodePoolProps): ContainerNodePool {
  const settings = poolSettings(props.pool, props.zones);
  // All that forces a new pool (google 6.50), and the architecture, which GKE doesn't change in a pool.
  const immutable = {
    maxPodsPerNode: settings.maxPods,
    spot: settings.spot,
    oauthScopes: [...NODE_SCOPES],
    metadata: { "disable-legacy-endpoints": "true" },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    architecture: settings.architecture,
  };
  return new ContainerNodePool(scope, id, {
    project: props.projectId,
    name: poolName(props.key, immutable),
    cluster: props.cluster.name,
    location: props.region,
    nodeLocations: settings.zones && [...settings.zones],
    initialNodeCount: settings.initialPerZone,
    // Totals: the limits by zone would be a multiple of what the pool says.
    autoscaling: {
      totalMinNodeCount: settings.min,
      totalMaxNodeCount: settings.max,
      locationPolicy: settings.spot ? "ANY" : "BALANCED",
    },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
    maxPodsPerNode: immutable.maxPodsPerNode,
    networkConfig: { enablePrivateNodes: true },
    nodeConfig: {
      machineType: settings.machine,
      diskType: googleDiskType(settings.machine),
      diskSizeGb: settings.diskGib,
      imageType: "COS_CONTAINERD",
      spot: immutable.spot,
      serviceAccount: props.nodeAccount,
      oauthScopes: immutable.oauthScopes,
      metadata: immutable.metadata,
      shieldedInstanceConfig: immutable.shieldedInstanceConfig,
      workloadMetadataConfig: { mode: "GKE_METADATA" },
      labels: { ...settings.labels },
      taint: settings.taints.map(googleTaint),
    },
    timeouts: { create: "90m", update: "90m", delete: "90m" },
    lifecycle: {
      createBeforeDestroy: true,
      // Only the number to start with; a change of it would replace the pool.
      ignoreChanges: ["initial_node_count"],
    },
  });
}
