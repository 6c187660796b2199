import * as z from "zod";
import veleroValues from "../catalog/data/chart-values/velero.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

/** Kubernetes' names, as Velero's Backup and Restore take them. */
const objectName = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, `the name of a ${what}`)
    .max(253);
const namespaces = z.array(objectName("namespace")).min(1).optional();

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    store: z
      .string()
      .optional()
      .describe("Key of the store under `backups`, in the cluster's own cloud. @default the only one of that cloud"),
    schedule: z
      .string()
      .regex(/^\S+( \S+){4}$/, 'five fields of cron, such as "0 3 * * *"')
      .default("0 3 * * *")
      .describe("When a backup is made: cron, UTC."),
    keepDays: z.int().min(1).max(3650).default(30).describe("How long a backup is kept, in days."),
    namespaces: namespaces.describe("Namespaces that are backed up. @default all but Kubernetes' own and the add-ons'"),
    restore: z
      .strictObject({
        cluster: z.string().describe("Cluster whose backup it is: another generation. It need not be in the file any more."),
        backup: objectName("backup").describe(
          "Name of the backup, such as velero-daily-20261120030000 (`kubectl -n velero get backups`).",
        ),
        namespaces: namespaces.describe("Namespaces whose volumes are restored. @default all that the backup has"),
      })
      .optional()
      .describe(
        "Volumes to restore from the same store, before applications are installed: claims and what is on them, nothing else. Another value restores again. @default none",
      ),
  })
  .describe("Velero: backups of volumes and objects into a store under `backups`, without a key.");

const fields = { backup: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** Backups of volumes, and their way into the next generation. */
export const velero = {
  fields,
  calls: {
    version: "1.18.1",
    source: "https://github.com/vmware-tanzu/velero",
    // Objects by the plugin of each cloud, v1.14.0 (object_store.go is the same in v1.14.0-rc.1, which was read, and in
    // main of February 2026); volumes by kopia, as go.mod of Velero pins it. Both upload large objects in parts, give up
    // one that failed, and list no parts.
    actions: {
      awsObjects: {
        "s3:GetObject": "velero-plugin-for-aws/object_store.go:390, :421; kopia/repo/blob/s3/s3_storage.go:65",
        "s3:PutObject": "velero-plugin-for-aws/object_store.go:364; kopia/repo/blob/s3/s3_storage.go:171",
        // the header goes with every upload, empty or not
        "s3:PutObjectTagging": "velero-plugin-for-aws/object_store.go:341",
        "s3:DeleteObject": "velero-plugin-for-aws/object_store.go:480; kopia/repo/blob/s3/s3_storage.go:222",
        "s3:AbortMultipartUpload": "velero-plugin-for-aws/object_store.go:364; kopia/repo/blob/s3/s3_storage.go:171",
      },
      awsBucket: { "s3:ListBucket": "velero-plugin-for-aws/object_store.go:436; kopia/repo/blob/s3/s3_storage.go:258" },
      // Storage Blob Data Contributor has all four
      azure: {
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read":
          "velero-plugin-for-microsoft-azure/object_store.go:76, :142, :153; kopia/repo/blob/azure/azure_storage.go:75",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write":
          "velero-plugin-for-microsoft-azure/object_store.go:137; kopia/repo/blob/azure/azure_storage.go:294",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete":
          "velero-plugin-for-microsoft-azure/object_store.go:161; kopia/repo/blob/azure/azure_storage.go:350",
        "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action":
          "velero-plugin-for-microsoft-azure/object_store.go:187",
      },
      // the first four are in Storage Object Admin, the last in Service Account Token Creator
      google: {
        "storage.objects.create": "velero-plugin-for-gcp/object_store.go:59; kopia/repo/blob/gcs/gcs_storage.go:130",
        "storage.objects.get": "velero-plugin-for-gcp/object_store.go:66, :246; kopia/repo/blob/gcs/gcs_storage.go:50",
        "storage.objects.list": "velero-plugin-for-gcp/object_store.go:260; kopia/repo/blob/gcs/gcs_storage.go:204",
        "storage.objects.delete": "velero-plugin-for-gcp/object_store.go:303; kopia/repo/blob/gcs/gcs_storage.go:175",
        "iam.serviceAccounts.signBlob": "velero-plugin-for-gcp/object_store.go:312",
      },
    },
  },
  about: [
    {
      field: "backup",
      on: "no",
      installs: "Velero with its node agent, a VolumeSnapshotClass, a daily schedule; a restore",
      needs: "a store under `backups` in its own cloud, externalSecrets",
      may: "everything in the cluster (it reads and restores all objects); a pod as root on each node. In the cloud: read and write the store",
    },
  ],
  charts: {
    velero: {
      pin: {
        chart: "velero",
        repository: "https://vmware-tanzu.github.io/helm-charts",
        version: "12.1.0",
        previous: "12.0.3",
        appVersion: "1.18.1",
        source: { repository: "https://github.com/vmware-tanzu/helm-charts", tag: "velero-12.1.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: veleroValues,
      settings: ({ backup }: Reads) => backup,
    },
  },
  wanted: ({ backup }: Reads, cloud: Cloud) => backup.enabled && cloud !== "existing",
} satisfies AddOn;
