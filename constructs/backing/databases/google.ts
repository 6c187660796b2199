import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { SqlUser } from "@cdktf/provider-google/lib/sql-user";
import { Fn, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import {
  type DatabaseServer,
  databaseEntries,
  databaseServers,
  databasesOn,
  primaryOf,
  serverName,
  versionOf,
} from "../../../model/derived/databases";
import { identityEntry } from "../../../model/derived/identity-logins";
import { sizeName } from "../../../model/limits/databases";
import { ephemeralPassword } from "../../cdktf/ephemeral";
import { googleLabels } from "../../clusters/gke/labels";
import type { DatabaseProps } from "./azure";
import { connection, entryVersion, placeOf } from "./logins";
import { serverOutput } from "./outputs";

/** Flags by which a server takes tokens of IAM beside passwords (Cloud SQL docs, "Configure instances for IAM database authentication"). */
const TOKENS = { mysql: "cloudsql_iam_authentication", postgres: "cloudsql.iam_authentication" } as const;

/**
 * A database on Google Cloud: a Cloud SQL instance for each server, reached by Private Service Connect, its logins in
 * Secret Manager.
 *
 * The google provider can't read a secret back ephemerally, so a login's user and its entries take the generator in one
 * apply, and always both with a new version: an apply that stops between them leaves two passwords, which only a risen
 * `passwordVersion` heals.
 */
export class GoogleDatabase extends Construct {
  /** By the servers' keys. */
  readonly servers: ReadonlyMap<string, SqlDatabaseInstance>;
  private readonly project: string;
  private readonly labels: Record<string, string>;
  private readonly services: ProjectService[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseProps,
  ) {
    super(scope, id);
    const { key, database } = props;
    if (!database.google) throw new Error(`database ${key} has no project: the fleet was not loaded by loadFleet`);
    this.project = database.google.projectId;
    this.labels = googleLabels(props.tags);
    // others of the project use them too, so they stay on
    this.services = ["sqladmin", "secretmanager"].map(
      (name) =>
        new ProjectService(this, `api-${name}`, {
          project: this.project,
          service: `${name}.googleapis.com`,
          disableOnDestroy: false,
        }),
    );
    const servers = databaseServers(database);
    const primary = primaryOf(servers);
    const made = new Map<string, SqlDatabaseInstance>();
    let last: SqlDatabaseInstance | undefined;
    for (const server of [primary, ...servers.filter((other) => other !== primary)]) {
      // one after the other: Cloud SQL makes one replica of an instance at a time
      last = this.instance(server, made.get(primary.key), last);
      made.set(server.key, last);
    }
    this.servers = made;
    for (const name of databasesOn(key, database)) this.login(name, servers, made);
  }

  private instance(server: DatabaseServer, primary?: SqlDatabaseInstance, after?: SqlDatabaseInstance): SqlDatabaseInstance {
    const { fleet, key, database } = this.props;
    const { engine, deletionProtection, restoreFrom, backups } = database;
    const { region, role, place } = server;
    const mysql = engine === "mysql";
    const tier = sizeName(database);
    const instance = new SqlDatabaseInstance(this, `server-${server.key}`, {
      project: this.project,
      name: serverName(fleet, key, server),
      region,
      databaseVersion: `${mysql ? "MYSQL" : "POSTGRES"}_${versionOf(database).replace(".", "_")}`,
      // a promotion changes both in place
      masterInstanceName: role === "replica" ? primary?.name : undefined,
      instanceType: place === 0 ? undefined : role === "replica" ? "READ_REPLICA_INSTANCE" : "CLOUD_SQL_INSTANCE",
      clone: place === 0 && restoreFrom ? { sourceInstanceName: restoreFrom.server!, pointInTime: restoreFrom.time } : undefined,
      deletionProtection,
      settings: {
        tier,
        // always beside the tier, whose names differ: a new instance may come as the other edition
        edition: tier.startsWith("db-perf-optimized") ? "ENTERPRISE_PLUS" : "ENTERPRISE",
        availabilityType: database.highAvailability && role !== "replica" ? "REGIONAL" : "ZONAL",
        diskType: "PD_SSD",
        // no size: one that is smaller than what it has grown to would replace the instance
        diskAutoresize: true,
        deletionProtectionEnabled: deletionProtection,
        retainBackupsOnDelete: true,
        backupConfiguration:
          role === "replica"
            ? undefined
            : {
                enabled: true,
                ...(mysql ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: true }),
                transactionLogRetentionDays: 7,
                backupRetentionSettings: { retainedBackups: backups.days },
              },
        // each server takes tokens by its own setting, a replica too; it is switched in place
        databaseFlags: this.props.identities?.length ? [{ name: TOKENS[mysql ? "mysql" : "postgres"], value: "on" }] : undefined,
        ipConfiguration: {
          ipv4Enabled: false,
          sslMode: "ENCRYPTED_ONLY",
          pscConfig: [{ pscEnabled: true, allowedConsumerProjects: [this.project] }],
        },
        userLabels: this.labels,
      },
      dependsOn: after ? [...this.services, after] : this.services,
      lifecycle: {
        preventDestroy: deletionProtection,
        ignoreChanges: role === "fenced" ? "all" : ["clone"],
      },
    });
    for (const [what, value] of Object.entries({ psc_link: instance.pscServiceAttachmentLink, dns_name: instance.dnsName })) {
      const output = new TerraformOutput(this, `${what}-${server.key}`, {
        value,
        description: `Of the server ${server.key}, for clusters.`,
      });
      output.overrideLogicalId(serverOutput(what, server));
    }
    return instance;
  }

  /** A database, the user that is called like it, and the entries that have its password. */
  private login(name: string, servers: readonly DatabaseServer[], made: ReadonlyMap<string, SqlDatabaseInstance>): void {
    const { fleet, key, database } = this.props;
    const password = ephemeralPassword(this, `${key}-${name}`);
    for (const server of servers.filter(({ role }) => role !== "replica")) {
      const instance = made.get(server.key)!;
      const fenced = server.role === "fenced" ? ({ lifecycle: { ignoreChanges: "all" } } as const) : {};
      const database_ = new SqlDatabase(this, `database-${server.key}-${name}`, {
        project: this.project,
        instance: instance.name,
        name,
        // it goes with its instance; PostgreSQL refuses what still has objects
        deletionPolicy: "ABANDON",
        ...fenced,
      });
      const user = new SqlUser(this, `user-${server.key}-${name}`, {
        project: this.project,
        instance: instance.name,
        name,
        host: database.engine === "mysql" ? "%" : undefined,
        passwordWo: password,
        passwordWoVersion: database.passwordVersion * 10 + server.place,
        deletionPolicy: "ABANDON",
        ...fenced,
      });
      // replication has brought both
      if (server.place > 0) {
        const path = `${this.project}/${serverName(fleet, key, server)}`;
        database_.importFrom(`projects/${this.project}/instances/${serverName(fleet, key, server)}/databases/${name}`);
        user.importFrom(database.engine === "mysql" ? `${path}/%/${name}` : `${path}/${name}`);
      }
    }
    for (const entry of databaseEntries(fleet, key, database).filter((one) => one.database === name)) {
      const host = Fn.trimsuffix(made.get(entry.at.key)!.dnsName, ".");
      // every entry of one password changes with the user's: the primary's place counts, not the replica's
      this.put(entry.name, connection(database.engine, entry, host, password), this.version(entry, servers));
      if (this.props.identities?.includes(name))
        this.put(identityEntry(entry), placeOf(database.engine, entry, host), entryVersion(database, entry));
    }
  }

  private put(entry: string, value: string, version: number): void {
    const secret = new SecretManagerSecret(this, entry, {
      project: this.project,
      secretId: entry,
      replication: { auto: {} },
      labels: this.labels,
      dependsOn: this.services,
    });
    new SecretManagerSecretVersion(this, `${entry}-value`, {
      secret: secret.id,
      secretDataWo: value,
      secretDataWoVersion: version,
      // what pods still read stays readable until the new one is there
      deletionPolicy: "DISABLE",
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private version(entry: Parameters<typeof entryVersion>[1], servers: readonly DatabaseServer[]): number {
    return entryVersion(this.props.database, { ...entry, at: primaryOf(servers) });
  }
}
