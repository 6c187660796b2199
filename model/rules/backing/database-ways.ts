import { canonical, isCidr, isPrivate, overlaps, prefixLength } from "../../derived/cidr";
import { KEPT_PLACE } from "../../derived/databases";
import { PRIVATE_ZONES } from "../../limits/databases";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Cluster } from "../../schema/cluster";
import type { Database } from "../../schema/databases";
import type { Fleet } from "../../schema/fleet";

/** Each cluster that may connect to a database has a way to it, and their addresses are apart. */
export const databaseWays: Rule = (fleet) =>
  Object.entries(fleet.databases).flatMap(([key, database]) => [
    ...rangeProblems(key, database, fleet),
    ...zoneProblems(key, database, fleet),
    ...database.clusters.flatMap((name, index) => {
      const message = clusterProblem(fleet, key, database, name, index);
      return message === undefined ? [] : [{ path: ["databases", key, "clusters", index], message }];
    }),
  ]);

function rangeProblems(key: string, database: Database, fleet: Fleet): readonly Problem[] {
  const { cloud, network } = database;
  const at = (message: string): Problem[] => [{ path: ["databases", key, "network", ...(network ? ["cidr"] : [])], message }];
  if (cloud === "azure") return network ? at("is for AWS and Google: on Azure clusters give the addresses: remove it") : [];
  if (!network)
    return at(
      `is missing: ${cloud === "aws" ? "the range of the networks that the servers are in" : "the range of the addresses by which clusters reach them"}, such as cidr: 10.250.0.0/24, outside of every cluster's network`,
    );
  const { cidr } = network;
  if (!isCidr(cidr) || canonical(cidr) !== cidr || !isPrivate(cidr))
    return at(`'${cidr}' is no private IPv4 range, spelt from its first address: such as 10.250.0.0/24`);
  const prefix = prefixLength(cidr);
  if (prefix < 20 || prefix > 24) return at(`'${cidr}' is too ${prefix > 24 ? "small" : "large"}: /20 to /24`);
  const room = 2 ** (29 - (prefix + 2));
  const few =
    cloud === "google" && database.clusters.length > room ? at(`'${cidr}' has room for ${room} clusters: take a larger one`) : [];
  return [...few, ...overlapProblems(key, database, fleet)];
}

/** The range is routed to from every cluster that is attached, and clusters can be attached later. */
function overlapProblems(key: string, { network }: Database, fleet: Fleet): readonly Problem[] {
  const cidr = network!.cidr;
  const path = ["databases", key, "network", "cidr"];
  const clusters = fleet.clusters.flatMap((cluster): Problem[] => {
    if (cluster.cloud === "existing") return [];
    const { cidr: own, nodes, pods, services } = cluster.network;
    const hit = [own, nodes, pods, services].find((range) => range !== undefined && isCidr(range) && overlaps(range, cidr));
    if (hit === undefined) return [];
    return [
      {
        path,
        message: `${cidr} overlaps ${hit} of cluster '${cluster.name}': they must be apart`,
        because: [["clusters", cluster.name, "network"]],
      },
    ];
  });
  const earlier = Object.entries(fleet.databases).slice(0, Object.keys(fleet.databases).indexOf(key));
  const databases = earlier.flatMap(([other, database]): Problem[] => {
    const range = database.network?.cidr;
    if (range === undefined || !isCidr(range) || !overlaps(range, cidr)) return [];
    return [{ path, message: `${cidr} overlaps ${range} of database '${other}': they must be apart` }];
  });
  return [...clusters, ...databases];
}

function clusterProblem(fleet: Fleet, key: string, database: Database, name: string, index: number): string | undefined {
  if (name === KEPT_PLACE)
    return database.cloud === "google"
      ? undefined
      : `"${KEPT_PLACE}" keeps a place on Google Cloud, where it decides on addresses: remove it`;
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  if (!cluster) {
    const instead =
      database.cloud === "google" && index < database.clusters.length - 1
        ? `; of a cluster that is gone leave "${KEPT_PLACE}" in its place, so that those after it keep their addresses`
        : "";
    return `no cluster is called '${name}'${didYouMean(
      name,
      fleet.clusters.map((one) => one.name),
      "clusters",
    )}${instead}`;
  }
  if (database.clusters.indexOf(name) < index) return `'${name}' is there twice`;
  if (cluster.cloud !== database.cloud)
    return `'${name}' is ${cluster.cloud === "existing" ? "a cluster that something else made" : `on ${cluster.cloud}`}, and the database is on ${database.cloud}, where only that cloud's networks reach it: give '${name}' a replica of its own by its application, or another database`;
  return accountProblem(database, cluster) ?? networkProblem(key, cluster) ?? loginProblem(database, cluster);
}

/** A way into another account needs somebody's consent there, which the file can't give. */
function accountProblem(database: Database, cluster: Cluster): string | undefined {
  if (cluster.cloud === "aws" && database.aws && cluster.aws.accountId !== database.aws.accountId)
    return `'${cluster.name}' is in account ${cluster.aws.accountId} and the database in ${database.aws.accountId}: a peering between accounts is not made here`;
  if (cluster.cloud === "azure" && database.azure && cluster.azure.subscriptionId !== database.azure.subscriptionId)
    return `'${cluster.name}' is in subscription ${cluster.azure.subscriptionId} and the database in ${database.azure.subscriptionId}: an endpoint across subscriptions is not made here`;
  if (cluster.cloud === "google" && database.google && cluster.google.projectId !== database.google.projectId)
    return `'${cluster.name}' is in project ${cluster.google.projectId} and the database in ${database.google.projectId}: logins of another project are not read here`;
  return undefined;
}

function networkProblem(key: string, cluster: Cluster): string | undefined {
  if (cluster.cloud === "existing") return undefined;
  const { existing, cidr } = cluster.network;
  if (cluster.cloud === "aws" && existing)
    return `'${cluster.name}' is in a VPC that exists, whose routes are not made here: leave it out and peer the VPC yourself with the outputs of stack …-data-${key}`;
  if (cluster.cloud === "azure" && !existing && cidr === undefined)
    return `'${cluster.name}' has no network.cidr, of which a part is for private endpoints: give it one`;
  return undefined;
}

/** Logins are made and entries read by what runs in the cluster. */
function loginProblem({ engine }: Database, cluster: Cluster): string | undefined {
  if (cluster.addons.externalSecrets.enabled) return undefined;
  return `'${cluster.name}' has no external-secrets, by which ${engine === "mongo" ? "its applications get" : "the logins are made and its applications get"} the entries: write \`addons: { externalSecrets: { enabled: true } }\` there`;
}

/** A network links one zone of each name: where two databases of a kind are in reach of one that exists, neither makes it. */
function zoneProblems(key: string, database: Database, fleet: Fleet): readonly Problem[] {
  if (database.cloud !== "azure") return [];
  if (database.privateDnsZoneId !== undefined) {
    const [, given] = /\/(privatelink\.[^/]+)$/i.exec(database.privateDnsZoneId) ?? [];
    const own = PRIVATE_ZONES[database.engine];
    if (given === undefined || given.toLowerCase() === own) return [];
    return [
      {
        path: ["databases", key, "privateDnsZoneId"],
        message: `'${given}' is a zone of another service: ${database.engine} answers in ${own}`,
      },
    ];
  }
  const networks = existingNetworks(database, fleet);
  const other = Object.entries(fleet.databases).find(
    ([name, { cloud, engine }]) =>
      name !== key && cloud === "azure" && engine === database.engine && shares(fleet.databases[name]!),
  );
  if (!other) return [];
  return [
    {
      path: ["databases", key],
      message: `is in reach of a network that exists, as '${other[0]}' is, and a network is linked to one zone of ${database.engine}: give both the \`privateDnsZoneId\` of one`,
    },
  ];

  function shares(candidate: Database): boolean {
    return existingNetworks(candidate, fleet).some((network) => networks.includes(network));
  }
}

function existingNetworks({ clusters }: Database, fleet: Fleet): readonly string[] {
  return fleet.clusters.flatMap((cluster) => {
    if (cluster.cloud !== "azure" || !clusters.includes(cluster.name)) return [];
    const subnet = cluster.network.existing?.subnetId;
    return subnet === undefined ? [] : [subnet.replace(/\/subnets\/[^/]+$/i, "").toLowerCase()];
  });
}
