import type { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { Construct } from "constructs";
import { azureDiskType } from "../../../model/catalog/machines";
import { poolNames } from "../../../model/limits/azure";
import type { ClusterPool, ClusterTaint } from "../settings";
import type { AksSettings } from "./settings";
import { channelMovesMinor, UPGRADE_SETTINGS } from "./upgrades";

/** AKS puts both on every spot node by itself; a taint that is not written down shows as a difference for ever. */
const SPOT = { key: "kubernetes.azure.com/scalesetpriority", value: "spot" } as const;

export interface AksNodePoolInput {
  readonly cluster: KubernetesCluster;
  /** Resource id of the nodes' subnet. */
  readonly subnetId: string;
}

/**
 * A pool for workloads. Another size, disk, zones or number of pods: azurerm rotates the pool through a stand-in of as
 * many nodes. Spot to on-demand or back can't be rotated: the name changes with it, so that Terraform makes the new
 * pool, at its minimum size, before it removes the old one. Neither way drains nodes first (azurerm documentation);
 * to move pods at one's own pace, add a pool under another name, drain the old one, then remove it.
 */
export function aksNodePools(scope: Construct, settings: AksSettings, input: AksNodePoolInput): KubernetesClusterNodePool[] {
  return Object.entries(settings.pools).map(([key, pool]) => nodePool(scope, settings, input, key, pool));
}

function nodePool(
  scope: Construct,
  { kubernetes, upgradeChannel, network, tags, provider }: AksSettings,
  { cluster, subnetId }: AksNodePoolInput,
  key: string,
  pool: ClusterPool,
): KubernetesClusterNodePool {
  const { machines, spot, diskGib, labels, taints } = pool;
  const zones = pool.zones ?? network.zones;
  const { name, rotation } = poolNames(key, { spot });
  const nodeTaints = spot ? [{ ...SPOT, effect: "NoSchedule" } as const, ...taints] : taints;
  return new KubernetesClusterNodePool(scope, `pool-${key}`, {
    provider,
    name,
    temporaryNameForRotation: rotation,
    kubernetesClusterId: cluster.id,
    mode: "User",
    vmSize: machines[0],
    osType: "Linux",
    osSku: "AzureLinux",
    osDiskType: azureDiskType(machines[0], diskGib),
    osDiskSizeGb: diskGib,
    maxPods: pool.maxPods,
    vnetSubnetId: subnetId,
    zones: zones.length > 0 ? [...zones] : undefined,
    // a channel that moves the minor version moves the pools' too
    orchestratorVersion: channelMovesMinor(upgradeChannel) ? undefined : (pool.kubernetes ?? kubernetes),
    autoScalingEnabled: true,
    minCount: pool.min,
    maxCount: pool.max,
    nodeLabels: { ...labels, ...(spot ? { [SPOT.key]: SPOT.value } : {}) },
    nodeTaints: nodeTaints.length > 0 ? nodeTaints.map(taintText) : undefined,
    tags,
    // AKS refuses upgrade settings on a spot pool, and azurerm a block that sets neither surge nor unavailable
    ...(spot
      ? { priority: "Spot", evictionPolicy: "Delete", spotMaxPrice: -1 }
      : { priority: "Regular", upgradeSettings: { ...UPGRADE_SETTINGS } }),
    lifecycle: { createBeforeDestroy: true },
  });
}

function taintText({ key, value, effect }: ClusterTaint): string {
  return `${key}=${value}:${effect}`;
}
