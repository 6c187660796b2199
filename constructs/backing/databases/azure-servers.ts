import { MysqlFlexibleServer } from "@cdktf/provider-azurerm/lib/mysql-flexible-server";
import { PostgresqlFlexibleServer } from "@cdktf/provider-azurerm/lib/postgresql-flexible-server";
import type { TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { type DatabaseServer, versionOf } from "../../../model/derived/databases";
import { sizeName } from "../../../model/limits/databases";
import type { Database } from "../../../model/schema/databases";
import { ADMINISTRATOR } from "./logins";

export interface AzureServerProps {
  readonly name: string;
  readonly server: DatabaseServer;
  readonly database: Database;
  /** Name of the group in the server's region. */
  readonly resourceGroup: string;
  /** Resource id of the server that a replica follows, and the resource itself. */
  readonly source: { readonly id: string; readonly resource?: TerraformResource };
  /** Ephemeral. */
  readonly adminPassword: string;
  /** Tenant whose tokens PostgreSQL takes besides passwords. @default - none */
  readonly tokensOf?: string | undefined;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/** How a server came to be, which its arguments say for life. */
function origin({ server, database, source }: AzureServerProps) {
  if (server.place > 0)
    return {
      createMode: "Replica",
      sourceServerId: source.id,
      // azurerm takes it in an update only: the server is promoted in place, and never becomes a replica again
      replicationRole: server.role === "replica" ? undefined : "None",
    };
  const { restoreFrom } = database;
  if (!restoreFrom) return { createMode: "Default" };
  return {
    createMode: "PointInTimeRestore",
    sourceServerId: restoreFrom.server,
    pointInTimeRestoreTimeInUtc: restoreFrom.time,
  };
}

/** A replica has its source's administrator until it is promoted. */
function administrator({ server, database, adminPassword }: AzureServerProps) {
  if (server.role === "replica") return {};
  return {
    administratorLogin: server.place === 0 ? ADMINISTRATOR : undefined,
    administratorPasswordWo: adminPassword,
    administratorPasswordWoVersion: database.passwordVersion,
  };
}

/**
 * What Terraform leaves alone: a fenced server altogether, so that a plan has nothing to ask of a region that is down;
 * of the others the disk, which grows by itself, and what was read only when the server was made. A failover swaps zones.
 */
function lifecycle({ server, database, source }: AzureServerProps, disk: string): TerraformMetaArguments {
  const grown = [disk, "zone", "high_availability[0].standby_availability_zone"];
  const once = ["create_mode", "source_server_id", "point_in_time_restore_time_in_utc"];
  return {
    lifecycle: {
      preventDestroy: database.deletionProtection,
      ignoreChanges: server.role === "fenced" ? "all" : [...grown, ...once],
    },
    dependsOn: server.role === "replica" && source.resource ? [source.resource] : undefined,
  };
}

/** Only the first server is made with a standby: MySQL takes none later, and a replica none at all. */
const standby = ({ server, database }: AzureServerProps) =>
  server.place === 0 && database.highAvailability ? { mode: "ZoneRedundant" } : undefined;

/** MySQL without a network of its own: clusters reach it by private endpoints, which a server in a subnet can't have. */
export function mysqlServer(scope: Construct, id: string, props: AzureServerProps): MysqlFlexibleServer {
  const { name, server, database, resourceGroup, tags } = props;
  const version = versionOf(database);
  return new MysqlFlexibleServer(scope, id, {
    name,
    resourceGroupName: resourceGroup,
    location: server.region,
    ...origin(props),
    ...administrator(props),
    version: server.place === 0 ? (version === "8.0" ? "8.0.21" : version) : undefined,
    skuName: sizeName(database),
    storage: { sizeGb: database.storageGiB ?? 32, autoGrowEnabled: true },
    highAvailability: standby(props),
    backupRetentionDays: database.backups.days,
    geoRedundantBackupEnabled: server.place === 0 ? database.backups.otherRegion : undefined,
    publicNetworkAccess: "Disabled",
    tags: { ...tags },
    ...lifecycle(props, "storage[0].size_gb"),
  });
}

/** PostgreSQL, the same way. */
export function postgresServer(scope: Construct, id: string, props: AzureServerProps): PostgresqlFlexibleServer {
  const { name, server, database, resourceGroup, tokensOf, tags } = props;
  return new PostgresqlFlexibleServer(scope, id, {
    name,
    resourceGroupName: resourceGroup,
    location: server.region,
    ...origin(props),
    ...administrator(props),
    version: server.place === 0 ? versionOf(database) : undefined,
    skuName: sizeName(database),
    storageMb: (database.storageGiB ?? 32) * 1024,
    autoGrowEnabled: true,
    highAvailability: standby(props),
    backupRetentionDays: database.backups.days,
    geoRedundantBackupEnabled: server.place === 0 ? database.backups.otherRegion : undefined,
    publicNetworkAccessEnabled: false,
    // a replica is left with what its source has, until it is promoted
    authentication:
      tokensOf === undefined || server.role === "replica"
        ? undefined
        : { passwordAuthEnabled: true, activeDirectoryAuthEnabled: true, tenantId: tokensOf },
    tags: { ...tags },
    ...lifecycle(props, "storage_mb"),
  });
}
