import type { BackupStore } from "../schema/backups";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import { shortHash } from "./names";

/** The stores that a cluster could use: those of its own cloud. */
export function storesFor({ backups }: Pick<Fleet, "backups">, { cloud }: Pick<Cluster, "cloud">): readonly string[] {
  return Object.keys(backups).filter((key) => backups[key]!.cloud === cloud);
}

/** The store that a cluster's backups go to. @returns undefined where it makes none, or a rule says what is wrong */
export function backupStoreOf(
  fleet: Pick<Fleet, "backups">,
  cluster: Cluster,
): readonly [key: string, store: BackupStore] | undefined {
  const { enabled, store } = cluster.addons.backup;
  if (!enabled || cluster.cloud === "existing") return undefined;
  const [key, ...others] = store === undefined ? storesFor(fleet, cluster) : [store];
  const found = key === undefined || others.length > 0 ? undefined : fleet.backups[key];
  return key !== undefined && found?.cloud === cluster.cloud ? [key, found] : undefined;
}

/** Name of a store in its cloud, unique in the world. Azure's storage accounts have 3 to 24 lower-case letters and digits. */
export function backupName(fleet: string, key: string, { cloud }: Pick<BackupStore, "cloud">): string {
  const hash = shortHash(`backup ${fleet} ${key}`);
  return cloud === "azure" ? `${`${fleet}${key.replaceAll("-", "")}`.slice(0, 18)}${hash}` : `${fleet}-${key}-backup-${hash}`;
}

/** Entry of the password that what is in the store is encrypted with: every generation needs the same. */
export const backupEntry = (fleet: string, key: string): string => `${fleet}-backup-${key}`;

/** Azure: names of what is made for a store. */
export const backupAzure = {
  group: (fleet: string, key: string) => `${fleet}-backup-${key}`,
  vaultGroup: (fleet: string, key: string) => `${fleet}-backup-${key}-password`,
  /** Snapshots of volumes while they are copied: they must not die with a cluster's node resource group. */
  snapshotGroup: (fleet: string, key: string) => `${fleet}-backup-${key}-snapshots`,
  container: "velero",
  /** 3 to 24 characters. */
  vault: (fleet: string, key: string) => `${fleet}-${shortHash(`backup vault ${fleet} ${key}`)}`,
  id: ({ azure }: BackupStore, group: string) => `/subscriptions/${azure?.subscriptionId}/resourceGroups/${group}`,
  vaultId: (fleet: string, key: string, store: BackupStore) =>
    `${backupAzure.id(store, backupAzure.vaultGroup(fleet, key))}/providers/Microsoft.KeyVault/vaults/${backupAzure.vault(fleet, key)}`,
} as const;
