import { awsProvider, azureProvider, googleProvider } from "../../constructs/providers";
import type { MadeCluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import type { OwnProvider } from "./zone-access";

/** A provider for the account that a cluster is in. */
export function ownProvider(stack: FleetStack, cluster: MadeCluster): OwnProvider {
  switch (cluster.cloud) {
    case "aws": {
      const { accountId, assumeRoleArn } = cluster.aws;
      const provider = awsProvider(stack, "aws", { region: cluster.region, accountId, assumeRoleArn });
      return { provider, cloud: "aws", account: accountId, assumeRoleArn };
    }
    case "azure":
      return { provider: azureProvider(stack, "azure", cluster.azure), cloud: "azure", account: cluster.azure.subscriptionId };
    case "google": {
      const provider = googleProvider(stack, "google", { ...cluster.google, region: cluster.region });
      return { provider, cloud: "google", account: cluster.google.projectId };
    }
  }
}
