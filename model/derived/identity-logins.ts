import type { App, Use } from "../schema/apps";
import type { Database } from "../schema/databases";
import type { Fleet } from "../schema/fleet";
import { type DatabaseEntry, databaseEntries, databaseOfUse, databasesOn } from "./databases";
import { clusterName, googleAccountId, shorten } from "./names";
import { appsOn } from "./placement";

/**
 * Logins of databases by what an application is, instead of a password. On AWS they are one user beside the database's
 * own, which IAM lets applications be. On Azure (PostgreSQL) and Google Cloud each application is a user of its own on each
 * cluster. On Azure it acts as the database's own login; on Google Cloud it is called as its service account, and a role
 * beside that login owns what any of them makes.
 */

/** That user, or that role. No database has an underscore in its name, so that no other login is called like it. */
export const identityUser = (database: string): string => `${database}_iam`;

/** Longest name of a user in MySQL 8 (reference manual, "Account User Names"). */
export const USER_NAME_MAX = 32;

/** Longest name of a role in PostgreSQL (NAMEDATALEN less one). */
export const ROLE_NAME_MAX = 63;

const byIdentity = ({ login }: Use): boolean => login === "identity";

/** Whether an application logs in to databases by its identity. */
export const logsInByIdentity = ({ uses }: Pick<App, "uses">): boolean => Object.values(uses).some(byIdentity);

/** Whether an application needs an identity of its own: for its rights, or to log in. */
export const needsIdentity = ({ rights, uses }: Pick<App, "rights" | "uses">): boolean =>
  rights !== undefined || logsInByIdentity({ uses });

/** Name of the identity of an application in the cluster's cloud. */
export const appIdentityName = (fleet: string, cluster: string, app: string): string =>
  `${clusterName(fleet, cluster)}-app-${app}`;

/** The databases on a server that some application logs in to by its identity. */
export function identityDatabases(fleet: Fleet, key: string): readonly string[] {
  const on = databasesOn(key, fleet.databases[key]!);
  const asked = Object.values(fleet.apps).flatMap((app) =>
    identityUses(fleet, app).flatMap(([server, name]) => (server === key ? [name] : [])),
  );
  return on.filter((name) => asked.includes(name));
}

/** What an application logs in to by its identity: the server's key and the database's name. */
export function identityUses(fleet: Fleet, { uses }: App): readonly (readonly [key: string, name: string])[] {
  return Object.values(uses).flatMap((use) => {
    const database = byIdentity(use) ? fleet.databases[use.database ?? ""] : undefined;
    const name = database && databaseOfUse(use, databasesOn(use.database!, database));
    return name === undefined ? [] : [[use.database!, name] as const];
  });
}

/** The user that an application of a cluster logs in as. */
export function loginUser(fleet: string, cluster: string, app: string, database: Database, name: string): string {
  if (database.cloud === "aws") return identityUser(name);
  const identity = appIdentityName(fleet, cluster, app);
  if (database.cloud === "azure") return shorten(identity, ROLE_NAME_MAX);
  const account = googleAccountId(identity);
  // Cloud SQL's names of service accounts ("Manage users with IAM database authentication", of MySQL and of PostgreSQL)
  return database.engine === "mysql" ? account : `${account}@${database.google?.projectId}.iam`;
}

/** The applications of a cluster that are users of their own: of which database, and called how. */
export function identityMembers(
  fleet: Fleet,
  cluster: string,
  key: string,
): readonly { readonly app: string; readonly database: string; readonly user: string }[] {
  const database = fleet.databases[key]!;
  if (database.cloud === "aws") return [];
  return Object.entries(appsOn(fleet, cluster)).flatMap(([app, spec]) =>
    [...new Set(identityUses(fleet, spec).flatMap(([server, name]) => (server === key ? [name] : [])))].map((name) => ({
      app,
      database: name,
      user: loginUser(fleet.name, cluster, app, database, name),
    })),
  );
}

/**
 * What the Secret of an application has besides the fields of its entry, which is everybody's: who it is. On Google Cloud
 * a connection acts as the role that all share by an option: nobody in reach may say so of a user that Cloud SQL has made.
 */
export function identityFields(
  fleet: string,
  cluster: string,
  app: string,
  database: Database,
  name: string,
): Readonly<Record<string, string>> | undefined {
  if (database.cloud === "aws") return undefined;
  const username = loginUser(fleet, cluster, app, database, name);
  const at = `${encodeURIComponent(username)}@{{ .host }}:{{ .port }}/{{ .database }}`;
  if (database.engine === "mysql") return { username, uri: `mysql://${at}` };
  if (database.cloud === "azure") return { username, uri: `postgresql://${at}?sslmode=require` };
  const options = `-c role=${identityUser(name)}`;
  return { username, options, uri: `postgresql://${at}?sslmode=require&options=${encodeURIComponent(options)}` };
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
