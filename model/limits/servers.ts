/** What servers are made of, and what Azure allows of them. */

/**
 * Ubuntu 24.04 LTS of the second generation, for trusted launch. Pinned, since another image replaces a machine; patches
 * come by themselves (`az vm image list --publisher Canonical --offer ubuntu-24_04-lts --sku server --all`).
 */
export const IMAGE = {
  publisher: "Canonical",
  offer: "ubuntu-24_04-lts",
  sku: "server",
  version: "24.04.202609040",
} as const;

/** Major versions of PostgreSQL that apt.postgresql.org has for Ubuntu 24.04. */
export const POSTGRES_VERSIONS: readonly string[] = ["14", "15", "16", "17", "18"];

/** Folder that an NFS server exports. */
export const NFS_SHARE = "/data/export";

export const SERVER_PORTS = { nfs: 2049, postgres: 5432 } as const;

/** Why a text is no size of a machine with premium disks: an s before the version (Azure docs, "VM sizes naming conventions"). */
export function serverSizeProblem(size: string): string | undefined {
  if (/^Standard_[A-Z]+\d+(-\d+)?[a-z]*s[a-z]*(_v\d+)?$/.test(size)) return undefined;
  return `'${size}' is no size that takes premium disks, spelt as Azure's are: such as Standard_D2s_v5, Standard_E4ds_v5 or Standard_B2ms`;
}

/** Azure docs, "Azure Disk Backup support matrix": 500 snapshots of a disk, of which Azure Backup takes at most 450. */
const MOST_SNAPSHOTS = 450;

export function snapshotsProblem({
  everyHours,
  days,
}: {
  readonly everyHours: number;
  readonly days: number;
}): string | undefined {
  const most = (24 / everyHours) * days;
  return most <= MOST_SNAPSHOTS
    ? undefined
    : `every ${everyHours} hours for ${days} days are ${most} snapshots, and a disk has at most ${MOST_SNAPSHOTS}: keep them for fewer days, or make fewer`;
}

/** Why a text is no snapshot of Azure, by its resource id. */
export function snapshotIdProblem(id: string): string | undefined {
  return /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Compute\/snapshots\/[^/\s]+$/i.test(id)
    ? undefined
    : `'${id}' is no resource id of a snapshot: /subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/snapshots/<name>`;
}
