import * as z from "zod";
import { backingAccounts, backingCloud, backingDeletionProtection } from "./backing";
import { tags } from "./common";

/** A store of backups, which outlives every cluster. */
export const backupStore = z
  .strictObject({
    cloud: backingCloud.describe(
      "Cloud that it is in: clusters of the same cloud use it. A storage account, an S3 or a Cloud Storage bucket.",
    ),
    region: z
      .string()
      .describe("Region that it is made in, for life. Another one than its clusters' survives their region, and costs traffic."),
    deletedDays: z
      .int()
      .min(14)
      .max(365)
      .default(14)
      .describe("How long what was deleted or overwritten can be had back, in days."),
    deletionProtection: backingDeletionProtection,
    tags: tags.default({}).describe("Tags (labels in Google Cloud) besides fleet and store."),
    ...backingAccounts,
  })
  .describe("A store of backups of clusters' volumes.");
export type BackupStore = z.output<typeof backupStore>;
