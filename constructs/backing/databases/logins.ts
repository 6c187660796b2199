import { Fn } from "cdktf";
import type { Construct } from "constructs";
import {
  adminEntry,
  type DatabaseEntry,
  type DatabaseServer,
  databaseEntries,
  databasePasswordEntry,
  databasesOn,
} from "../../../model/derived/databases";
import { identityEntries, identityEntry, identityUser } from "../../../model/derived/identity-logins";
import { PORTS } from "../../../model/limits/databases";
import type { Database, Engine } from "../../../model/schema/databases";
import { ephemeralPassword } from "../../cdktf/ephemeral";

/** A cloud's secret store, as far as the logins of one database go. */
export interface LoginStore {
  /**
   * Writes an entry by a write-only argument, whenever its version changes.
   * @param value an expression; it may be ephemeral
   */
  put(entry: string, value: string, version: number): void;
  /** The entry's newest value, ephemeral. */
  readBack(entry: string): string;
}

/** Name of the administrator that Meridian makes: neither MySQL nor PostgreSQL of any cloud keeps it for itself. */
export const ADMINISTRATOR = "meridian";

export interface LoginsProps {
  readonly fleet: string;
  readonly key: string;
  readonly database: Database;
  readonly store: LoginStore;
  /** Databases that are logged in to by identity too. @default - none */
  readonly identities?: readonly string[];
}

/**
 * The logins of a database server, in its cloud's store. Each password is generated once, into one entry, and everything
 * else that has it reads that entry: with the generator in two places an apply that stops between them would leave two
 * different passwords, and no plan would ever show it.
 */
export class Logins {
  /** Password of the administrator, ephemeral. */
  readonly adminPassword: string;
  private readonly passwords: ReadonlyMap<string, string>;

  constructor(
    scope: Construct,
    private readonly props: LoginsProps,
  ) {
    const { fleet, key, database, store } = props;
    const version = database.passwordVersion;
    const admin = adminEntry(fleet, key);
    store.put(admin, Fn.jsonencode({ username: ADMINISTRATOR, password: ephemeralPassword(scope, admin) }), version);
    this.adminPassword = Fn.lookup(Fn.jsondecode(store.readBack(admin)), "password", "");
    this.passwords = new Map(
      databasesOn(key, database).map((name) => {
        const entry = databasePasswordEntry(fleet, key, name);
        store.put(entry, ephemeralPassword(scope, entry), version);
        return [name, store.readBack(entry)];
      }),
    );
  }

  /** Writes what applications read, once the servers' hosts are known. */
  entries(hostOf: (server: DatabaseServer) => string): void {
    const { fleet, key, database, store, identities = [] } = this.props;
    for (const entry of databaseEntries(fleet, key, database)) {
      const password = this.passwords.get(entry.database)!;
      store.put(entry.name, connection(database.engine, entry, hostOf(entry.at), password), entryVersion(database, entry));
    }
    for (const entry of identityEntries(fleet, key, database, identities))
      store.put(
        identityEntry(entry),
        (database.cloud === "aws" ? identityConnection : placeOf)(database.engine, entry, hostOf(entry.at)),
        entryVersion(database, entry),
      );
  }
}

/** Another number for another password and for another host: promotions only go on in the list of servers, passwords only rise. */
export function entryVersion({ passwordVersion }: Pick<Database, "passwordVersion">, { at }: DatabaseEntry): number {
  return passwordVersion * 10 + at.place;
}

const SCHEMES = { mysql: ["mysql", ""], postgres: ["postgresql", "?sslmode=require"] } as const;
const schemeOf = (engine: Engine) => SCHEMES[engine === "mysql" ? "mysql" : "postgres"];

/** What an application is given. Its login is called as its database. */
export function connection(engine: Engine, { database }: DatabaseEntry, host: string, password: string): string {
  const port = PORTS[engine];
  const [scheme, options] = schemeOf(engine);
  return Fn.jsonencode({
    host,
    port,
    database,
    username: database,
    password,
    uri: Fn.format(`${scheme}://%s:%s@%s:%s/%s${options}`, [database, password, host, `${port}`, database]),
  });
}

/** What an application is given that fetches a token as its password, and is a user of its own: no secret is in it. */
export const placeOf = (engine: Engine, { database }: DatabaseEntry, host: string): string =>
  Fn.jsonencode({ host, port: PORTS[engine], database });

/** The same where all share one user, for whom a token is made in the server's region. */
function identityConnection(engine: Engine, { database, at }: DatabaseEntry, host: string): string {
  const port = PORTS[engine];
  const username = identityUser(database);
  const [scheme, options] = schemeOf(engine);
  return Fn.jsonencode({
    host,
    port,
    database,
    username,
    region: at.region,
    uri: Fn.format(`${scheme}://%s@%s:%s/%s${options}`, [username, host, `${port}`, database]),
  });
}
