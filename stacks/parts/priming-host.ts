import { Fn, type TerraformProvider } from "cdktf";
import { literalDeep } from "../../constructs/cdktf/escape";
import { partitionOf } from "../../constructs/clusters/eks/partition";
import type { AwsFoundation, AzureFoundation, GoogleFoundation } from "../../constructs/clusters/face";
import { remoteFace, remoteFoundation } from "../../constructs/clusters/outputs";
import type { AddOnHost, OwnAzure, OwnCloud, ZoneReach } from "../../constructs/priming/host";
import type { RemoteOutputs } from "../../constructs/state";
import { restartedNamespaces } from "../../model/derived/app-secrets";
import { asksForPublicCertificate, issuersOf, provablePublicNames } from "../../model/derived/certificates";
import { clusterName } from "../../model/derived/names";
import { clusterZones } from "../../model/derived/zones";
import type { Cluster } from "../../model/schema/cluster";
import type { ClusterStack } from "../cluster-stack";
import { chartSource, type FleetStack } from "../fleet-stack";
import { appIdentities } from "./app-identities";
import { appNamespaces } from "./app-namespaces";
import { hostAppSecrets } from "./app-secrets";
import { hostBackups } from "./host-backups";
import { hostDatabases } from "./host-databases";
import { hostPulls } from "./host-pulls";
import { accountOf, ownProvider } from "./own-provider";
import { clusterTags } from "./tags";
import { isZoneAccount, isZoneCloud, zoneAccess, zoneProvider } from "./zone-access";

/** A cluster of a fleet as its add-ons see it. */
export function primingHost(stack: FleetStack, cluster: Cluster, producer: ClusterStack): AddOnHost {
  const { fleet, text } = stack.context;
  const clusterText: Cluster = literalDeep(cluster);
  const outputs = stack.read("cluster", producer.node.id);
  const madeHere = clusterText.cloud === "existing" ? undefined : clusterText;
  const account = madeHere && accountOf(madeHere);
  const own = once(() => madeHere && ownProvider(stack, madeHere));
  const inZoneCloud = account !== undefined && isZoneCloud(account, text.dns);
  const provider = once(() => zoneProvider(stack, inZoneCloud ? own() : undefined));
  // Its provider has an alias then, and stays when the last add-on that used it is switched off: Terraform refuses every
  // plan of a state whose aliased provider is gone.
  if (inZoneCloud && !isZoneAccount(account, text.dns)) provider();
  return {
    name: clusterName(fleet.name, cluster.name),
    face: remoteFace(producer.face, outputs),
    own: ownCloud(clusterText, producer, outputs),
    zone: {
      name: fleet.dns.zone,
      ttlSeconds: fleet.dns.ttlSeconds,
      reach: once(() => zoneReach(stack, clusterText, producer, outputs, provider())),
    },
    certificates: {
      issuers: issuersOf(fleet, cluster),
      publicNames: provablePublicNames(fleet),
      asksForPublic: asksForPublicCertificate(fleet, cluster),
    },
    addons: clusterText.addons,
    secretPrefix: fleet.name,
    foreignSecrets: Object.keys(fleet.databases).length > 0 ? [`${fleet.name}-db-`] : undefined,
    databases: hostDatabases(stack, cluster, producer, outputs, () => {
      own();
      return undefined;
    }),
    appIdentities: appIdentities(stack, cluster),
    appSecrets: hostAppSecrets(stack, cluster, producer, outputs, () => {
      own();
      return undefined;
    }),
    restarted: restartedNamespaces(fleet, cluster.name),
    pulls: hostPulls(stack, cluster),
    backups: hostBackups(stack, cluster, producer, outputs, () => {
      own();
      return undefined;
    }),
    tags: clusterTags(text, clusterText),
    charts: chartSource(stack.context),
    chartVersions: text.pins?.[cluster.name]?.charts,
    appNamespaces: literalDeep(appNamespaces(fleet, cluster)),
    ownProvider: () => {
      own();
      return undefined; // it has no alias, so it is the stack's default
    },
  };
}

/** Makes something when it is first asked for: a stack declares no provider and reads no state that it doesn't use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function zoneReach(
  stack: FleetStack,
  cluster: Cluster,
  producer: ClusterStack,
  outputs: RemoteOutputs,
  provider: TerraformProvider,
): ZoneReach {
  const { dns } = stack.context.text;
  const zone = zoneAccess(stack, provider);
  if (zone.engine === "azure") {
    if (!dns.azure) throw new Error("the zone's subscription is not known: the fleet was not loaded by loadFleet");
    const { subscriptionId, tenantId } = dns.azure;
    return { engine: "azure", zone, provider, subscriptionId, tenantId };
  }
  const inAccount = cluster.cloud === "aws" && cluster.aws.accountId === dns.aws?.accountId;
  return {
    engine: "route53",
    zone,
    provider,
    oidcProviderArn: producer.face.oidcIssuer === undefined ? undefined : outputs.getString("oidc_provider_arn"),
    // an EKS cluster of another partition can't reach the zone at all
    partition: cluster.cloud === "aws" ? partitionOf(cluster.region) : "aws",
    permissionsBoundaryArn: inAccount ? cluster.aws.permissionsBoundaryArn : undefined,
  };
}

function ownCloud(cluster: Cluster, producer: ClusterStack, outputs: RemoteOutputs): OwnCloud {
  if (cluster.cloud === "existing") return { cloud: "existing" };
  const { foundation } = producer;
  if (!foundation) throw new Error(`cluster ${cluster.name} has no foundation`);
  switch (cluster.cloud) {
    case "aws": {
      const made = foundation as AwsFoundation;
      const read = remoteFoundation(made, outputs);
      // an output is a list of unknown length; how many subnets there are is known at synth
      const privateSubnetIds = made.privateSubnetIds.map((_, index) => Fn.element(read.privateSubnetIds, index) as string);
      return {
        cloud: "aws",
        region: cluster.region,
        accountId: cluster.aws.accountId,
        kubernetes: cluster.kubernetes,
        permissionsBoundaryArn: cluster.aws.permissionsBoundaryArn,
        deletionProtection: cluster.deletionProtection,
        // by zone or by the subnet's id, as the subnets themselves: another order of the list moves nothing
        subnetKeys: cluster.network.existing?.privateSubnetIds ?? clusterZones(cluster),
        foundation: { ...read, privateSubnetIds },
      };
    }
    case "azure":
      return {
        cloud: "azure",
        subscriptionId: cluster.azure.subscriptionId,
        tenantId: cluster.azure.tenantId,
        existingSubnet: subnetOf(cluster.network.existing?.subnetId),
        foundation: remoteFoundation(foundation as AzureFoundation, outputs),
      };
    case "google":
      return {
        cloud: "google",
        projectId: cluster.google.projectId,
        region: cluster.region,
        deletionProtection: cluster.deletionProtection,
        foundation: remoteFoundation(foundation as GoogleFoundation, outputs),
      };
  }
}

/** The parts of a subnet's resource id. */
function subnetOf(id: string | undefined): OwnAzure["existingSubnet"] {
  const parts = id?.match(/\/resourceGroups\/([^/]+)\/.*\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i);
  return parts ? { resourceGroup: parts[1]!, network: parts[2]!, name: parts[3]! } : undefined;
}
