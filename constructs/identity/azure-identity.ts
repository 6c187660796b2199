import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { type ServiceAccount, subjectOf } from "./trust";

/** A right on a scope. */
export interface AzureGrant {
  /** Construct id of the assignment. */
  readonly id: string;
  /** Resource id. */
  readonly scope: string;
  /** Name of a built-in role. */
  readonly role: string;
  /** Provider of the scope's subscription. @default - the identity's */
  readonly provider?: TerraformProvider;
}

export interface AzureIdentityProps {
  /** Name of the identity, 3 to 128 characters. */
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Issuer of the cluster's tokens. */
  readonly issuer: string;
  readonly account: ServiceAccount;
  readonly grants: readonly AzureGrant[];
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** An Entra identity that one service account of a cluster has, with nothing but its token. */
export class AzureIdentity extends Construct {
  readonly clientId: string;
  /** Object id of its service principal. */
  readonly principalId: string;
  readonly tenantId: string;
  /** What must be there before the identity is of use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AzureIdentityProps) {
    super(scope, id);
    const identity = new UserAssignedIdentity(this, "identity", {
      provider: props.provider,
      name: props.name,
      resourceGroupName: props.resourceGroup,
      location: props.location,
      tags: { ...props.tags },
    });
    const federation = new FederatedIdentityCredential(this, "federation", {
      provider: props.provider,
      name: `${props.account.namespace}-${props.account.name}`,
      // the identity's own group: with any other every plan would replace it
      resourceGroupName: identity.resourceGroupName,
      parentId: identity.id,
      issuer: props.issuer,
      subject: subjectOf(props.account),
      audience: ["api://AzureADTokenExchange"],
    });
    const grants = props.grants.map(
      (grant) =>
        new RoleAssignment(this, grant.id, {
          provider: grant.provider ?? props.provider,
          scope: grant.scope,
          roleDefinitionName: grant.role,
          principalId: identity.principalId,
          principalType: "ServicePrincipal",
        }),
    );
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.ready = [federation, ...grants];
  }
}
