import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { shorten } from "../../../model/names";
import { managedPolicyArn } from "./partition";
import type { EksSettings } from "./settings";

/** A role and what must be there before it can be used, and gone after its user. */
export interface EksRole {
  readonly arn: string;
  readonly policies: readonly ITerraformDependable[];
}

export interface EksRoles {
  readonly cluster: EksRole;
  readonly node: EksRole;
}

/** Longest name of an IAM role (IAM API reference, CreateRole). */
const ROLE_NAME_MAX = 64;

export function eksRoles(parent: Construct, settings: EksSettings, secretsKeyArn: string): EksRoles {
  const scope = new Construct(parent, "roles");
  const cluster = serviceRole(scope, settings, {
    id: "cluster",
    service: "eks",
    actions: ["sts:AssumeRole"],
    managed: ["AmazonEKSClusterPolicy"],
  });
  const key = new IamRolePolicy(scope, "cluster-secrets-key", {
    provider: settings.provider,
    role: cluster.name,
    name: "secrets-key",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
          Resource: secretsKeyArn,
        },
      ],
    }),
  });
  // Not the network's policy: aws-node has a role of its own, so that nothing else on the node may touch interfaces.
  const node = serviceRole(scope, settings, {
    id: "node",
    service: "ec2",
    actions: ["sts:AssumeRole"],
    managed: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
  });
  return { cluster: { arn: cluster.arn, policies: [...cluster.policies, key] }, node };
}

/** A role for the service account of an EKS add-on, by pod identity; the trust is the same for every cluster. */
export function podIdentityRole(scope: Construct, settings: EksSettings, id: string, policy: string): EksRole {
  return serviceRole(scope, settings, {
    id,
    service: "pods.eks",
    actions: ["sts:AssumeRole", "sts:TagSession"],
    managed: [policy],
  });
}

interface ServiceRole {
  readonly id: string;
  /** Service principal, without its domain. */
  readonly service: "eks" | "ec2" | "pods.eks";
  readonly actions: readonly string[];
  readonly managed: readonly string[];
}

function serviceRole(scope: Construct, settings: EksSettings, { id, service, actions, managed }: ServiceRole) {
  const { name, region, provider } = settings;
  const role = new IamRole(scope, `${id}-role`, {
    provider,
    name: shorten(`${name}-${id}`, ROLE_NAME_MAX),
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: actions }],
    }),
    permissionsBoundary: settings.permissionsBoundaryArn,
    tags: settings.tags,
  });
  const policies = managed.map(
    (policy) =>
      new IamRolePolicyAttachment(scope, `${id}-${policy.slice(policy.lastIndexOf("/") + 1)}`, {
        provider,
        role: role.name,
        policyArn: managedPolicyArn(region, policy),
      }),
  );
  return { arn: role.arn, name: role.name, policies };
}
