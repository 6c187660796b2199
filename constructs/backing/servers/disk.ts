import { DataProtectionBackupInstanceDisk } from "@cdktf/provider-azurerm/lib/data-protection-backup-instance-disk";
import { DataProtectionBackupPolicyDisk } from "@cdktf/provider-azurerm/lib/data-protection-backup-policy-disk";
import { ManagedDisk } from "@cdktf/provider-azurerm/lib/managed-disk";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Snapshot } from "@cdktf/provider-azurerm/lib/snapshot";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import type { Server } from "../../../model/schema/servers";

/** What outlives clusters, by name and id: it is in a stack of its own. */
export interface ServersShared {
  /** Resource group of snapshots. */
  readonly snapshotGroup: string;
  /** Resource id of the backup vault. */
  readonly backupVaultId: string;
  /** Object id of the backup vault's identity. */
  readonly backupPrincipalId: string;
  /** Resource id of the key vault. */
  readonly vaultId: string;
}

export interface ServerDiskProps {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** @default - the region has none */
  readonly zone?: string;
  readonly sizeGiB: number;
  /** Resource id of a disk to make a snapshot of, or of a snapshot. @default - the disk is empty */
  readonly source?: { readonly disk: string } | { readonly snapshot: string };
  readonly backup: Server["backup"];
  readonly shared: ServersShared;
  readonly deletionProtection: boolean;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The data disk of a server, and its snapshots by policy. What it was made from is read once: neither a newer snapshot
 * nor the end of the old one may ever touch it.
 */
export class ServerDisk extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: ServerDiskProps) {
    super(scope, id);
    const { name, resourceGroup, location, zone, sizeGiB, deletionProtection, tags } = props;
    const source = this.snapshot(props);
    const disk = new ManagedDisk(this, "disk", {
      name,
      resourceGroupName: resourceGroup,
      location,
      zone,
      storageAccountType: "Premium_LRS",
      createOption: source === undefined ? "Empty" : "Copy",
      sourceResourceId: source,
      diskSizeGb: sizeGiB,
      // no address of its own to download it from
      networkAccessPolicy: "DenyAll",
      publicNetworkAccessEnabled: false,
      tags: { ...tags },
      lifecycle: { preventDestroy: deletionProtection, ignoreChanges: ["source_resource_id", "create_option"] },
    });
    this.id = disk.id;
    this.backups(props);
  }

  /** The snapshot of this generation, in a group that outlives the disk that it is of. */
  private snapshot({ name, location, source, shared, tags }: ServerDiskProps): string | undefined {
    if (source === undefined || "snapshot" in source) return source?.snapshot;
    return new Snapshot(this, "snapshot", {
      name,
      resourceGroupName: shared.snapshotGroup,
      location,
      createOption: "Copy",
      sourceResourceId: source.disk,
      incrementalEnabled: true,
      networkAccessPolicy: "DenyAll",
      publicNetworkAccessEnabled: false,
      tags: { ...tags },
      // the disk that it is of goes with its cluster
      lifecycle: { ignoreChanges: ["source_resource_id"] },
    }).id;
  }

  private backups({ name, location, backup, shared }: ServerDiskProps): void {
    const { everyHours, days } = backup;
    const reader = new RoleAssignment(this, "backup-reader", {
      scope: this.id,
      roleDefinitionName: "Disk Backup Reader",
      principalId: shared.backupPrincipalId,
      principalType: "ServicePrincipal",
    });
    const policy = new DataProtectionBackupPolicyDisk(this, "backup-policy", {
      // every argument replaces it, and one that is in use can't go: the new one comes first, under another name
      name: `${name}-${shortHash(`${everyHours} ${days}`)}`,
      vaultId: shared.backupVaultId,
      backupRepeatingTimeIntervals: [`R/2026-01-01T02:00:00+00:00/PT${everyHours}H`],
      defaultRetentionDuration: `P${days}D`,
      lifecycle: { createBeforeDestroy: true },
    });
    new DataProtectionBackupInstanceDisk(this, "backup", {
      name,
      location,
      vaultId: shared.backupVaultId,
      diskId: this.id,
      snapshotResourceGroupName: shared.snapshotGroup,
      backupPolicyId: policy.id,
      dependsOn: [reader],
    });
  }
}
