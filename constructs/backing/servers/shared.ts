import { DataProtectionBackupVault } from "@cdktf/provider-azurerm/lib/data-protection-backup-vault";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { passwordVersions, type ServerEntry, serverShared } from "../../../model/derived/servers";
import { SERVER_PORTS } from "../../../model/limits/servers";
import { ephemeralPassword } from "../../cdktf/ephemeral";
import { AzureVault } from "../databases/azure-vault";

export interface ServersBaseProps {
  readonly fleet: string;
  readonly region: string;
  readonly tenantId: string;
  /** Object id of the principal that runs Terraform. */
  readonly runner: string;
  /** Entries of all servers of the region. */
  readonly entries: readonly ServerEntry[];
  readonly deletionProtection: boolean;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * What outlives the clusters whose servers are in one region: their passwords, so that a restored disk can be logged in
 * to; snapshots, which a new generation is made from when the old one is gone; and the vault of the backup policies.
 */
export class ServersBase extends Construct {
  /** Object id of the backup vault's identity. */
  readonly backupPrincipalId: string;

  constructor(scope: Construct, id: string, props: ServersBaseProps) {
    super(scope, id);
    const { fleet, region, tenantId, runner, deletionProtection } = props;
    const tags = { ...props.tags };
    const lifecycle = { preventDestroy: deletionProtection };
    const store = new AzureVault(this, "logins", {
      name: serverShared.vault(fleet, region),
      resourceGroup: serverShared.resourceGroup(fleet, region),
      location: region,
      tenantId,
      runner,
      deletionProtection,
      tags,
    });
    const snapshots = new ResourceGroup(this, "snapshots", {
      name: serverShared.snapshotGroup(fleet, region),
      location: region,
      tags,
      lifecycle,
    });
    const backups = new DataProtectionBackupVault(this, "backups", {
      name: serverShared.backupVault(fleet, region),
      resourceGroupName: store.resourceGroup,
      location: region,
      datastoreType: "OperationalStore",
      redundancy: "LocallyRedundant",
      // with it the vault can't go for as long as anything deleted is kept
      softDelete: deletionProtection ? "On" : "Off",
      retentionDurationInDays: 14,
      identity: { type: "SystemAssigned" },
      tags,
      lifecycle,
    });
    this.backupPrincipalId = backups.identity.principalId;
    new RoleAssignment(this, "backup-snapshots", {
      scope: snapshots.id,
      roleDefinitionName: "Disk Snapshot Contributor",
      principalId: this.backupPrincipalId,
      principalType: "ServicePrincipal",
    });
    logins(this, store, props.entries);
  }
}

/** Each password once, into one entry, and read back from there for whatever else has it. */
function logins(scope: Construct, store: AzureVault, entries: readonly ServerEntry[]): void {
  const versions = passwordVersions(entries);
  for (const [password, version] of versions) store.put(password, ephemeralPassword(scope, password), version);
  for (const entry of entries)
    store.put(entry.name, connection(entry, store.readBack(entry.password)), entryVersion(entry, versions.get(entry.password)!));
}

function connection({ host, database }: ServerEntry, password: string): string {
  const port = SERVER_PORTS.postgres;
  return Fn.jsonencode({
    host,
    port,
    database,
    username: database,
    password,
    uri: Fn.format("postgresql://%s:%s@%s:%s/%s?sslmode=require", [database, password, host, `${port}`, database]),
  });
}

/** Another number for another password and for another host. */
function entryVersion({ host }: ServerEntry, passwordVersion: number): number {
  const number = host.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return passwordVersion * 2 ** 32 + number;
}
