import { KubernetesCluster, type KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import type { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { azureDiskType } from "../../../model/catalog/machines";
import { SYSTEM_POOL } from "../../../model/limits/azure";
import { POOL } from "../../../model/schema/defaults";
import type { AksIdentities } from "./identity";
import { type AksSettings, isPrivateDnsZoneId } from "./settings";
import { channelMovesMinor, UPGRADE_SETTINGS, upgrades } from "./upgrades";

export interface AksControlPlaneInput {
  readonly resourceGroup: ResourceGroup;
  readonly identities: AksIdentities;
  /** Resource id of the nodes' subnet. */
  readonly subnetId: string;
  /** What must exist before the cluster and outlive it. */
  readonly dependsOn: ITerraformDependable[];
}

/** The cluster resource: control plane and system pool. */
export function aksControlPlane(scope: Construct, settings: AksSettings, input: AksControlPlaneInput): KubernetesCluster {
  const { name, kubernetes, tier, upgradeChannel } = settings;
  const { ranges, egressAddresses } = settings.network;
  const movesMinor = channelMovesMinor(upgradeChannel);
  return new KubernetesCluster(scope, "cluster", {
    provider: settings.provider,
    name,
    resourceGroupName: input.resourceGroup.name,
    location: settings.region,
    nodeResourceGroup: `${name}-nodes`,
    kubernetesVersion: kubernetes,
    skuTier: tier,
    supportPlan: settings.longTermSupport ? "AKSLongTermSupport" : "KubernetesOfficial",
    ...upgrades(settings),
    ...access(settings),
    ...apiServer(settings),

    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    identity: { type: "UserAssigned", identityIds: [input.identities.controlPlane.id] },
    kubeletIdentity: {
      clientId: input.identities.kubelet.clientId,
      objectId: input.identities.kubelet.principalId,
      userAssignedIdentityId: input.identities.kubelet.id,
    },

    defaultNodePool: systemPool(
      settings,
      input.subnetId,
      movesMinor ? undefined : (settings.systemPool.kubernetes ?? kubernetes),
    ),
    autoScalerProfile: { balanceSimilarNodeGroups: true, expander: "least-waste", skipNodesWithLocalStorage: false },
    networkProfile: {
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataPlane: "cilium",
      networkPolicy: "cilium",
      podCidr: ranges.pods,
      serviceCidr: ranges.services,
      dnsServiceIp: ranges.dnsServiceIp,
      loadBalancerSku: "standard",
      outboundType: "loadBalancer",
      loadBalancerProfile: egressAddresses ? { outboundIpAddressIds: [...egressAddresses] } : { managedOutboundIpCount: 1 },
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
    tags: settings.tags,
    dependsOn: input.dependsOn,
    lifecycle: {
      preventDestroy: settings.deletionProtection,
      ignoreChanges: [
        // the autoscaler's
        "default_node_pool[0].node_count",
        ...(movesMinor ? ["kubernetes_version", "default_node_pool[0].orchestrator_version"] : []),
      ],
    },
  });
}

/** Entra alone: no certificate of an administrator exists, and Azure roles say who may do what. */
function access({ tenantId, admins }: AksSettings): Partial<KubernetesClusterConfig> {
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

function apiServer({ name, api, privateDnsZone: zone }: AksSettings): Partial<KubernetesClusterConfig> {
  if (api.access !== "private") return { dnsPrefix: name, apiServerAccessProfile: { authorizedIpRanges: [...api.allowFrom] } };
  return {
    privateClusterEnabled: true,
    privateDnsZoneId: zone,
    // without a private zone the name must be in public DNS, or nothing resolves it; the address stays private
    privateClusterPublicFqdnEnabled: zone === "None",
    ...(isPrivateDnsZoneId(zone) ? { dnsPrefixPrivateCluster: name } : { dnsPrefix: name }),
  };
}

function systemPool(
  { systemPool: { machine, min, max }, network: { zones }, tags }: AksSettings,
  subnetId: string,
  kubernetes: string | undefined,
): KubernetesClusterConfig["defaultNodePool"] {
  return {
    name: SYSTEM_POOL.name,
    temporaryNameForRotation: SYSTEM_POOL.rotation,
    vmSize: machine,
    osSku: "AzureLinux",
    osDiskType: azureDiskType(machine, POOL.diskGib),
    osDiskSizeGb: POOL.diskGib,
    maxPods: POOL.maxPods,
    vnetSubnetId: subnetId,
    zones: zones.length > 0 ? [...zones] : undefined,
    orchestratorVersion: kubernetes,
    autoScalingEnabled: true,
    minCount: min,
    maxCount: max,
    onlyCriticalAddonsEnabled: true,
    upgradeSettings: { ...UPGRADE_SETTINGS },
    tags,
  };
}
