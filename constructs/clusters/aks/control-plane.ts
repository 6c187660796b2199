import { KubernetesCluster, type KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import type { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { AksIdentities } from "./identity";
import { osDiskType, SYSTEM_POOL } from "./pool-settings";
import type { AksApiProps, AksClusterProps } from "./props";
import { channelMovesMinor, UPGRADE_SETTINGS, upgrades } from "./upgrades";

export interface ControlPlaneProps extends AksClusterProps {
  readonly resourceGroup: ResourceGroup;
  readonly identities: AksIdentities;
  /** Resource id of the nodes' subnet. */
  readonly subnetId: string;
  /** Zones of the system nodes; empty in a region without. */
  readonly zones: readonly string[];
  readonly ranges: { readonly pods: string; readonly services: string; readonly dnsServiceIp: string };
  readonly escapedTags: Record<string, string>;
  /** What must exist before the cluster and outlive it. */
  readonly dependsOn: ITerraformDependable[];
}

/** The cluster resource: control plane and system pool. */
export function controlPlane(scope: Construct, id: string, props: ControlPlaneProps): KubernetesCluster {
  const { name, kubernetes, tier = "Standard", upgradeChannel = "patch", escapedTags } = props;
  const movesMinor = channelMovesMinor(upgradeChannel);
  return new KubernetesCluster(scope, id, {
    provider: props.provider,
    name,
    resourceGroupName: props.resourceGroup.name,
    location: props.region,
    nodeResourceGroup: `${name}-nodes`,
    kubernetesVersion: kubernetes,
    skuTier: tier,
    supportPlan: props.longTermSupport ? "AKSLongTermSupport" : "KubernetesOfficial",
    ...upgrades(props),
    ...access(props),
    ...apiServer(name, props.api, props.privateDnsZone),

    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    identity: { type: "UserAssigned", identityIds: [props.identities.controlPlane.id] },
    kubeletIdentity: {
      clientId: props.identities.kubelet.clientId,
      objectId: props.identities.kubelet.principalId,
      userAssignedIdentityId: props.identities.kubelet.id,
    },

    defaultNodePool: systemPool(props, movesMinor ? undefined : (props.systemPool?.kubernetes ?? kubernetes)),
    autoScalerProfile: { balanceSimilarNodeGroups: true, expander: "least-waste", skipNodesWithLocalStorage: false },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataPlane: "cilium",
      networkPolicy: "cilium",
      podCidr: props.ranges.pods,
      serviceCidr: props.ranges.services,
      dnsServiceIp: props.ranges.dnsServiceIp,
      loadBalancerSku: "standard",
      outboundType: "loadBalancer",
      loadBalancerProfile: { managedOutboundIpCount: 1 },
    },

    azurePolicyEnabled: true,
    costAnalysisEnabled: tier !== "Free",
    imageCleanerEnabled: true,
    imageCleanerIntervalHours: 168,
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    storageProfile: {
      diskDriverEnabled: true,
      fileDriverEnabled: true,
      blobDriverEnabled: false,
      snapshotControllerEnabled: true,
    },
    tags: escapedTags,
    dependsOn: props.dependsOn,
    lifecycle: {
      preventDestroy: props.deletionProtection ?? true,
      ignoreChanges: [
        // the autoscaler's
        "default_node_pool[0].node_count",
        ...(movesMinor ? ["kubernetes_version", "default_node_pool[0].orchestrator_version"] : []),
      ],
    },
  });
}

/** Entra alone: no certificate of an administrator exists, and Azure roles say who may do what. */
function access({ tenantId, admins = [] }: AksClusterProps): Partial<KubernetesClusterConfig> {
  return {
    localAccountDisabled: true,
    roleBasedAccessControlEnabled: true,
    azureActiveDirectoryRoleBasedAccessControl: {
      azureRbacEnabled: true,
      adminGroupObjectIds: [...admins],
      tenantId,
    },
    // az aks command invoke would be a way in past the allow-list
    runCommandEnabled: false,
  };
}

function apiServer(name: string, api: AksApiProps = {}, zone = "System"): Partial<KubernetesClusterConfig> {
  if (api.access !== "private")
    return { dnsPrefix: name, apiServerAccessProfile: { authorizedIpRanges: [...(api.allowFrom ?? [])] } };
  return {
    privateClusterEnabled: true,
    privateDnsZoneId: zone,
    // without a private zone the name must be in public DNS, or nothing resolves it; the address stays private
    privateClusterPublicFqdnEnabled: zone === "None",
    ...(isPrivateDnsZoneId(zone) ? { dnsPrefixPrivateCluster: name } : { dnsPrefix: name }),
  };
}

/** Whether the zone is one of the user's own, not AKS's and not none. */
export function isPrivateDnsZoneId(zone: string | undefined): zone is string {
  return zone !== undefined && zone !== "System" && zone !== "None";
}

function systemPool(props: ControlPlaneProps, kubernetes: string | undefined): KubernetesClusterConfig["defaultNodePool"] {
  const { machine = "Standard_D4ds_v5", min = 2, max = 3 } = props.systemPool ?? {};
  const diskGib = 100;
  return {
    name: SYSTEM_POOL.name,
    temporaryNameForRotation: SYSTEM_POOL.rotation,
    vmSize: machine,
    osSku: "AzureLinux",
    osDiskType: osDiskType(machine, diskGib),
    osDiskSizeGb: diskGib,
    maxPods: 110,
    vnetSubnetId: props.subnetId,
    zones: props.zones.length > 0 ? [...props.zones] : undefined,
    orchestratorVersion: kubernetes,
    autoScalingEnabled: true,
    minCount: min,
    maxCount: max,
    onlyCriticalAddonsEnabled: true,
    upgradeSettings: { ...UPGRADE_SETTINGS },
    tags: props.escapedTags,
  };
}
