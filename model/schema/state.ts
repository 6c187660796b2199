import * as z from "zod";
import { serviceAccount } from "./clouds";
import { text } from "./common";

/** Where Terraform keeps its state: one key for each stack. Credentials come from the operator's environment, never from here. */
export const state = z
  .discriminatedUnion("backend", [
    z.strictObject({
      backend: z.literal("local").describe("Files beside the synthesized folder: state/<stack>.tfstate."),
    }),
    z.strictObject({
      backend: z.literal("s3").describe("Amazon S3 with a lock file; needs Terraform 1.10 or OpenTofu 1.10."),
      bucket: text.describe("Bucket, with versioning."),
      region: text.describe("AWS region of the bucket."),
      prefix: z.string().default("").describe("Put before each key, e.g. fleets/. @default no prefix"),
      kmsKeyId: text.optional().describe("KMS key. @default the bucket's encryption"),
      accountId: z
        .string()
        .regex(/^\d{12}$/, "twelve digits, in quotes")
        .optional()
        .describe("Account that the bucket must be in."),
      assumeRoleArn: z.string().startsWith("arn:").optional().describe("Role for the state alone."),
      endpoint: z.string().startsWith("http").optional().describe("URL of another S3 service. @default AWS"),
    }),
    z.strictObject({
      backend: z.literal("azurerm").describe("Azure Blob Storage, by Entra identity."),
      subscriptionId: text.describe("Subscription of the storage account."),
      resourceGroup: text.describe("Its resource group."),
      storageAccount: text.describe("Its name."),
      container: text.describe("Its container."),
      prefix: z.string().default("").describe("Put before each key. @default no prefix"),
    }),
    z.strictObject({
      backend: z.literal("gcs").describe("Google Cloud Storage."),
      bucket: text.describe("Bucket, with versioning."),
      prefix: z.string().default("").describe("Put before each key. @default no prefix"),
      impersonateServiceAccount: serviceAccount.optional().describe("Service account for the state alone."),
    }),
    z.strictObject({
      backend: z.literal("pg").describe("PostgreSQL; the connection comes from PG_CONN_STR. Each stack has a schema."),
    }),
    z.strictObject({
      backend: z
        .literal("http")
        .describe("A state server such as GitLab's; user and password come from TF_HTTP_USERNAME and TF_HTTP_PASSWORD."),
      address: z
        .string()
        .includes("{stack}")
        .startsWith("http")
        .describe("URL of a stack's state; {stack} stands for the stack's id."),
      lockAddress: z.string().includes("{stack}").optional().describe("URL of its lock. @default the address followed by /lock"),
      lockMethod: z.enum(["LOCK", "POST", "PUT"]).default("POST").describe("HTTP method that locks."),
      unlockMethod: z.enum(["UNLOCK", "DELETE", "POST"]).default("DELETE").describe("HTTP method that unlocks."),
    }),
    z.strictObject({
      backend: z.literal("hcp").describe("HCP Terraform or Terraform Enterprise: a workspace for each stack, by its id."),
      organization: text.describe("Organization."),
      hostname: text.default("app.terraform.io").describe("Host of a Terraform Enterprise."),
      project: text.optional().describe("Project that new workspaces go to."),
    }),
  ])
  .describe("State backend.");
export type State = z.output<typeof state>;
