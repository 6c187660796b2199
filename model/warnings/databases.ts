import { versionOf } from "../derived/databases";
import type { Fleet } from "../schema/fleet";

/** Versions that a cloud bills more for (Azure docs, "Version policy" of MySQL Flexible Server: extended support from 2026-06-01 on, by itself). */
export function databaseWarnings({ databases }: Fleet): readonly string[] {
  return Object.entries(databases)
    .filter(([, database]) => database.cloud === "azure" && database.engine === "mysql" && versionOf(database) === "8.0")
    .map(
      ([key]) =>
        `databases.${key}.version: Azure bills extended support for MySQL 8.0, without being asked; try 8.4 on a restored copy, then write version: "8.4"`,
    );
}
