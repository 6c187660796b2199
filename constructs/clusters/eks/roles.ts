import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { shorten } from "../../../model/derived/names";
import type { PolicyDocument } from "../../identity/document";
import { podIdentityTrust } from "../../identity/trust";
import { managedPolicyArn } from "./partition";
import type { EksSettings } from "./settings";

/** A role and what must be there before it can be used, and gone after its user. */
export interface EksRole {
  readonly arn: string;
  readonly name: string;
  readonly policies: readonly ITerraformDependable[];
}

export interface EksRoles {
  readonly cluster: EksRole;
  readonly node: EksRole;
}

/** Longest name of an IAM role (IAM API reference, CreateRole). */
const ROLE_NAME_MAX = 64;

/** Where EKS installs its add-ons. */
const ADD_ON_NAMESPACE = "kube-system";

export function eksRoles(parent: Construct, settings: EksSettings, secretsKeyArn: string): EksRoles {
  const scope = new Construct(parent, "roles");
  const cluster = serviceRole(scope, settings, {
    id: "cluster",
    trust: serviceTrust("eks"),
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
    trust: serviceTrust("ec2"),
    managed: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
  });
  return { cluster: { ...cluster, policies: [...cluster.policies, key] }, node };
}

/** A role for one service account of an EKS add-on on this cluster alone, by pod identity. */
export function podIdentityRole(
  scope: Construct,
  settings: EksSettings,
  { role: id, serviceAccount: name, policy }: { readonly role: string; readonly serviceAccount: string; readonly policy: string },
): EksRole {
  const trust = podIdentityTrust(settings.name, { namespace: ADD_ON_NAMESPACE, name });
  return serviceRole(scope, settings, { id, trust, managed: [policy] });
}

/** Trust in a service of AWS, by its principal without the domain. */
const serviceTrust = (service: "eks" | "ec2"): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: ["sts:AssumeRole"] }],
});

interface ServiceRole {
  readonly id: string;
  readonly trust: PolicyDocument;
  readonly managed: readonly string[];
}

function serviceRole(scope: Construct, settings: EksSettings, { id, trust, managed }: ServiceRole) {
  const { name, region, provider } = settings;
  const role = new IamRole(scope, `${id}-role`, {
    provider,
    name: shorten(`${name}-${id}`, ROLE_NAME_MAX),
    assumeRolePolicy: JSON.stringify(trust),
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
