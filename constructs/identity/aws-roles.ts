import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Fn, type TerraformProvider, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { shorten } from "../../model/derived/names";
import type { PolicyDocument } from "./document";
import { podIdentityTrust, type ServiceAccount, webIdentityTrust } from "./trust";

/** Longest name of an IAM role (IAM API reference, CreateRole). */
const ROLE_NAME_MAX = 64;

interface RoleProps {
  /** Name of the role; shortened where it is too long for IAM. */
  readonly name: string;
  readonly account: ServiceAccount;
  /** What the role may do. @default - only the managed policy */
  readonly policy?: PolicyDocument;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the stack's own */
  readonly provider?: TerraformProvider;
  /** @default - none */
  readonly permissionsBoundaryArn?: string;
}

export interface WebIdentityRoleProps extends RoleProps {
  readonly policy: PolicyDocument;
  /** ARN of the account's trust in the cluster's tokens. */
  readonly oidcProviderArn: string;
}

/** A role that one service account of a cluster in any cloud may take, with nothing but its token. */
export class WebIdentityRole extends Construct {
  readonly arn: string;
  /** What must be there before the role is of use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: WebIdentityRoleProps) {
    super(scope, id);
    // the issuer as IAM stored it: the part of the ARN after the marker
    const issuer = Fn.element(Fn.split("oidc-provider/", props.oidcProviderArn), 1) as string;
    const { role, ready } = makeRole(this, props, webIdentityTrust(props.oidcProviderArn, `${issuer}`, props.account));
    this.arn = role.arn;
    this.ready = ready;
  }
}

export interface PodIdentityRoleProps extends RoleProps {
  readonly clusterName: string;
  /** ARN of a policy of AWS's own. @default - none */
  readonly managedPolicyArn?: string;
  /** EKS associates the role with an add-on of its own by itself. @default true */
  readonly associate?: boolean;
}

/** A role that one service account of an EKS cluster has, by EKS pod identity. */
export class PodIdentityRole extends Construct {
  readonly arn: string;
  /** Its name, for policies that are attached to it. */
  readonly roleName: string;
  /** What must be there before the pods start: they get the role when they are made, or never. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: PodIdentityRoleProps) {
    super(scope, id);
    const { role, ready } = makeRole(this, props, podIdentityTrust(props.clusterName, props.account));
    this.arn = role.arn;
    this.roleName = role.name;
    const policies: TerraformResource[] = [...ready];
    if (props.managedPolicyArn !== undefined)
      policies.push(
        new IamRolePolicyAttachment(this, "managed-policy", {
          provider: props.provider,
          role: role.name,
          policyArn: props.managedPolicyArn,
        }),
      );
    if (props.associate ?? true)
      policies.push(
        new EksPodIdentityAssociation(this, "association", {
          provider: props.provider,
          clusterName: props.clusterName,
          namespace: props.account.namespace,
          serviceAccount: props.account.name,
          roleArn: role.arn,
          tags: { ...props.tags },
        }),
      );
    this.ready = policies;
  }
}

function makeRole(scope: Construct, props: RoleProps, trust: PolicyDocument): { role: IamRole; ready: TerraformResource[] } {
  const role = new IamRole(scope, "role", {
    provider: props.provider,
    name: shorten(props.name, ROLE_NAME_MAX),
    // stringified here: Terraform's own encoder loses keys that hold references
    assumeRolePolicy: JSON.stringify(trust),
    permissionsBoundary: props.permissionsBoundaryArn,
    tags: { ...props.tags },
  });
  if (!props.policy) return { role, ready: [role] };
  const policy = new IamRolePolicy(scope, "policy", {
    provider: props.provider,
    role: role.name,
    name: "policy",
    policy: JSON.stringify(props.policy),
  });
  return { role, ready: [role, policy] };
}
