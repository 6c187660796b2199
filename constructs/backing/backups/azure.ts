import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { Construct } from "constructs";
import { backupAzure, backupEntry, backupName } from "../../../model/derived/backups";
import type { BackupStore } from "../../../model/schema/backups";
import { AzureVault } from "../databases/azure-vault";
import { putPassword } from "./password";

export interface BackupStoreProps {
  readonly fleet: string;
  /** Key of the store in the fleet file. */
  readonly key: string;
  readonly store: BackupStore;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A storage account for backups, with versions and soft delete, without keys and without public reading. No immutability:
 * Velero rewrites what it keeps.
 */
export class AzureBackupStore extends Construct {
  constructor(scope: Construct, id: string, { fleet, key, store, tags: given }: BackupStoreProps) {
    super(scope, id);
    if (!store.azure) throw new Error(`backup store ${key} has no account: the fleet was not loaded by loadFleet`);
    const { region, deletedDays, deletionProtection } = store;
    const tags = { ...given };
    const lifecycle = { preventDestroy: deletionProtection };
    const group = (id: string, name: string) => new ResourceGroup(this, id, { name, location: region, tags, lifecycle });
    const account = new StorageAccount(this, "account", {
      name: backupName(fleet, key, store),
      resourceGroupName: group("group", backupAzure.group(fleet, key)).name,
      location: region,
      accountKind: "StorageV2",
      accountTier: "Standard",
      accountReplicationType: "ZRS",
      minTlsVersion: "TLS1_2",
      sharedAccessKeyEnabled: false,
      localUserEnabled: false,
      allowNestedItemsToBePublic: false,
      crossTenantReplicationEnabled: false,
      blobProperties: {
        versioningEnabled: true,
        deleteRetentionPolicy: { days: deletedDays },
        containerDeleteRetentionPolicy: { days: deletedDays },
      },
      tags,
      lifecycle,
    });
    const container = new StorageContainer(this, "container", {
      name: backupAzure.container,
      storageAccountId: account.id,
      containerAccessType: "private",
      lifecycle,
    });
    // a version that was deleted or overwritten stays until somebody takes it away
    const versions = new StorageManagementPolicy(this, "versions", {
      storageAccountId: account.id,
      rule: [
        {
          name: "old-versions",
          enabled: true,
          filters: { blobTypes: ["blockBlob"] },
          actions: { version: { deleteAfterDaysSinceCreation: deletedDays } },
        },
      ],
    });
    new ManagementLock(this, "lock", {
      name: "backups",
      scope: account.id,
      lockLevel: "CanNotDelete",
      notes: "Backups of clusters that may be gone",
      // so that it goes first where all is to go: it holds what is in the account too
      dependsOn: [container, versions],
    });
    group("snapshots", backupAzure.snapshotGroup(fleet, key));
    const vault = new AzureVault(this, "password", {
      ...store.azure,
      name: backupAzure.vault(fleet, key),
      resourceGroup: backupAzure.vaultGroup(fleet, key),
      location: region,
      deletionProtection,
      tags,
    });
    putPassword(this, vault, backupEntry(fleet, key));
  }
}
