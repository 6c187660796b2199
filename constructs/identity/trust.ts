import { type PolicyDocument, policy } from "./document";

/** A service account of a cluster. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Subject of a service account's tokens, in every Kubernetes. */
export const subjectOf = ({ namespace, name }: ServiceAccount) => `system:serviceaccount:${namespace}:${name}`;

/**
 * Trust in the tokens of one service account of one cluster.
 * @param issuer the issuer without https://, exactly as IAM stored it, trailing slash included
 */
export function webIdentityTrust(providerArn: string, issuer: string, account: ServiceAccount): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subjectOf(account) } },
  });
}

/**
 * Trust in one service account of one EKS cluster, by pod identity: the agent passes cluster, namespace and account as
 * session tags (EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity").
 */
export function podIdentityTrust(clusterName: string, account: ServiceAccount): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-name": clusterName,
        "aws:RequestTag/kubernetes-namespace": account.namespace,
        "aws:RequestTag/kubernetes-service-account": account.name,
      },
    },
  });
}

/**
 * Trust in the flow logs of one account and region, so that nobody else's service can borrow the role (VPC user guide,
 * "IAM role for publishing flow logs to CloudWatch Logs").
 */
export function flowLogsTrust({
  partition,
  region,
  accountId,
}: Record<"partition" | "region" | "accountId", string>): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
    },
  });
}
