import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { AzureFoundation, ClusterFace } from "../face";
import { aksAccess, kubelogin } from "./access";
import { checkAksCluster } from "./checks";
import { aksControlPlane } from "./control-plane";
import { AksIdentities } from "./identity";
import { AksIngress } from "./ingress";
import { AksLogs } from "./logs";
import { AksNetwork, existingSubnet, type NodeSubnet } from "./network";
import { aksNodePools } from "./node-pools";
import type { AksClusterProps } from "./props";
import { type AksPart, aksSettings, isPrivateDnsZoneId } from "./settings";

/**
 * An AKS cluster ready for production: its resource group, network, identities, pools, logs and ingress address.
 *
 * The stack needs an azurerm provider of the cluster's subscription, see azureProvider.
 * @throws Error that lists every value that AKS would refuse at apply, or that nobody would refuse and breaks later
 */
export class AksCluster extends Construct {
  readonly face: ClusterFace;
  readonly foundation: AzureFoundation;
  /** For what else is put into the network. */
  readonly network: NodeSubnet;

  constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    const settings = aksSettings(props);
    checkAksCluster(settings);
    const { name, region, tags, provider, deletionProtection } = settings;
    const { ranges, zones, regionalZones } = settings.network;
    const resourceGroup = new ResourceGroup(this, "resource-group", {
      provider,
      name,
      location: region,
      tags,
      lifecycle: { preventDestroy: deletionProtection },
    });
    const part: AksPart = { name, region, resourceGroup, tags, provider };
    const subnet =
      "subnetId" in ranges.network
        ? existingSubnet(ranges.network.subnetId)
        : new AksNetwork(this, "network", { ...part, ranges: ranges.network });
    this.network = subnet;
    const { privateDnsZone } = settings;
    const identities = new AksIdentities(this, "identity", {
      ...part,
      subnet,
      egressAddresses: settings.network.egressAddresses,
      privateDnsZoneId: settings.api.access === "private" && isPrivateDnsZoneId(privateDnsZone) ? privateDnsZone : undefined,
    });
    const ingress = new AksIngress(this, "ingress", {
      ...part,
      zones: regionalZones.length > 0 ? regionalZones : zones,
      deletionProtection,
    });

    const cluster = aksControlPlane(this, settings, {
      resourceGroup,
      identities,
      subnetId: subnet.subnetId,
      dependsOn: [...identities.roles, identities.known, ingress.publicIp],
    });
    aksNodePools(this, settings, { cluster, subnetId: subnet.subnetId });
    aksAccess(this, settings, cluster);
    if (settings.logCategories.length > 0)
      new AksLogs(this, "logs", {
        ...part,
        clusterId: cluster.id,
        categories: settings.logCategories,
        workspaceId: settings.logAnalyticsWorkspaceId,
        retentionDays: settings.logRetentionDays,
      });

    const access = cluster.kubeConfig.get(0);
    this.face = {
      name: settings.clusterKey,
      // azurerm marks all of kube_config as sensitive; without local accounts it holds no secret
      endpoint: Fn.nonsensitive(access.host),
      certificateAuthority: Fn.nonsensitive(access.clusterCaCertificate),
      auth: kubelogin(settings.tenantId),
      oidcIssuer: cluster.oidcIssuerUrl,
      ingress: ingress.address,
    };
    this.foundation = {
      clusterName: name,
      resourceGroup: resourceGroup.name,
      location: region,
      nodeSubnetId: subnet.subnetId,
      identityPrincipalId: identities.controlPlane.principalId,
      kubeletObjectId: identities.kubelet.principalId,
    };
  }
}
