import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import { Pause } from "../../cdktf/pause";
import type { NodeSubnet } from "./network";
import type { AksPart } from "./settings";

export interface AksIdentitiesProps extends AksPart {
  readonly subnet: NodeSubnet;
  /** Resource id of the private DNS zone that the control plane writes its name to. @default - none of ours */
  readonly privateDnsZoneId?: string;
  /** Resource ids of the addresses that nodes leave by, which the control plane joins to its load balancer. @default - none of ours */
  readonly egressAddresses?: readonly string[];
}

/**
 * Seconds until a right that was just given is known everywhere. Azure documents up to ten minutes ("Troubleshoot Azure
 * RBAC"); AKS asks for these when it makes the cluster, and what isn't known then stops the apply after minutes.
 */
const RIGHTS_KNOWN_SECONDS = 120;

/**
 * The cluster's two identities and what they may do. Both are ours, not made by AKS, so that every right exists before
 * the cluster does: a node never waits for the right to pull its first image, nor the ingress for its address.
 */
export class AksIdentities extends Construct {
  /** Identity of the control plane: joins nodes to the subnet, binds the ingress address. */
  readonly controlPlane: UserAssignedIdentity;
  /** Identity of the nodes: pulls images. Adding or changing it later would replace the cluster. */
  readonly kubelet: UserAssignedIdentity;
  /** The rights that must exist before the cluster, and outlive it. */
  readonly roles: readonly RoleAssignment[];
  /** Until these rights are known. */
  readonly known: Pause;

  constructor(scope: Construct, id: string, props: AksIdentitiesProps) {
    super(scope, id);
    const { name, region, resourceGroup, subnet, privateDnsZoneId, egressAddresses, tags, provider } = props;
    const identity = (role: string) =>
      new UserAssignedIdentity(this, role, {
        provider,
        name: `${name}-${role}`,
        resourceGroupName: resourceGroup.name,
        location: region,
        tags,
      });
    this.controlPlane = identity("control-plane");
    this.kubelet = identity("kubelet");

    const grant = (to: string, roleDefinitionName: string, scopeId: string) =>
      new RoleAssignment(this, to, {
        provider,
        scope: scopeId,
        roleDefinitionName,
        principalId: this.controlPlane.principalId,
        principalType: "ServicePrincipal",
        // the identity was made seconds ago and the directory may not show it everywhere yet
        skipServicePrincipalAadCheck: true,
      });
    const roles = [
      // with a zone of one's own the control plane also links it to the network, so the subnet alone is not enough
      privateDnsZoneId
        ? grant("network-contributor", "Network Contributor", subnet.networkId)
        : grant("network-contributor", "Network Contributor", subnet.subnetId),
      // the cloud's controller lists the public addresses of the group before it takes the named one, so a right on
      // the address alone is refused (cloud-provider-azure, newPIPCache)
      grant("ingress-contributor", "Network Contributor", resourceGroup.id),
      grant("kubelet-operator", "Managed Identity Operator", this.kubelet.id),
    ];
    for (const id of egressAddresses ?? []) roles.push(grant(`egress-contributor-${shortHash(id)}`, "Network Contributor", id));
    if (privateDnsZoneId) roles.push(grant("private-dns-contributor", "Private DNS Zone Contributor", privateDnsZoneId));
    this.roles = roles;
    this.known = new Pause(this, "known", {
      after: Object.fromEntries(roles.map((role) => [role.node.id, role.id])),
      seconds: RIGHTS_KNOWN_SECONDS,
    });
  }
}
