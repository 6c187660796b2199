import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import type { Problem, Rule, Rules } from "../../problems/problem";
import type { AwsCluster, AzureCluster, GoogleCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

const named: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => (settingsOf(cluster).admins.length > 0 ? [] : [noAdmins(cluster)]));

const taken: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => [
    ...(cluster.cloud === "aws" ? awsProblems(cluster) : []),
    ...(cluster.cloud === "azure" ? azureProblems(cluster) : []),
    ...(cluster.cloud === "google" ? googleProblems(cluster) : []),
  ]);

/** Administrators are named, and identities and keys are of the kind that the cloud takes. */
export const access: Rules = { administrators: named, identities: taken };

type Made = AwsCluster | AzureCluster | GoogleCluster;

function settingsOf(cluster: Made): { readonly admins: readonly string[] } {
  if (cluster.cloud === "aws") return cluster.aws;
  return cluster.cloud === "azure" ? cluster.azure : cluster.google;
}

const KIND = {
  aws: "ARNs of IAM roles",
  azure: "object ids of Entra groups",
  google: "IAM members such as group:platform@example.com",
} as const;

function noAdmins(cluster: Made): Problem {
  return inCluster(
    cluster,
    [cluster.cloud, "admins"],
    `nobody would administer the cluster: name ${KIND[cluster.cloud]}; whoever runs Terraform gets no rights by that`,
  );
}

function awsProblems(cluster: AwsCluster): readonly Problem[] {
  const { admins, runner, secretsKeyArn, permissionsBoundaryArn } = cluster.aws;
  const partition = (field: readonly (string | number)[], arn: string | undefined) =>
    at(cluster, field, arn && aws.partitionProblem(arn, cluster.region));
  return [
    ...admins.flatMap((arn, index) => partition(["admins", index], arn)),
    ...partition(["runner"], runner),
    ...partition(["permissionsBoundaryArn"], permissionsBoundaryArn),
    ...admins.flatMap((arn, index) => at(cluster, ["admins", index], aws.principalProblem(arn))),
    ...at(cluster, ["runner"], aws.principalProblem(runner)),
    ...at(cluster, ["secretsKeyArn"], secretsKeyArn && aws.keyProblem(secretsKeyArn, cluster.region)),
    ...at(cluster, ["permissionsBoundaryArn"], permissionsBoundaryArn && aws.policyProblem(permissionsBoundaryArn)),
  ];
}

function azureProblems(cluster: AzureCluster): readonly Problem[] {
  const { privateDnsZone, logAnalyticsWorkspaceId } = cluster.azure;
  return [
    ...at(cluster, ["privateDnsZone"], azure.privateZoneProblem(privateDnsZone, cluster.region)),
    ...at(cluster, ["logAnalyticsWorkspaceId"], logAnalyticsWorkspaceId && azure.workspaceProblem(logAnalyticsWorkspaceId)),
  ];
}

function googleProblems(cluster: GoogleCluster): readonly Problem[] {
  const { secretsKey } = cluster.google;
  return at(cluster, ["secretsKey"], secretsKey && google.keyProblem(secretsKey, cluster.region));
}

function at(cluster: Made, field: readonly (string | number)[], problem: string | undefined): readonly Problem[] {
  return problem ? [inCluster(cluster, [cluster.cloud, ...field], problem)] : [];
}
