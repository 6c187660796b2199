import { awsLayout, azureLayout, googleLayout } from "../../model/derived/addresses";
import { issuersOf, provablePublicNames } from "../../model/derived/certificates";
import { databaseServers, primaryOf, versionOf } from "../../model/derived/databases";
import { engineOf } from "../../model/derived/members";
import { stackIds } from "../../model/derived/names";
import { appsOn, hasTagVariable, namespaceOf } from "../../model/derived/placement";
import { hasServers, type ServerCluster, serverSource, serverVersion } from "../../model/derived/servers";
import { clusterZones } from "../../model/derived/zones";
import type { BackupStore } from "../../model/schema/backups";
import type { AwsSettings } from "../../model/schema/clouds";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import type { Database } from "../../model/schema/databases";
import type { Fleet } from "../../model/schema/fleet";
import type { NameSpec } from "../../model/schema/routing";
import type { Stack } from "../../output/folder";
import type { JsonObject } from "../../output/json";
import { KNOWLEDGE } from "../../output/replaces/learned";
import { resourcesOf } from "../../output/stack";
import { type ClusterFacts, type Facts, FORMAT, type Lock } from "./lock";
import { registryFacts } from "./registry-facts";
import { stackFacts } from "./stack-facts";

/** A stack as it was just written. */
export type WrittenStack = Pick<Stack, "id" | "config">;

/**
 * What a fleet's next synths must know of this one.
 * @param meridian version of Meridian
 */
export function lockOf(fleet: Fleet, stacks: readonly WrittenStack[], meridian: string): Lock {
  const configs = new Map(stacks.map(({ id, config }) => [id, config]));
  return {
    format: FORMAT,
    fleet: fleet.name,
    meridian,
    zone: zoneFacts(fleet),
    state: flat(fleet.state),
    clusters: Object.fromEntries(
      fleet.clusters.map((cluster) => [
        cluster.name,
        clusterFacts(fleet, cluster, configs.get(stackIds.priming(fleet.name, cluster.name))),
      ]),
    ),
    names: Object.fromEntries(
      Object.entries(fleet.names).map(([key, spec]) => [key, nameFacts(fleet, spec, recordOf(fleet, key, stacks))]),
    ),
    ...registryFacts(fleet),
    ...(Object.keys(fleet.databases).length > 0 && {
      databases: Object.fromEntries(Object.entries(fleet.databases).map(([key, database]) => [key, databaseFacts(database)])),
    }),
    ...(Object.keys(fleet.backups).length > 0 && {
      backups: Object.fromEntries(Object.entries(fleet.backups).map(([key, store]) => [key, backupFacts(store)])),
    }),
    stacks: Object.fromEntries(stacks.map(({ id, config }) => [id, stackFacts(config)])),
    knows: KNOWLEDGE,
  };
}

/** The Entra tenant of an account of Azure. */
const tenantOf = (cloud: string, azure: { readonly tenantId: string } | undefined): Facts =>
  cloud === "azure" && azure ? { tenant: azure.tenantId } : {};

function backupFacts({ cloud, region, aws, azure, google }: BackupStore): Facts {
  const account = { aws: aws?.accountId, azure: azure?.subscriptionId, google: google?.projectId }[cloud];
  return { ...(account !== undefined && { account }), ...tenantOf(cloud, azure), cloud, region };
}

/** All that ever was a server of it counts, also what a promotion has left behind. */
function databaseFacts(database: Database): Facts {
  const servers = databaseServers({ ...database, removed: [] });
  const account = {
    aws: database.aws?.accountId,
    azure: database.azure?.subscriptionId,
    google: database.google?.projectId,
  }[database.cloud];
  return {
    ...(account !== undefined && { account }),
    ...tenantOf(database.cloud, database.azure),
    cloud: database.cloud,
    engine: database.engine,
    from: sourceOf(database),
    highAvailability: database.highAvailability,
    passwordVersion: database.passwordVersion,
    primary: primaryOf(servers).key,
    region: database.region,
    servers: servers.map(({ key }) => key),
    ...(database.storageGiB !== undefined && { storageGiB: database.storageGiB }),
    version: versionOf(database),
  };
}

/** What the first server of a database is made from. */
function sourceOf({ restoreFrom }: Database): string {
  if (!restoreFrom) return "nothing";
  const { snapshot, server, time } = restoreFrom;
  return [snapshot, server, time].filter((part) => part !== undefined).join(" ");
}

function zoneFacts({ dns }: Fleet): Facts {
  const account = dns.engine === "route53" ? dns.aws?.accountId : dns.azure?.subscriptionId;
  return {
    name: dns.zone,
    engine: dns.engine,
    existing: dns.existing,
    ...(account !== undefined && { account }),
    ...tenantOf(dns.engine, dns.azure),
    ...(dns.acceleratedRecovery && { given: ["acceleratedRecovery"] }),
    ...(dns.engine === "azure" && dns.azure?.resourceGroup !== undefined && { resourceGroup: dns.azure.resourceGroup }),
  };
}

function nameFacts(fleet: Fleet, spec: NameSpec, record: string): Facts {
  const engine = engineOf(fleet, spec);
  const { protocol, port, path, host } = spec.probe;
  return {
    engine,
    policy: spec.policy,
    record,
    probe: [protocol, port, path, host ?? (spec.app === undefined ? "ingress" : `app ${spec.app}`)]
      .filter((part) => part !== undefined)
      .join(" "),
  };
}

/** The type of the record at a public name: another type can't be made beside it. */
function recordOf({ dns }: Fleet, key: string, stacks: readonly WrittenStack[]): string {
  const fqdn = key === "@" ? dns.zone : `${key}.${dns.zone}`;
  const types = stacks.flatMap(({ config }) =>
    resourcesOf(config).flatMap(({ type, block: { name, type: record } }) => {
      if (type === "aws_route53_record") return name === fqdn ? [String(record)] : [];
      return name === key ? (/^azurerm_dns_(a|aaaa|cname)_record$/.exec(type)?.[1]?.toUpperCase() ?? []) : [];
    }),
  );
  return [...new Set(types)].sort().join(", ");
}

function clusterFacts(fleet: Fleet, cluster: Cluster, priming: JsonObject | undefined): ClusterFacts {
  const made = cluster.cloud === "existing" ? {} : madeFacts(cluster);
  const { enabled, ingressCertificate } = cluster.addons.certManager;
  const certified = enabled && ingressCertificate !== "none" && issuersOf(fleet, cluster) !== "none";
  return {
    cloud: cluster.cloud,
    ...(cluster.region !== undefined && { region: cluster.region }),
    ...(cluster.retired && { retired: true }),
    ...made,
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

/** What is set, without what it is not. */
function flat(settings: Readonly<Record<string, unknown>>): Facts {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== "")) as Facts;
}

/**
 * The lock of a synth without deletion protection: what was protected stays on the list, so that the next synth with
 * protection is compared with it.
 */
export function unprotectedLock(lock: Lock, before: Lock | undefined, made: Readonly<Record<string, readonly string[]>>): Lock {
  const stacks = Object.entries(lock.stacks).map(([id, stack]) => {
    const still = (before?.stacks[id]?.protected ?? []).filter((address) => made[id]?.includes(address));
    return [id, { ...stack, protected: [...new Set([...stack.protected, ...still])].sort() }] as const;
  });
  return { ...lock, unprotected: true, stacks: Object.fromEntries(stacks) };
}
