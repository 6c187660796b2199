import type { App, Use } from "../schema/apps";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";
import { type DatabaseEntry, databaseEntries, databaseOfUse, databasesOn } from "./databases";

/** Logins of databases by what an application is, instead of a password: a second user beside the database's own. */

/** No database has an underscore in its name, so that no other login is called like it. */
export const identityUser = (database: string): string => `${database}_iam`;

/** Longest name of a user in MySQL 8 (reference manual, "Account User Names"). */
export const USER_NAME_MAX = 32;

const byIdentity = ({ login }: Use): boolean => login === "identity";

/** Whether an application needs an identity of its own: for its rights, or to log in. */
export const needsIdentity = ({ rights, uses }: Pick<App, "rights" | "uses">): boolean =>
  rights !== undefined || Object.values(uses).some(byIdentity);

/** The databases on a server that some application logs in to by its identity. */
export function identityDatabases(fleet: Fleet, key: string): readonly string[] {
  const on = databasesOn(key, fleet.databases[key]!);
  const asked = Object.values(fleet.apps).flatMap(({ uses }) =>
    Object.values(uses).flatMap((use) => (byIdentity(use) && use.database === key ? (databaseOfUse(use, on) ?? []) : [])),
  );
  return on.filter((name) => asked.includes(name));
}

/** The users of an application by its identity: the server's key and the user's name. */
export function identityUsers(fleet: Fleet, { uses }: App): readonly (readonly [key: string, user: string])[] {
  return Object.values(uses).flatMap((use) => {
    const database = byIdentity(use) ? fleet.databases[use.database ?? ""] : undefined;
    const name = database && databaseOfUse(use, databasesOn(use.database!, database));
    return name === undefined ? [] : [[use.database!, identityUser(name)] as const];
  });
}

/** Name of the entry that leads where another one does, without a password. */
export const identityEntry = ({ name }: DatabaseEntry): string => `${name}-identity`;

/** Entries of databases that are logged in to by identity. */
export const identityEntries = (
  fleet: string,
  key: string,
  database: Database,
  names: readonly string[],
): readonly DatabaseEntry[] => databaseEntries(fleet, key, database).filter((entry) => names.includes(entry.database));
