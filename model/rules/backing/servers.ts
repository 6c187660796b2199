import { contains, isCidr, size } from "../../derived/cidr";
import {
  hasServers,
  type ServerCluster,
  serverAddress,
  serverDatabases,
  serverSubnet,
  serverVersion,
} from "../../derived/servers";
import { DATABASE_NAME, isReserved } from "../../limits/databases";
import { POSTGRES_VERSIONS, serverSizeProblem, snapshotsProblem } from "../../limits/servers";
import type { Problem, Rule } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Server } from "../../schema/servers";
import { inCluster } from "../clusters";

type Found = readonly (readonly [field: readonly (string | number)[], message: string])[];

/** Servers are of AKS clusters with a network of their own, and each is something that Azure makes. */
export const servers: Rule = (fleet) =>
  fleet.clusters.flatMap((cluster): readonly Problem[] => {
    const keys = Object.keys(cluster.servers);
    if (keys.length === 0) return [];
    const elsewhere = notHere(cluster);
    if (elsewhere !== undefined) return [inCluster(cluster, ["servers"], elsewhere)];
    if (!hasServers(cluster)) return [];
    return [
      ...Object.entries(cluster.servers).flatMap(([key, server]) =>
        [...made(server), ...ofRole(server)].map(([field, message]) => inCluster(cluster, ["servers", key, ...field], message)),
      ),
      ...addresses(cluster),
      ...oneOfNfs(cluster),
    ];
  });

/** Why a cluster can't have servers. */
function notHere(cluster: Cluster): string | undefined {
  switch (cluster.cloud) {
    case "azure":
      if (cluster.network.existing)
        return "are made in a network that is made with its cluster, whose addresses Meridian knows; this one exists: make machines there by your own Terraform, and name an NFS server under addons.storage.nfs";
      return cluster.network.cidr === undefined ? "need network.cidr, of which a part is theirs: give it one" : undefined;
    case "existing":
      return "are made with a cluster, and this one exists: make machines by your own Terraform, and name an NFS server under addons.storage.nfs";
    default:
      return `are made on Azure alone so far: on ${cluster.cloud === "aws" ? "AWS take `databases` (RDS) and addons.storage.shared (EFS)" : "Google Cloud take `databases` (Cloud SQL) and addons.storage.shared (Filestore)"}, or make machines by your own Terraform and name an NFS server under addons.storage.nfs`;
  }
}

function made({ size: machine, backup }: Server): Found {
  const [wrongSize, tooMany] = [serverSizeProblem(machine), snapshotsProblem(backup)];
  return [
    ...(wrongSize === undefined ? [] : [[["size"], wrongSize] as const]),
    ...(tooMany === undefined ? [] : [[["backup", "days"], tooMany] as const]),
  ];
}

/** What only PostgreSQL has, and what a database can be called. */
function ofRole(server: Server): Found {
  const { role, version, databases, login, passwordVersion } = server;
  if (role === "nfs") {
    const given = { version, databases, login, passwordVersion: passwordVersion === 1 ? undefined : passwordVersion };
    return Object.entries(given).flatMap(([field, value]) =>
      value === undefined ? [] : [[[field], "is for `role: postgres`, and this one serves files: remove it"] as const],
    );
  }
  const unknown: Found = POSTGRES_VERSIONS.includes(serverVersion(server))
    ? []
    : [[["version"], `'${version}' is no major version of PostgreSQL that is installed here: ${POSTGRES_VERSIONS.join(", ")}`]];
  const names = serverDatabases(server).flatMap((name, index): Found => {
    const field = databases ? ["databases", index] : [];
    if (!DATABASE_NAME.test(name))
      return [[field, `'${name}' can't be a database: at most 31 lower-case letters and digits, starting with a letter`]];
    if (isReserved(name))
      return [[field, `'${name}' is a name that some server keeps for itself: take another, such as '${name}app'`]];
    if (databases && databases.indexOf(name) < index) return [[field, `'${name}' is there twice`]];
    return [];
  });
  return [...unknown, ...names];
}

function addresses(cluster: ServerCluster): readonly Problem[] {
  const subnet = serverSubnet(cluster);
  if (subnet === undefined) return [];
  const taken = new Map<string, string>();
  return Object.entries(cluster.servers).flatMap(([key, server]): readonly Problem[] => {
    const given = server.address !== undefined;
    const address = serverAddress(cluster, key, server);
    const at = (message: string) => [inCluster(cluster, ["servers", key, ...(given ? ["address"] : [])], message)];
    if (given) {
      const wrong = addressProblem(address, subnet);
      if (wrong !== undefined) return at(wrong);
    }
    const other = taken.get(address);
    taken.set(address, key);
    if (other === undefined) return [];
    return at(
      `${address} is the address of '${other}' too: ${given ? "take" : "write `address:` with"} another one of ${subnet}`,
    );
  });
}

/** Azure keeps the first four addresses of a subnet and the last (Azure docs, "Virtual network FAQ"). */
function addressProblem(address: string, subnet: string): string | undefined {
  if (!isCidr(`${address}/32`) || !contains(subnet, `${address}/32`))
    return `'${address}' is no address of ${subnet}, the cluster's subnet for data`;
  const number = (text: string) =>
    text
      .split(".")
      .map(Number)
      .reduce((sum, part) => sum * 256 + part);
  const place = number(address) - number(subnet.split("/")[0]!);
  return place < 4 || place === size(subnet) - 1
    ? `'${address}' is one of those that Azure keeps of ${subnet}: the first four and the last`
    : undefined;
}

/** Storage class `nfs` leads to one server. */
function oneOfNfs(cluster: ServerCluster): readonly Problem[] {
  const keys = Object.keys(cluster.servers).filter((key) => cluster.servers[key]?.role === "nfs");
  return keys
    .slice(1)
    .map((key) =>
      inCluster(
        cluster,
        ["servers", key, "role"],
        `'${keys[0]}' serves files already, and storage class \`nfs\` leads to one server`,
      ),
    );
}
