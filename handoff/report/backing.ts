import { backupName, backupStoreOf } from "../../model/derived/backups";
import { databaseServers, databasesOn, KEPT_PLACE, versionOf } from "../../model/derived/databases";
import { mayPull, registryHost, registryRegions } from "../../model/derived/registries";
import { hasServers, serverAddress, serverDatabases, serverSource, serverVersion } from "../../model/derived/servers";
import type { Fleet } from "../../model/schema/fleet";
import { codes, html, type Markup, table } from "./markup";

/** A row of a table: its first cell is the name. */
type Row = readonly string[];

/** What stands behind the clusters: databases, registries, servers and stores of backups. */
export interface Backing {
  readonly databases: readonly Row[];
  readonly registries: readonly Row[];
  readonly servers: readonly Row[];
  readonly backups: readonly Row[];
}

const CLOUDS = { aws: "AWS", azure: "Azure", google: "Google", external: "elsewhere" } as const;
const ENGINES = { mysql: "MySQL", postgres: "PostgreSQL", mongo: "Cosmos DB for MongoDB" } as const;
const list = (texts: readonly string[]): string => texts.join(", ");

/** What stands behind the clusters of a fleet, in the order of the file. */
export function backingOf(fleet: Fleet): Backing {
  return {
    databases: databaseRows(fleet),
    registries: registryRows(fleet),
    servers: serverRows(fleet),
    backups: storeRows(fleet),
  };
}

/** Every server of every database, the one that is written to first by its word. */
function databaseRows({ databases }: Fleet): readonly Row[] {
  return Object.entries(databases).flatMap(([key, database]) =>
    databaseServers(database).map(({ key: server, role, region, place }) => [
      key,
      `${ENGINES[database.engine]} ${versionOf(database)}`,
      CLOUDS[database.cloud],
      server === region ? region : `${region} (${server})`,
      role === "fenced" ? "left behind by a promotion" : role,
      `${database.size}${database.highAvailability && place === 0 ? ", with a standby" : ""}`,
      list(databasesOn(key, database)),
      role === "fenced" ? "" : list(database.clusters.filter((cluster) => cluster !== KEPT_PLACE)),
      database.deletionProtection ? "" : "without deletion protection",
    ]),
  );
}

function registryRows(fleet: Fleet): readonly Row[] {
  return Object.entries(fleet.registries).map(([key, registry]) => [
    key,
    CLOUDS[registry.cloud],
    list([
      ...new Set(
        [registry.region ?? "", ...registryRegions(registry)].map((region) => registryHost(fleet, key, registry, region)),
      ),
    ]),
    list(registryRegions(registry).slice(0, 1)),
    list(registry.replicas),
    list(Object.entries(registry.caches).map(([name, { from }]) => `${name} of ${from}`)),
    list(fleet.clusters.filter((cluster) => mayPull(fleet, key, cluster)).map(({ name }) => name)),
    registry.cloud === "external" || registry.deletionProtection ? "" : "without deletion protection",
  ]);
}

function serverRows(fleet: Fleet): readonly Row[] {
  return fleet.clusters
    .filter(hasServers)
    .flatMap((cluster) =>
      Object.entries(cluster.servers).map(([key, server]) => [
        key,
        cluster.name,
        server.role === "nfs" ? "NFS" : `PostgreSQL ${serverVersion(server)}`,
        server.size,
        `${server.disk.sizeGiB} GiB`,
        serverSource(key, server),
        serverAddress(cluster, key, server),
        list(serverDatabases(server)),
        server.fenced ? "fenced" : "",
      ]),
    );
}

function storeRows(fleet: Fleet): readonly Row[] {
  return Object.entries(fleet.backups).map(([key, store]) => {
    const users = fleet.clusters.filter((cluster) => backupStoreOf(fleet, cluster)?.[0] === key);
    return [
      key,
      CLOUDS[store.cloud],
      store.region,
      backupName(fleet.name, key, store),
      list(users.map(({ name, addons: { backup } }) => `${name} (${backup.schedule}, kept ${backup.keepDays} days)`)),
      `${store.deletedDays} days`,
      store.deletionProtection ? "" : "without deletion protection",
    ];
  });
}

const HEADS = {
  databases: ["database", "engine", "cloud", "region", "role", "size", "databases on it", "reached by", "notes"],
  registries: ["registry", "cloud", "host", "region", "replicas", "caches", "pulled by", "notes"],
  servers: ["server", "cluster", "serves", "size", "disk", "made from", "address", "databases", "notes"],
  backups: ["store", "cloud", "region", "name in the cloud", "backups of", "deleted is kept", "notes"],
} as const;
const CAPTIONS = { databases: "Databases", registries: "Registries", servers: "Servers", backups: "Stores of backups" } as const;

/** The tables of what there is. @returns undefined where nothing stands behind the clusters */
export function backingSection(backing: Backing): Markup | undefined {
  const kinds = (Object.keys(HEADS) as (keyof Backing)[]).filter((kind) => backing[kind].length > 0);
  if (kinds.length === 0) return undefined;
  return html`${kinds.map((kind) =>
    table(
      CAPTIONS[kind],
      HEADS[kind],
      backing[kind].map((row) =>
        row.map((cell, index) => (IN_CODE.has(HEADS[kind][index]!) && cell ? codes(cell.split(", ")) : cell)),
      ),
    ),
  )}`;
}

/** Columns of names that are typed as they are. */
const IN_CODE: ReadonlySet<string> = new Set(["host", "name in the cloud", "address"]);
