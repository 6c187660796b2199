import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretVersion } from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { Construct } from "constructs";
import { backupEntry, backupName } from "../../../model/derived/backups";
import { googleLabels } from "../../clusters/gke/labels";
import type { BackupStoreProps } from "./azure";
import { putPassword } from "./password";

/** A Cloud Storage bucket for backups, with versions and soft delete, without public reading. No retention policy: Velero rewrites what it keeps. */
export class GoogleBackupStore extends Construct {
  constructor(scope: Construct, id: string, { fleet, key, store, tags }: BackupStoreProps) {
    super(scope, id);
    if (!store.google) throw new Error(`backup store ${key} has no project: the fleet was not loaded by loadFleet`);
    const { region, deletedDays, deletionProtection, google } = store;
    const project = google.projectId;
    const labels = googleLabels(tags);
    new StorageBucket(this, "bucket", {
      project,
      name: backupName(fleet, key, store),
      location: region,
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      forceDestroy: false,
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: Math.min(deletedDays, 90) * 86_400 },
      lifecycleRule: [{ action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: deletedDays, withState: "ARCHIVED" } }],
      labels,
      lifecycle: { preventDestroy: deletionProtection },
    });
    // others of the project use it too, so it stays on
    const api = new ProjectService(this, "api", { project, service: "secretmanager.googleapis.com", disableOnDestroy: false });
    const put = (entry: string, value: string, version: number) => {
      const secret = new SecretManagerSecret(this, entry, {
        project,
        secretId: entry,
        replication: { auto: {} },
        labels,
        dependsOn: [api],
        lifecycle: { preventDestroy: deletionProtection },
      });
      new SecretManagerSecretVersion(this, `${entry}-value`, {
        secret: secret.id,
        secretDataWo: value,
        secretDataWoVersion: version,
        lifecycle: { createBeforeDestroy: true },
      });
    };
    putPassword(this, { put }, backupEntry(fleet, key));
  }
}
