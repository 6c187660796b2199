import { type App, LocalBackend, TerraformStack } from "cdktf";
import { AksCluster, type AksClusterProps } from "../../constructs/clusters/aks";
import { exportCluster } from "../../constructs/clusters/outputs";
import { azureProvider } from "../../constructs/providers";
import { type Block, type StackJson, synthStacks, theResource } from "../support/synth";

const tenantId = "00000000-0000-0000-0000-000000000001";
const subscriptionId = "00000000-0000-0000-0000-000000000002";
const runner = "00000000-0000-0000-0000-000000000003";

export const SUBNET_ID = `/subscriptions/${subscriptionId}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/aks`;
export const ZONE_ID = `/subscriptions/${subscriptionId}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.canadacentral.azmk8s.io`;

/** As most clusters are. */
export const usual: AksClusterProps = {
  name: "arctiq-toronto",
  clusterKey: "toronto",
  region: "canadacentral",
  kubernetes: "1.36",
  network: { cidr: "10.30.0.0/16" },
  api: { allowFrom: ["203.0.113.0/24"] },
  admins: ["00000000-0000-0000-0000-000000000004"],
  runner,
  tenantId,
  tags: { team: "platform" },
};

/** Private, in a subnet that exists, with Arm and spot pools, a zone and a workspace of the owner's, unprotected. */
export const unusual: AksClusterProps = {
  ...usual,
  name: "arctiq-montreal",
  clusterKey: "montreal",
  network: {
    existing: { subnetId: SUBNET_ID },
    cidr: "10.0.0.0/16",
    pods: "10.244.0.0/16",
    services: "10.1.0.0/16",
    zones: ["1"],
  },
  api: { access: "private" },
  privateDnsZone: ZONE_ID,
  pools: {
    arm: { architecture: "arm64", labels: { note: "home" } },
    "gpu-batch": {
      spot: true,
      machines: ["Standard_NC4as_T4_v3"],
      min: 0,
      max: 12,
      diskGib: 200,
      maxPods: 30,
      zones: ["1"],
      taints: [{ key: "gpu", value: "true", effect: "NoExecute" }],
    },
  },
  systemPool: { machine: "Standard_D4pds_v5", min: 3, max: 5 },
  admins: [],
  tier: "Premium",
  longTermSupport: true,
  upgradeChannel: "stable",
  maintenance: { day: "tuesday", startHour: 22, durationHours: 4 },
  logAnalyticsWorkspaceId: `/subscriptions/${subscriptionId}/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/logs`,
  logCategories: ["kube-audit"],
  deletionProtection: false,
  tags: { "cost $${center}": "%%{ if }", service: "billing" },
};

/** Adds a stack `aks` with the cluster and its outputs. */
export function addAks(app: App, props: AksClusterProps): AksCluster {
  const stack = new TerraformStack(app, "aks");
  new LocalBackend(stack, { path: "../../../state/aks.tfstate" });
  azureProvider(stack, "azure", { subscriptionId, tenantId });
  const cluster = new AksCluster(stack, "cluster", props);
  exportCluster(stack, cluster.face, cluster.foundation);
  return cluster;
}

export function synthAks(props: AksClusterProps): { readonly stack: StackJson; readonly cluster: AksCluster } {
  let cluster: AksCluster | undefined;
  const { aks } = synthStacks((app) => {
    cluster = addAks(app, props);
  });
  return { stack: aks!, cluster: cluster! };
}

/** The stack of the usual cluster, but for what is changed. */
export const stackOf = (change: Partial<AksClusterProps> = {}): StackJson => synthAks({ ...usual, ...change }).stack;
/** The cluster resource of it. */
export const clusterOf = (change: Partial<AksClusterProps> = {}): Block =>
  theResource(stackOf(change), "azurerm_kubernetes_cluster");
