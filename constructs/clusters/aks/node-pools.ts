import type { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { poolMachines } from "../../../model/catalog/machines";
import { osDiskType, poolNames } from "./pool-settings";
import type { AksPoolProps, AksTaint } from "./props";
import { UPGRADE_SETTINGS } from "./upgrades";

/** AKS puts both on every spot node by itself; a taint that is not written down shows as a difference for ever. */
const SPOT = { key: "kubernetes.azure.com/scalesetpriority", value: "spot" } as const;

export interface NodePoolProps extends AksPoolProps {
  /** Key of the pool. */
  readonly key: string;
  readonly cluster: KubernetesCluster;
  /** Resource id of the nodes' subnet. */
  readonly subnetId: string;
  /** Minor version of the nodes. @default - the control plane's when the pool is made */
  readonly kubernetes?: string;
  /** Zones of the nodes; empty in a region without. */
  readonly zones: readonly string[];
  /** Escaped already. */
  readonly tags: Record<string, string>;
  readonly provider?: TerraformProvider;
}

/**
 * A pool for workloads. Another size, disk, zones or number of pods: azurerm rotates the pool through a stand-in of as
 * many nodes. Spot to on-demand or back can't be rotated: the name changes with it, so that Terraform makes the new
 * pool, at its minimum size, before it removes the old one. Neither way drains nodes first (azurerm documentation);
 * to move pods at one's own pace, add a pool under another name, drain the old one, then remove it.
 */
export function nodePool(scope: Construct, id: string, props: NodePoolProps): KubernetesClusterNodePool {
  const { spot = false, labels = {}, taints = [], diskGib = 100, architecture = "amd64" } = props;
  const [machine] = poolMachines("azure", { machines: props.machines, architecture });
  const { name, rotation } = poolNames(props.key, { spot });
  const nodeTaints = spot ? [{ ...SPOT, effect: "NoSchedule" } as const, ...taints] : taints;
  return new KubernetesClusterNodePool(scope, id, {
    provider: props.provider,
    name,
    temporaryNameForRotation: rotation,
    kubernetesClusterId: props.cluster.id,
    mode: "User",
    vmSize: machine,
    osType: "Linux",
    osSku: "AzureLinux",
    osDiskType: osDiskType(machine, diskGib),
    osDiskSizeGb: diskGib,
    maxPods: props.maxPods ?? 110,
    vnetSubnetId: props.subnetId,
    zones: props.zones.length > 0 ? [...props.zones] : undefined,
    orchestratorVersion: props.kubernetes,
    autoScalingEnabled: true,
    minCount: props.min ?? 2,
    maxCount: props.max ?? 6,
    nodeLabels: { ...labels, ...(spot ? { [SPOT.key]: SPOT.value } : {}) },
    nodeTaints: nodeTaints.length > 0 ? nodeTaints.map(taintText) : undefined,
    tags: props.tags,
    // AKS refuses upgrade settings on a spot pool, and azurerm a block that sets neither surge nor unavailable
    ...(spot
      ? { priority: "Spot", evictionPolicy: "Delete", spotMaxPrice: -1 }
      : { priority: "Regular", upgradeSettings: { ...UPGRADE_SETTINGS } }),
    lifecycle: { createBeforeDestroy: true },
  });
}

function taintText({ key, value, effect }: AksTaint): string {
  return `${key}=${value}:${effect}`;
}
