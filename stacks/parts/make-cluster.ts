import { AksCluster, type AksClusterProps } from "../../constructs/clusters/aks";
import type { NodeSubnet } from "../../constructs/clusters/aks/network";
import { EksCluster, type EksClusterProps } from "../../constructs/clusters/eks";
import { existingFace } from "../../constructs/clusters/existing";
import type { ClusterFace } from "../../constructs/clusters/face";
import { GkeCluster, type GkeClusterProps } from "../../constructs/clusters/gke";
import type { Foundation } from "../../constructs/clusters/outputs";
import { awsProvider, azureProvider, googleProvider } from "../../constructs/providers";
import { clusterName, stackIds } from "../../model/derived/names";
import { clusterZones } from "../../model/derived/zones";
import type { AwsCluster, AzureCluster, Cluster, GoogleCluster, MadeCluster } from "../../model/schema/cluster";
import type { FleetStack } from "../fleet-stack";
import { type Every, everyField } from "./every-field";
import type { OwnProvider } from "./zone-access";

interface Made {
  readonly face: ClusterFace;
  readonly foundation?: Foundation;
  /** The provider of the cluster's own cloud, for the zone to share. */
  readonly own?: OwnProvider;
  /** The network, for what else the cluster's stack puts into it. @default - the cluster exists, or its network does */
  readonly network?: ClusterNetwork;
  /** As whom the nodes pull images. @default - the cluster exists */
  readonly nodes?: NodeIdentity;
}

/** The identity that every node of a cluster has. */
export type NodeIdentity =
  | { readonly cloud: "aws"; readonly roleName: string }
  | { readonly cloud: "azure"; readonly objectId: string }
  | { readonly cloud: "google"; readonly email: string };

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

type Tags = Readonly<Record<string, string>>;

/** The cluster itself, by its cloud, with the provider of its account. */
export function makeCluster(stack: FleetStack, cluster: Cluster, tags: Tags): Made {
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

/**
 * What the three have in common. Each field of the file is named on its way, and each prop that there is: what one side
 * renames, adds or drops doesn't compile before it is said here what becomes of it.
 */
function common(stack: FleetStack, cluster: MadeCluster, tags: Tags) {
  const { name, cloud, aws, azure, google, region, kubernetes, api, pools, network, maintenance, logRetentionDays, ...others } = {
    aws: undefined,
    azure: undefined,
    google: undefined,
    ...cluster,
  };
  // servers are made beside the cluster
  const { deletionProtection, retired, location, labels, addons, servers, overrides, tags: own, ...rest } = others;
  everyField(rest);
  const { access, allowFrom, proxyUrl, tlsServerName, runnerInNetwork, ...apiRest } = api;
  everyField(apiRest);
  return {
    name: clusterName(stack.context.fleet.name, name),
    clusterKey: name,
    region,
    kubernetes,
    api: { access, allowFrom },
    pools: Object.fromEntries(
      Object.entries(pools).map(([key, pool]) => {
        const {
          machines,
          architecture,
          min,
          max,
          spot,
          diskGib,
          maxPods,
          labels,
          taints,
          zones,
          kubernetes,
          image,
          ...poolRest
        } = pool;
        everyField(poolRest);
        return [key, { machines, architecture, min, max, spot, diskGib, maxPods, labels, taints, zones, kubernetes, image }];
      }),
    ),
    maintenance,
    logRetentionDays,
    deletionProtection,
    tags,
    // the stack's default one
    provider: undefined,
  };
}

function eks(stack: FleetStack, cluster: AwsCluster, tags: Tags): Made {
  const { accountId, assumeRoleArn, admins, runner, secretsKeyArn, supportType, logTypes, permissionsBoundaryArn, ...others } =
    cluster.aws;
  const { addonVersions, flowLogs, keepLogs, ...rest } = others;
  everyField(rest);
  // EKS has no window, and nodes and pods share the subnets of `cidr`
  const { maintenance, ...props } = common(stack, cluster, tags);
  const { cidr, nodes, pods, services, zones, nat, egressAddresses, existing, ...networkRest } = cluster.network;
  everyField(networkRest);
  if (!cidr) throw new Error(`cluster ${cluster.name} has no network.cidr: the fleet was not loaded by loadFleet`);
  const provider = awsProvider(stack, "aws", { region: cluster.region, accountId, assumeRoleArn });
  const all: Every<EksClusterProps> = {
    ...props,
    accountId,
    assumeRoleArn,
    admins,
    runner,
    secretsKeyArn,
    supportType,
    logTypes,
    flowLogs,
    keepLogs,
    permissionsBoundaryArn,
    addonVersions,
    network: {
      cidr,
      services,
      zones: clusterZones(cluster),
      nat,
      egressAddresses,
      existing: existing && {
        vpcId: existing.vpcId,
        privateSubnetIds: existing.privateSubnetIds,
        publicSubnetIds: existing.publicSubnetIds,
      },
    },
  };
  const { face, foundation, network, nodeRole } = new EksCluster(stack, "cluster", all);
  return {
    face,
    foundation,
    own: { provider, cloud: "aws", account: accountId, assumeRoleArn },
    nodes: { cloud: "aws", roleName: nodeRole },
    network: existing
      ? undefined
      : { cloud: "aws", vpcId: network.vpcId, cidr, region: cluster.region, routeTables: network.privateTables },
  };
}

function aks(stack: FleetStack, cluster: AzureCluster, tags: Tags): Made {
  const { subscriptionId, tenantId, admins, runner, tier, longTermSupport, upgradeChannel, systemPool, ...others } =
    cluster.azure;
  const { privateDnsZone, logAnalyticsWorkspaceId, logCategories, ...rest } = others;
  everyField(rest);
  const { machine, min, max, kubernetes, ...systemRest } = systemPool;
  everyField(systemRest);
  const { cidr, nodes, pods, services, zones, nat, egressAddresses, existing, ...networkRest } = cluster.network;
  everyField(networkRest);
  const provider = azureProvider(stack, "azure", { subscriptionId, tenantId });
  const all: Every<AksClusterProps> = {
    ...common(stack, cluster, tags),
    tenantId,
    admins,
    runner,
    tier,
    longTermSupport,
    upgradeChannel,
    systemPool: { machine, min, max, kubernetes },
    privateDnsZone,
    logAnalyticsWorkspaceId,
    logCategories,
    network: {
      cidr,
      nodes,
      pods,
      services,
      zones: clusterZones(cluster),
      egressAddresses,
      existing: existing && { subnetId: existing.subnetId },
    },
  };
  const { face, foundation, network } = new AksCluster(stack, "cluster", all);
  return {
    face,
    foundation,
    own: { provider, cloud: "azure", account: subscriptionId },
    nodes: { cloud: "azure", objectId: foundation.kubeletObjectId },
    network: existing
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

function gke(stack: FleetStack, cluster: GoogleCluster, tags: Tags): Made {
  const { projectId, impersonateServiceAccount, admins, runner, releaseChannel, dnsEndpoint, controlPlaneCidr, ...others } =
    cluster.google;
  const { secretsKey, securityGroup, ...rest } = others;
  everyField(rest);
  // the project's log buckets say how long logs are kept
  const { logRetentionDays, ...props } = common(stack, cluster, tags);
  const { cidr, nodes, pods, services, zones, nat, egressAddresses, existing, ...networkRest } = cluster.network;
  everyField(networkRest);
  const provider = googleProvider(stack, "google", { projectId, impersonateServiceAccount, region: cluster.region });
  stack.after(stackIds.global(stack.context.fleet.name));
  const all: Every<GkeClusterProps> = {
    ...props,
    projectId,
    admins,
    runner,
    grantAccess: false, // once for the project, in the global stack
    releaseChannel,
    dnsEndpoint,
    controlPlaneCidr,
    securityGroup,
    secretsKey,
    network: {
      cidr,
      nodes,
      pods,
      services,
      zones: clusterZones(cluster),
      egressAddresses,
      existing: existing && {
        network: existing.network,
        subnetwork: existing.subnetwork,
        podsRange: existing.podsRange,
        servicesRange: existing.servicesRange,
      },
    },
  };
  const { face, foundation, nodeAccount } = new GkeCluster(stack, "cluster", all);
  return {
    face,
    foundation,
    own: { provider, cloud: "google", account: projectId },
    nodes: { cloud: "google", email: nodeAccount },
    network: existing ? undefined : { cloud: "google", projectId, network: foundation.network },
  };
}
