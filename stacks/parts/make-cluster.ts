import { AksCluster } from "../../constructs/clusters/aks";
import type { NodeSubnet } from "../../constructs/clusters/aks/network";
import { EksCluster } from "../../constructs/clusters/eks";
import { existingFace } from "../../constructs/clusters/existing";
import type { ClusterFace } from "../../constructs/clusters/face";
import { GkeCluster } from "../../constructs/clusters/gke";
import type { Foundation } from "../../constructs/clusters/outputs";
import { awsProvider, azureProvider, googleProvider } from "../../constructs/providers";
import { clusterName, stackIds } from "../../model/derived/names";
import { clusterZones } from "../../model/derived/zones";
import type { AwsCluster, AzureCluster, Cluster, GoogleCluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import type { OwnProvider } from "./zone-access";

interface Made {
  readonly face: ClusterFace;
  readonly foundation?: Foundation;
  /** The provider of the cluster's own cloud, for the zone to share. */
  readonly own?: OwnProvider;
  /** The network, for what else the cluster's stack puts into it. @default - the cluster exists, or its network does */
  readonly network?: ClusterNetwork;
}

/** A network that was made with its cluster: nothing in it is another's. */
export type ClusterNetwork =
  | {
      readonly cloud: "aws";
      readonly vpcId: string;
      readonly cidr: string;
      readonly region: string;
      readonly routeTables: ReadonlyMap<string, string>;
    }
  | ({
      readonly cloud: "azure";
      readonly resourceGroup: string;
      readonly location: string;
      readonly ranges: AzureCluster["network"];
    } & NodeSubnet)
  | { readonly cloud: "google"; readonly projectId: string; readonly network: string };

/** The cluster itself, by its cloud, with the provider of its account. */
export function makeCluster(stack: FleetStack, cluster: Cluster, tags: Readonly<Record<string, string>>): Made {
  switch (cluster.cloud) {
    case "aws":
      return eks(stack, cluster, tags);
    case "azure":
      return aks(stack, cluster, tags);
    case "google":
      return gke(stack, cluster, tags);
    case "existing":
      return { face: existingFace(cluster) };
  }
}

function common(stack: FleetStack, cluster: AwsCluster | AzureCluster | GoogleCluster, tags: Readonly<Record<string, string>>) {
  return {
    name: clusterName(stack.context.fleet.name, cluster.name),
    clusterKey: cluster.name,
    region: cluster.region,
    kubernetes: cluster.kubernetes,
    api: cluster.api,
    pools: cluster.pools,
    network: { ...cluster.network, zones: clusterZones(cluster) },
    maintenance: cluster.maintenance,
    logRetentionDays: cluster.logRetentionDays,
    deletionProtection: cluster.deletionProtection,
    tags,
  };
}

function eks(stack: FleetStack, cluster: AwsCluster, tags: Readonly<Record<string, string>>): Made {
  const { accountId, assumeRoleArn } = cluster.aws;
  const provider = awsProvider(stack, "aws", { region: cluster.region, accountId, assumeRoleArn });
  const props = common(stack, cluster, tags);
  const cidr = cluster.network.cidr;
  if (!cidr) throw new Error(`cluster ${cluster.name} has no network.cidr: the fleet was not loaded by loadFleet`);
  const { face, foundation, network } = new EksCluster(stack, "cluster", {
    ...props,
    ...cluster.aws,
    network: { ...props.network, cidr },
  });
  return {
    face,
    foundation,
    own: { provider, cloud: "aws", account: accountId, assumeRoleArn },
    network: cluster.network.existing
      ? undefined
      : { cloud: "aws", vpcId: network.vpcId, cidr, region: cluster.region, routeTables: network.privateTables },
  };
}

function aks(stack: FleetStack, cluster: AzureCluster, tags: Readonly<Record<string, string>>): Made {
  const provider = azureProvider(stack, "azure", cluster.azure);
  const { face, foundation, network } = new AksCluster(stack, "cluster", { ...common(stack, cluster, tags), ...cluster.azure });
  return {
    face,
    foundation,
    own: { provider, cloud: "azure", account: cluster.azure.subscriptionId },
    network: cluster.network.existing
      ? undefined
      : {
          cloud: "azure",
          resourceGroup: foundation.resourceGroup,
          location: cluster.region,
          ranges: cluster.network,
          ...network,
        },
  };
}

function gke(stack: FleetStack, cluster: GoogleCluster, tags: Readonly<Record<string, string>>): Made {
  const provider = googleProvider(stack, "google", { ...cluster.google, region: cluster.region });
  stack.after(stackIds.global(stack.context.fleet.name));
  const { face, foundation } = new GkeCluster(stack, "cluster", {
    ...common(stack, cluster, tags),
    ...cluster.google,
    grantAccess: false, // once for the project, in the global stack
  });
  const { projectId } = cluster.google;
  return {
    face,
    foundation,
    own: { provider, cloud: "google", account: projectId },
    network: cluster.network.existing ? undefined : { cloud: "google", projectId, network: foundation.network },
  };
}
