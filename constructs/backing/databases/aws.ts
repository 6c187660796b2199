import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import {
  type DatabaseServer,
  databaseServers,
  primaryOf,
  secretsRegionOf,
  serverName,
  serverRange,
  versionOf,
} from "../../../model/derived/databases";
import { shorten, shortHash } from "../../../model/derived/names";
import { PORTS, sizeName } from "../../../model/limits/databases";
import { AwsDataNetwork } from "./aws-network";
import { AwsStore } from "./aws-store";
import type { DatabaseProps } from "./azure";
import { ADMINISTRATOR, Logins } from "./logins";
import { serverOutput } from "./outputs";

/** A database on AWS: an RDS instance for each server, each in a VPC of its own, and its logins in Secrets Manager. */
export class AwsDatabase extends Construct {
  private readonly tags: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseProps,
  ) {
    super(scope, id);
    const { fleet, key, database, identities = [] } = props;
    this.tags = props.tags;
    const store = new AwsStore(this, "logins", { region: secretsRegionOf(database), tags: this.tags });
    const logins = new Logins(this, { fleet, key, database, store, identities });
    const servers = databaseServers(database);
    const primary = primaryOf(servers);
    const made = new Map<string, DbInstance>();
    for (const server of [primary, ...servers.filter((other) => other !== primary)])
      made.set(server.key, this.instance(server, logins.adminPassword, made.get(primary.key)));
    logins.entries((server) => made.get(server.key)!.address);
  }

  private instance(server: DatabaseServer, adminPassword: string, primary?: DbInstance): DbInstance {
    const { fleet, key, database } = this.props;
    const { engine, deletionProtection, restoreFrom, passwordVersion, storageGiB = 32 } = database;
    const { region, role } = server;
    const name = serverName(fleet, key, server);
    const network = new AwsDataNetwork(this, `network-${server.key}`, {
      name,
      server,
      cidr: serverRange(database, server),
      deletionProtection,
      tags: this.tags,
    });
    const administrator = { passwordWo: adminPassword, passwordWoVersion: passwordVersion };
    const origin =
      server.place === 0
        ? {
            engine,
            engineVersion: versionOf(database),
            // else AWS bills extended support by itself once the version leaves the standard one
            engineLifecycleSupport: "open-source-rds-extended-support-disabled",
            username: ADMINISTRATOR,
            allocatedStorage: storageGiB,
            snapshotIdentifier: restoreFrom?.snapshot,
            multiAz: database.highAvailability,
            ...administrator,
          }
        : {
            // without it the server is promoted in place, and never becomes a replica again
            replicateSourceDb: role === "replica" ? primary?.arn : undefined,
            // of another region: the source's key isn't there
            kmsKeyId: this.key(server).arn,
            ...(role === "replica" ? {} : administrator),
          };
    const instance = new DbInstance(this, `server-${server.key}`, {
      region,
      identifier: name,
      instanceClass: sizeName(database),
      ...origin,
      maxAllocatedStorage: Math.min(storageGiB * 10, 65536),
      storageType: "gp3",
      storageEncrypted: true,
      port: PORTS[engine],
      dbSubnetGroupName: network.subnetGroup.name,
      vpcSecurityGroupIds: [network.securityGroup.id],
      publiclyAccessible: false,
      iamDatabaseAuthenticationEnabled: this.props.identities?.length ? true : undefined,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      backupRetentionPeriod: database.backups.days,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection,
      skipFinalSnapshot: false,
      // another name for another server: a taken one fails the destroy
      finalSnapshotIdentifier: `${shorten(name, 240)}-final-${shortHash(JSON.stringify([name, restoreFrom ?? {}]))}`,
      applyImmediately: true,
      tags: { ...this.tags },
      lifecycle: {
        preventDestroy: deletionProtection,
        ignoreChanges: role === "fenced" ? "all" : ["snapshot_identifier", "allocated_storage"],
      },
    });
    if (this.props.identities?.length)
      new TerraformOutput(this, `resource-id-${server.key}`, {
        value: instance.resourceId,
        description: `AWS's id of the server ${server.key}, for the rights of who logs in by identity.`,
      }).overrideLogicalId(serverOutput("resource_id", server));
    return instance;
  }

  private key(server: DatabaseServer): KmsKey {
    const { fleet, key, database } = this.props;
    return new KmsKey(this, `key-${server.key}`, {
      region: server.region,
      description: `${serverName(fleet, key, server)}: disk and snapshots`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: { ...this.tags },
      lifecycle: { preventDestroy: database.deletionProtection },
    });
  }
}
