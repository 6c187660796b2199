import { ADD_ONS } from "../../model/add-ons";
import { awsLayout, azureLayout, googleLayout } from "../../model/derived/addresses";
import { issuersOf, provablePublicNames } from "../../model/derived/certificates";
import { appsOn, hasTagVariable, namespaceOf } from "../../model/derived/placement";
import { hasServers, type ServerCluster, serverSource, serverVersion } from "../../model/derived/servers";
import { clusterZones } from "../../model/derived/zones";
import type { AwsSettings } from "../../model/schema/clouds";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import type { JsonObject } from "../../output/json";
import { resourcesOf } from "../../output/stack";
import { type ClusterFacts, type Facts, flat } from "./lock";

/** What a lock says of a cluster: `priming` is the JSON of its add-ons, from which chart versions are read. */
export function clusterFacts(fleet: Fleet, cluster: Cluster, priming: JsonObject | undefined): ClusterFacts {
  const made = cluster.cloud === "existing" ? {} : madeFacts(cluster);
  const { enabled, ingressCertificate } = cluster.addons.certManager;
  const certified = enabled && ingressCertificate !== "none" && issuersOf(fleet, cluster) !== "none";
  return {
    cloud: cluster.cloud,
    ...(cluster.region !== undefined && { region: cluster.region }),
    ...(cluster.retired && { retired: true }),
    ...made,
    ...(cluster.cloud === "existing" && { objects: objectsOf(priming) }),
    charts: chartsOf(priming),
    ...appFacts(fleet, cluster),
    ...(certified && {
      certificate: ingressCertificate,
      certificateNames: [`*.${cluster.name}.${fleet.dns.zone}`, ...provablePublicNames(fleet)].sort(),
    }),
  };
}

/** Which stack holds each application, and which namespace. */
function appFacts(fleet: Fleet, cluster: Cluster): Pick<ClusterFacts, "apps" | "namespaces"> {
  const apps = Object.entries(appsOn(fleet, cluster.name));
  if (apps.length === 0) return {};
  return {
    apps: Object.fromEntries(
      apps.map(([name, app]) => [name, app.colours ? "colours" : hasTagVariable(app) ? "own" : "together"]),
    ),
    namespaces: Object.fromEntries(apps.map(([name, app]) => [name, namespaceOf(name, app)])),
  };
}

function madeFacts(cluster: MadeCluster): Omit<ClusterFacts, "cloud"> {
  const own = ownFacts(cluster);
  return {
    ...own,
    kubernetes: cluster.kubernetes,
    zones: clusterZones(cluster),
    ranges: rangeFacts(cluster),
    pools: poolFacts(cluster),
    ...(hasServers(cluster) && { servers: serverFacts(cluster) }),
    ...givenFacts(cluster),
  };
}

function givenFacts(cluster: MadeCluster): Pick<ClusterFacts, "egress" | "given"> {
  const { egressAddresses, nat } = cluster.network;
  const egress = egressAddresses ?? (cluster.cloud === "aws" && nat === "single" ? [nat] : []);
  return {
    ...(egress.length > 0 && { egress }),
    ...(cluster.cloud === "google" && cluster.google.securityGroup !== undefined && { given: ["google.securityGroup"] }),
  };
}

function serverFacts({ servers }: ServerCluster): NonNullable<ClusterFacts["servers"]> {
  return Object.fromEntries(
    Object.entries(servers).map(([key, server]): [string, Facts] => [
      key,
      {
        from: serverSource(key, server),
        role: server.role,
        sizeGiB: server.disk.sizeGiB,
        ...(server.role === "postgres" && { passwordVersion: server.passwordVersion, version: serverVersion(server) }),
      },
    ]),
  );
}

function poolFacts(cluster: MadeCluster): NonNullable<ClusterFacts["pools"]> {
  const pools = Object.entries(cluster.pools).map(([name, pool]): [string, Facts] => [
    name,
    {
      architecture: pool.architecture,
      diskGib: pool.diskGib,
      ...(cluster.cloud !== "google" && { kubernetes: pool.kubernetes ?? cluster.kubernetes }),
      ...(pool.image && { image: pool.image }),
      ...(pool.machines && { machines: pool.machines }),
      max: pool.max,
      maxPods: pool.maxPods,
      min: pool.min,
      spot: pool.spot,
      ...(pool.zones && { zones: pool.zones }),
    },
  ]);
  if (cluster.cloud !== "azure") return Object.fromEntries(pools);
  const { kubernetes, machine, max, min } = cluster.azure.systemPool;
  return { ...Object.fromEntries(pools), system: { kubernetes: kubernetes ?? cluster.kubernetes, machine, max, min } };
}

function ownFacts(
  cluster: MadeCluster,
): Pick<ClusterFacts, "account" | "tenant" | "channel" | "secretsKey" | "logs" | "flowLogs" | "eksAddons"> {
  switch (cluster.cloud) {
    case "aws":
      return {
        account: cluster.aws.accountId,
        secretsKey: cluster.aws.secretsKeyArn ?? "made",
        logs: cluster.aws.logTypes.length === 0 ? "none" : groupsOf(cluster.aws),
        ...(cluster.aws.flowLogs && { flowLogs: groupsOf(cluster.aws) }),
        ...(Object.keys(cluster.aws.addonVersions).length > 0 && {
          eksAddons: cluster.aws.addonVersions as Record<string, string>,
        }),
      };
    case "azure":
      return {
        account: cluster.azure.subscriptionId,
        tenant: cluster.azure.tenantId,
        channel: cluster.azure.upgradeChannel,
        logs: cluster.azure.logCategories.length > 0 ? (cluster.azure.logAnalyticsWorkspaceId ?? "made") : "none",
      };
    case "google":
      return {
        account: cluster.google.projectId,
        channel: cluster.google.releaseChannel,
        secretsKey: cluster.google.secretsKey ?? "made",
      };
  }
}

/** What becomes of the log groups when the cluster goes. */
const groupsOf = ({ keepLogs }: AwsSettings): string => (keepLogs ? "kept" : "made");

function rangeFacts(cluster: MadeCluster): Facts {
  const { cidr, nodes, pods, services, existing } = cluster.network;
  const given = flat({ cidr, nodes, pods, services });
  if (cidr === undefined || existing) return { ...given, ...(existing && { network: "existing" }) };
  switch (cluster.cloud) {
    case "aws":
      return { cidr, services: awsLayout({ cidr, zones: [], services }).services };
    case "azure": {
      const layout = azureLayout({ cidr, nodes, pods, services });
      return { cidr, nodes: layout.nodes, pods: layout.pods, services: layout.services };
    }
    case "google": {
      const { controlPlaneCidr } = cluster.google;
      return {
        cidr,
        ...googleLayout({ cidr, nodes, pods, services }),
        ...(controlPlaneCidr && { controlPlane: controlPlaneCidr }),
      };
    }
  }
}

/** A chart of Meridian's own, which has no version to hold to: objects and definitions. */
const OWN_CHART = /^\.\/assets\/(?!chart-(?!objects))/;

/** The versions of the charts that a cluster's add-ons are installed by, by the name of the release. */
export function chartsOf(priming: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    resourcesOf(priming ?? {}).flatMap(({ type, block: { name, version, chart } }) =>
      type !== "helm_release" || OWN_CHART.test(String(chart)) ? [] : [[String(name), String(version)] as const],
    ),
  );
}

/** Add-ons that are objects or definitions alone, whose release has their name. */
const WITHOUT_CHART = new Set(
  Object.entries(ADD_ONS).flatMap(([name, { charts }]) => (Object.keys(charts).length === 0 ? [name] : [])),
);

/** The add-ons of a cluster that no chart shows. */
export const objectsOf = (priming: JsonObject | undefined): readonly string[] =>
  resourcesOf(priming ?? {})
    .flatMap(({ type, block: { name } }) => (type === "helm_release" && WITHOUT_CHART.has(String(name)) ? [String(name)] : []))
    .sort();
