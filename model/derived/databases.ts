import { DEFAULT_VERSIONS } from "../limits/databases";
import type { Use } from "../schema/apps";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";
import { part, prefixLength } from "./cidr";
import { shorten, shortHash } from "./names";

/** One server of a database: the first, or a replica. */
export interface DatabaseServer {
  /** Its region; `<region>-2` for the second one there. */
  readonly key: string;
  readonly region: string;
  /** Place in the list of all that were ever made: it decides on its networks. */
  readonly place: number;
  /** `fenced`: a promotion has left it behind. */
  readonly role: "primary" | "replica" | "fenced";
}

/** The servers of a database in the order in which they were made. */
export function databaseServers(database: Database): readonly DatabaseServer[] {
  const regions = [database.region, ...database.replicas];
  const keys = regions.map((region, place) => {
    const before = regions.slice(0, place).filter((other) => other === region).length;
    return before === 0 ? region : `${region}-${before + 1}`;
  });
  const primary = Math.max(keys.indexOf(database.primary ?? ""), 0);
  return regions
    .map(
      (region, place): DatabaseServer => ({
        key: keys[place]!,
        region,
        place,
        role: place === primary ? "primary" : place > primary ? "replica" : "fenced",
      }),
    )
    .filter(({ key, role }) => role !== "fenced" || !database.removed.includes(key));
}

export function primaryOf(servers: readonly DatabaseServer[]): DatabaseServer {
  return servers.find(({ role }) => role === "primary")!;
}

/** Servers that clusters reach. */
export function servingServers(database: Database): readonly DatabaseServer[] {
  return databaseServers(database).filter(({ role }) => role !== "fenced");
}

/** The databases on a server. */
export function databasesOn(key: string, { databases }: Database): readonly string[] {
  return databases ?? [key.replaceAll("-", "")];
}

/** The database on a server that a use means: the one that it names, or the only one. */
export function databaseOfUse({ name }: Pick<Use, "name">, on: readonly string[]): string | undefined {
  if (name !== undefined) return on.find((one) => one === name);
  return on.length === 1 ? on[0] : undefined;
}

export const versionOf = ({ version, engine }: Database): string => version ?? DEFAULT_VERSIONS[engine];

/** Region of the store of the logins. */
export const secretsRegionOf = ({ secretsRegion, region }: Database): string => secretsRegion ?? region;

/** What the names of all of a database's entries start with. */
export const entryPrefix = (fleet: string, key: string): string => `${fleet}-db-${key}`;

/** An entry of the cloud's secret store: a JSON object with host, port, database, username, password and uri. */
export interface DatabaseEntry {
  readonly name: string;
  /** Key of the server in the fleet file. */
  readonly server: string;
  readonly database: string;
  /** Where it leads: to the primary, or to the replica with this key. */
  readonly at: DatabaseServer;
}

/** The entries of a database server: for each database one that leads to the primary, and one to each replica. */
export function databaseEntries(fleet: string, key: string, database: Database): readonly DatabaseEntry[] {
  return databasesOn(key, database).flatMap((name) =>
    servingServers(database).map((at) => ({
      name: `${entryPrefix(fleet, key)}-${name}${at.role === "primary" ? "" : `-read-${at.key}`}`,
      server: key,
      database: name,
      at,
    })),
  );
}

/** The entry of the administrator, which only the job that makes logins reads: username and password. */
export const adminEntry = (fleet: string, key: string): string => `${entryPrefix(fleet, key)}-admin`;

/** The entry of one login's password, which the others are made from. */
export const databasePasswordEntry = (fleet: string, key: string, database: string): string =>
  `${entryPrefix(fleet, key)}-${database}-password`;

/** Every entry of a database server. */
export function allEntries(fleet: string, key: string, database: Database): readonly string[] {
  return [
    adminEntry(fleet, key),
    ...databasesOn(key, database).map((name) => databasePasswordEntry(fleet, key, name)),
    ...databaseEntries(fleet, key, database).flatMap(({ name }) =>
      database.cloud === "azure" && database.engine !== "postgres" ? [name] : [name, `${name}-identity`],
    ),
  ];
}

/** The databases that a cluster may connect to, by key. */
export function databasesOf(fleet: Fleet, cluster: string): readonly (readonly [key: string, database: Database])[] {
  return Object.entries(fleet.databases).filter(([, { clusters }]) => clusters.includes(cluster));
}

/** Name of one server in its cloud: unique in the world on Azure. */
export function serverName(fleet: string, key: string, server: Pick<DatabaseServer, "key">): string {
  return shorten(`${fleet}-${key}-${server.key}-${shortHash(`${fleet} ${key}`)}`, 60);
}

/** Name of a database's key vault: 3 to 24 characters, unique in the world. */
export function vaultName(fleet: string, key: string): string {
  return `${shorten(`${fleet}-${key}`, 17)}-${shortHash(`vault ${fleet} ${key}`)}`;
}

/** The range of one server's network: a quarter of the database's. */
export function serverRange({ network }: Database, { place }: Pick<DatabaseServer, "place">): string {
  if (!network) throw new Error("a database without network.cidr has no ranges: the fleet was not loaded by loadFleet");
  return part(network.cidr, 2, place);
}

/** Google Cloud: the place in `clusters` of one that is gone. Those after it keep their ranges. */
export const KEPT_PLACE = "-";

/** The range of a cluster's way to one server, by the cluster's place in the list: a /29 of the server's range. */
export function wayRange(database: Database, server: DatabaseServer, cluster: string): string {
  const range = serverRange(database, server);
  return part(range, 29 - prefixLength(range), database.clusters.indexOf(cluster));
}
