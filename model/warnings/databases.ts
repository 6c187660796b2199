import { unknownMachine } from "../catalog/aws-machines";
import { versionOf } from "../derived/databases";
import { stackIds } from "../derived/names";
import { sizeName } from "../limits/databases";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";

/** What is worth knowing of databases that can be made all the same, or of which only their cloud knows whether they can. */
export function databaseWarnings({ name, databases }: Fleet, today: Date): readonly string[] {
  return Object.entries(databases).flatMap(([key, database]) => [
    ...keys(stackIds.data(name, key), database).map((said) => `databases.${key}: ${said}`),
    ...[...billed(database), ...ahead(database, today), ...machines(database)].map((said) => `databases.${key}.${said}`),
  ]);
}

/** The one secret that is in a state: no argument of azurerm makes Cosmos DB's keys, so they can't be write-only. */
function keys(stack: string, { engine }: Database): readonly string[] {
  if (engine !== "mongo") return [];
  return [
    `Cosmos DB's own keys, which Azure makes, are in the state of ${stack} and in no other: who may read that state reads and writes the database`,
  ];
}

/** Versions that a cloud bills more for (Azure docs, "Version policy" of MySQL Flexible Server: extended support from 2026-06-01 on, by itself). */
function billed(database: Database): readonly string[] {
  if (database.cloud !== "azure" || database.engine !== "mysql" || versionOf(database) !== "8.0") return [];
  return [
    'version: Azure bills extended support for MySQL 8.0, without being asked; try 8.4 on a restored copy, then write version: "8.4"',
  ];
}

/** Only the clock can tell, which the output never depends on. */
function ahead({ restoreFrom }: Database, today: Date): readonly string[] {
  const time = restoreFrom?.time;
  if (time === undefined || !(Date.parse(time) > today.getTime())) return [];
  return [
    `restoreFrom.time: ${time} is still ahead (it is ${today.toISOString().slice(0, 19)}Z, in UTC), and no cloud goes back to it: name a moment that has been`,
  ];
}

/** AWS: a class of RDS is called as the machine that it is. */
function machines(database: Database): readonly string[] {
  const own = sizeName(database);
  const what = database.cloud === "aws" ? unknownMachine(own.replace(/^db\./, ""), "the server") : undefined;
  return what === undefined ? [] : [`size: '${own}': ${what}`];
}
