import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { zonesOf } from "../../../model/derived/zones";
import type { AzureFoundation, ClusterFace } from "../face";
import { kubelogin } from "./auth";
import { controlPlane, isPrivateDnsZoneId } from "./control-plane";
import { AksIdentities } from "./identity";
import { AksIngress } from "./ingress";
import { AksLogs } from "./logs";
import { AksNetwork, existingSubnet, type NodeSubnet } from "./network";
import { nodePool } from "./node-pools";
import type { AksPart } from "./part";
import type { AksClusterProps, AksPoolProps } from "./props";
import { aksRanges } from "./ranges";
import { channelMovesMinor } from "./upgrades";
import { problemsOf } from "./validate";

export type * from "./props";

const DEFAULT_POOLS: Readonly<Record<string, AksPoolProps>> = { main: {} };
const DEFAULT_LOGS = ["kube-apiserver", "kube-audit-admin", "guard"];

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
    const { name, region, network, pools = DEFAULT_POOLS, deletionProtection = true, provider } = props;
    const ranges = aksRanges(network);
    const problems = problemsOf(props, pools, ranges);
    if (problems.length > 0) throw new Error(`AKS cluster ${name}:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);

    const tags = { ...props.tags };
    const regionalZones = zonesOf("azure", region);
    const zones = network.zones ?? regionalZones;
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
    const identities = new AksIdentities(this, "identity", {
      ...part,
      subnet,
      privateDnsZoneId:
        props.api?.access === "private" && isPrivateDnsZoneId(props.privateDnsZone) ? props.privateDnsZone : undefined,
    });
    const ingress = new AksIngress(this, "ingress", {
      ...part,
      zones: regionalZones.length > 0 ? regionalZones : zones,
      deletionProtection,
    });

    const cluster = controlPlane(this, "cluster", {
      ...props,
      resourceGroup,
      identities,
      subnetId: subnet.subnetId,
      zones,
      ranges,
      escapedTags: tags,
      dependsOn: [...identities.roles, ingress.publicIp],
    });
    for (const [key, pool] of Object.entries(pools))
      nodePool(this, `pool-${key}`, {
        ...pool,
        key,
        cluster,
        subnetId: subnet.subnetId,
        kubernetes: channelMovesMinor(props.upgradeChannel) ? undefined : (pool.kubernetes ?? props.kubernetes),
        zones: pool.zones ?? zones,
        tags,
        provider,
      });
    new RoleAssignment(this, "runner", {
      provider,
      scope: cluster.id,
      roleDefinitionName: "Azure Kubernetes Service RBAC Cluster Admin",
      principalId: props.runner,
    });
    const { logCategories: categories = DEFAULT_LOGS, logRetentionDays: retentionDays = 90 } = props;
    if (categories.length > 0)
      new AksLogs(this, "logs", {
        ...part,
        clusterId: cluster.id,
        categories,
        workspaceId: props.logAnalyticsWorkspaceId,
        retentionDays,
      });

    const access = cluster.kubeConfig.get(0);
    this.face = {
      name: props.clusterKey ?? name,
      // azurerm marks all of kube_config as sensitive; without local accounts it holds no secret
      endpoint: Fn.nonsensitive(access.host),
      certificateAuthority: Fn.nonsensitive(access.clusterCaCertificate),
      auth: kubelogin(props.tenantId),
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
