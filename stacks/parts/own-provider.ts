import type { TerraformProvider } from "cdktf";
import { awsProvider, azureProvider, googleProvider } from "../../constructs/providers";
import type { AwsCluster, MadeCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import type { FleetStack } from "../fleet-stack";
import type { CloudAccount, OwnProvider } from "./zone-access";

/** The account that a cluster is in. */
export function accountOf(cluster: MadeCluster): CloudAccount {
  switch (cluster.cloud) {
    case "aws":
      return { cloud: "aws", account: cluster.aws.accountId, assumeRoleArn: cluster.aws.assumeRoleArn };
    case "azure":
      return { cloud: "azure", account: cluster.azure.subscriptionId };
    case "google":
      return { cloud: "google", account: cluster.google.projectId };
  }
}

/** A provider for the account that a cluster is in. */
export function ownProvider(stack: FleetStack, cluster: MadeCluster): OwnProvider {
  return { ...accountOf(cluster), provider: providerOf(stack, cluster) };
}

function providerOf(stack: FleetStack, cluster: MadeCluster): TerraformProvider {
  switch (cluster.cloud) {
    case "aws": {
      const { accountId, assumeRoleArn } = cluster.aws;
      return awsProvider(stack, "aws", { region: cluster.region, accountId, assumeRoleArn });
    }
    case "azure":
      return azureProvider(stack, "azure", cluster.azure);
    case "google":
      return googleProvider(stack, "google", { ...cluster.google, region: cluster.region });
  }
}

/** Whether the zone is in the account of an EKS cluster, which then trusts the cluster's tokens for its sake. */
export const zoneTrustsIssuer = ({ aws }: AwsCluster, { engine, aws: zone }: Fleet["dns"]): boolean =>
  engine === "route53" && zone?.accountId === aws.accountId;
