import * as z from "zod";
import { awsAccount, azureAccount, googleAccount } from "./clouds";

/** What registries, databases and backup stores have in common: they stand in an account of their cloud and outlive clusters. */

export const backingCloud = z.enum(["aws", "azure", "google"]);
export type BackingCloud = z.output<typeof backingCloud>;

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a UUID");

/** The account that it stands in, by cloud. */
export const backingAccounts = {
  aws: z
    .strictObject(awsAccount)
    .optional()
    .describe("AWS account. @default that of `defaults.aws`, or the one that all EKS clusters share"),
  azure: z
    .strictObject({
      ...azureAccount,
      runner: uuid.describe("Object id of the principal that runs Terraform: it writes the secrets."),
    })
    .optional()
    .describe("Azure subscription. @default that of `defaults.azure`, or the one that all AKS clusters share"),
  google: z
    .strictObject(googleAccount)
    .optional()
    .describe("Google Cloud project. @default that of `defaults.google`, or the one that all GKE clusters share"),
};

/** An account, found or given; a rule says where none could be. */
export interface BackingAccounts {
  readonly aws?: { readonly accountId: string; readonly assumeRoleArn?: string };
  readonly azure?: { readonly subscriptionId: string; readonly tenantId: string; readonly runner: string };
  readonly google?: { readonly projectId: string; readonly impersonateServiceAccount?: string };
}

export const backingDeletionProtection = z
  .boolean()
  .default(true)
  .describe("Refuse, at plan, to destroy it and what it holds. Apply `false` first, then take it out.");
