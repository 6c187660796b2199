import { findRegion, noSuchRegion } from "../../catalog/regions";
import { allEntries, databasesOn, versionOf } from "../../derived/databases";
import { mustNameZones } from "../../derived/zones";
import {
  DATABASE_NAME,
  INSTANCE_NAME,
  isBurstable,
  isOffered,
  isReserved,
  POSTGRES_DISKS,
  sizeName,
  sizeSpelling,
  versionsOf,
} from "../../limits/databases";
import type { Problem, Rule } from "../../problems/problem";
import type { Database } from "../../schema/databases";
import type { Fleet } from "../../schema/fleet";

type Found = readonly (readonly [field: readonly (string | number)[], message: string])[];

/** A database is something that its cloud makes, with replicas and logins that can be. */
export const databases: Rule = (fleet) =>
  Object.entries(fleet.databases).flatMap(([key, database]): Problem[] =>
    [
      ...offered(database),
      ...regionsOf(database),
      ...sizes(database),
      ...standbys(database),
      ...promotion(database),
      ...names(key, database),
      ...restored(database),
      ...elsewhere(database),
      ...entriesOfAnother(fleet, key, database),
    ].map(([field, message]) => ({ path: ["databases", key, ...field], message })),
  );

/** Entries of two databases in one store: `a-b` with a database `password` has one that is `a`'s, of its database `b`. */
function entriesOfAnother(fleet: Fleet, key: string, database: Database): Found {
  if (database.cloud === "azure") return [];
  const own = new Set(allEntries(fleet.name, key, database));
  const earlier = Object.entries(fleet.databases).slice(0, Object.keys(fleet.databases).indexOf(key));
  for (const [other, one] of earlier) {
    const both = one.cloud === database.cloud && allEntries(fleet.name, other, one).find((entry) => own.has(entry));
    if (both) return [[[], `'${both}' would be an entry of '${other}' too: call one of their databases otherwise`]];
  }
  return [];
}

function offered(database: Database): Found {
  const { engine, cloud } = database;
  if (!isOffered(database))
    return [
      [
        ["engine"],
        `'${engine}' is made on Azure alone: on ${cloud === "aws" ? "AWS make DocumentDB" : "Google Cloud take MongoDB Atlas"} by hand, and give its login to applications as a secret`,
      ],
    ];
  const versions = versionsOf(database);
  if (versions.includes(versionOf(database))) return [];
  return [[["version"], `'${database.version}' is no version of ${engine} that ${cloud} has: ${versions.join(", ")}`]];
}

function regionsOf({ cloud, region, replicas, secretsRegion }: Database): Found {
  const named = [
    [["region"], region] as const,
    ...replicas.map((name, index) => [["replicas", index], name] as const),
    ...(secretsRegion === undefined ? [] : [[["secretsRegion"], secretsRegion] as const]),
  ];
  const unsure = [region, ...replicas].find((name) => mustNameZones(cloud, name));
  if (unsure !== undefined)
    return [
      [
        region === unsure ? ["region"] : ["replicas", replicas.indexOf(unsure)],
        `the zones of '${unsure}' differ from account to account, so its subnets can't be placed here: take another region`,
      ],
    ];
  return named.flatMap(([field, name]) => (findRegion(cloud, name) ? [] : [[[...field], noSuchRegion(cloud, name)] as const]));
}

function sizes(database: Database): Found {
  const { cloud, engine, size, storageGiB } = database;
  const { pattern, such } = sizeSpelling(database);
  const own = sizeName(database);
  const wrong: Found = pattern.test(own)
    ? []
    : [[["size"], `'${size}' is no size of ${engine} on ${cloud}: small, medium, large, or one such as ${such}`]];
  if (storageGiB === undefined) return wrong;
  if (cloud === "google" || engine === "mongo")
    return [
      ...wrong,
      [
        ["storageGiB"],
        `${storageGiB}: ${cloud === "google" ? "Cloud SQL" : "Cosmos DB"} grows by itself from the smallest disk, and a size in the file would replace the server once it has grown: remove it`,
      ],
    ];
  if (cloud === "azure" && engine === "postgres" && !POSTGRES_DISKS.includes(storageGiB))
    return [...wrong, [["storageGiB"], `${storageGiB} is no size of a disk: ${POSTGRES_DISKS.join(", ")}`]];
  return wrong;
}

/** Azure: a standby and replicas need a machine that isn't burstable. */
function standbys(database: Database): Found {
  const { cloud, engine, highAvailability, replicas } = database;
  if (cloud !== "azure" || engine === "mongo" || !isBurstable(sizeName(database))) return [];
  const needs = "needs a size that isn't burstable: write `size: medium`";
  return [
    ...(highAvailability ? ([[["highAvailability"], `${needs} or larger`]] as const) : []),
    ...(replicas.length > 0 ? ([[["replicas"], `a replica ${needs} or larger`]] as const) : []),
  ];
}

function promotion(database: Database): Found {
  const { engine, region, replicas, primary, cloud, secretsRegion, removed } = database;
  const problems: (readonly [field: readonly (string | number)[], message: string])[] = [];
  const all = [region, ...replicas];
  const keys = all.map((name, place) => {
    const before = all.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
  if (primary !== undefined && !keys.includes(primary))
    problems.push([["primary"], `'${primary}' is none of the servers: ${keys.join(", ")}`]);
  const place = Math.max(keys.indexOf(primary ?? ""), 0);
  replicas.forEach((name, index) => {
    const serving = all.slice(place, index + 1);
    if (serving.includes(name))
      problems.push([["replicas", index], `'${name}' has a server already: a replica is in a region of its own`]);
  });
  removed.forEach((name, index) => {
    if (engine === "mongo")
      problems.push([["removed", index], "of Cosmos DB nothing is left behind: regions are only put in another order"]);
    else if (!keys.slice(0, place).includes(name))
      problems.push([
        ["removed", index],
        `'${name}' is no server that a promotion has left behind${place === 0 ? "" : `: ${keys.slice(0, place).join(", ")}`}`,
      ]);
  });
  if (replicas.length > 0 && secretsRegion === undefined && cloud !== "google")
    problems.push([
      ["secretsRegion"],
      `is missing: with replicas say where the logins are kept, best in ${replicas[0]}, since a promotion writes there while ${region} is down (a database that is there already keeps ${region})`,
    ]);
  return problems;
}

function names(key: string, database: Database): Found {
  return databasesOn(key, database).flatMap((name, index): Found => {
    const field = database.databases ? ["databases", index] : [];
    if (!DATABASE_NAME.test(name))
      return [[field, `'${name}' can't be a database: at most 31 lower-case letters and digits, starting with a letter`]];
    if (isReserved(name))
      return [[field, `'${name}' is a name that some server keeps for itself: take another, such as '${name}app'`]];
    if (database.databases && database.databases.indexOf(name) < index) return [[field, `'${name}' is there twice`]];
    return [];
  });
}

/** RDS API reference, CreateDBSnapshot and RestoreDBInstanceFromDBSnapshot; those that AWS makes by itself begin with `rds:`. */
function snapshotProblem(snapshot: string, region: string): readonly string[] {
  const [, place, name = snapshot] = /^arn:aws[a-z-]*:rds:([a-z0-9-]+):\d{12}:snapshot:(.+)$/.exec(snapshot) ?? [];
  if (!/^(rds:)?[a-z](-?[a-z0-9])*$/i.test(name))
    return [`'${snapshot}' is no name of a snapshot: letters, digits and single hyphens, or its ARN`];
  return place === undefined || place === region
    ? []
    : [`'${snapshot}' is in ${place}, and a server is made from a snapshot of its own region: copy it to ${region} first`];
}

/** Whether a text of the right form is a moment at all: the thirtieth of February isn't. */
const isMoment = (time: string): boolean => {
  const at = new Date(time);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === time.slice(0, 19);
};

/** What each cloud restores from. */
function restored({ cloud, engine, region, restoreFrom }: Database): Found {
  if (!restoreFrom) return [];
  const { snapshot, server, time } = restoreFrom;
  if (time !== undefined && !isMoment(time))
    return [[["restoreFrom", "time"], `'${time}' is in no calendar: a moment in UTC such as 2026-11-20T03:00:00Z`]];
  const at = (field: string) => ["restoreFrom", field];
  if (cloud === "aws")
    return [
      ...(snapshot?.split(":").at(-1) === "latest"
        ? [[at("snapshot"), "'latest' is another one tomorrow, and the server is made from it once: name the snapshot"] as const]
        : []),
      ...(snapshot === undefined ? [[["restoreFrom"], "on AWS name the `snapshot` of an instance"] as const] : []),
      ...(snapshot === undefined ? [] : snapshotProblem(snapshot, region).map((said) => [at("snapshot"), said] as const)),
      ...(server !== undefined || time !== undefined ? [[["restoreFrom"], "on AWS only `snapshot` is read"] as const] : []),
    ];
  const problems: (readonly [field: readonly (string | number)[], message: string])[] = [];
  if (snapshot !== undefined) problems.push([at("snapshot"), `is for AWS: on ${cloud} name the \`server\` and a \`time\``]);
  if (server === undefined || time === undefined)
    problems.push([["restoreFrom"], `on ${cloud} name the \`server\` to go back to and a \`time\``]);
  const kind = {
    mysql: "DBforMySQL/flexibleServers",
    postgres: "DBforPostgreSQL/flexibleServers",
    mongo: "DocumentDB/databaseAccounts",
  };
  if (cloud === "google" && server !== undefined && !INSTANCE_NAME.test(server))
    problems.push([
      at("server"),
      `'${server}' is no name of an instance: lower-case letters, digits and hyphens, without a project`,
    ]);
  if (
    cloud === "azure" &&
    server !== undefined &&
    !new RegExp(`^/subscriptions/[^/\\s]+/resourceGroups/[^/\\s]+/providers/Microsoft\\.${kind[engine]}/[^/\\s]+$`, "i").test(
      server,
    )
  )
    problems.push([at("server"), `'${server}' is no resource id of a server of ${engine}`]);
  return problems;
}

/** Fields that a cloud has nothing for. */
function elsewhere(database: Database): Found {
  const { cloud, backups, secretsRegion, privateDnsZoneId } = database;
  const problems: (readonly [field: readonly (string | number)[], message: string])[] = [];
  if (backups.otherRegion && (cloud !== "azure" || database.engine === "mongo"))
    problems.push([["backups", "otherRegion"], "is for MySQL and PostgreSQL on Azure: elsewhere take a replica"]);
  if (cloud === "google" && secretsRegion !== undefined)
    problems.push([["secretsRegion"], "Secret Manager has no region: remove it"]);
  if (cloud !== "azure" && privateDnsZoneId !== undefined) problems.push([["privateDnsZoneId"], "is for Azure: remove it"]);
  return problems;
}
