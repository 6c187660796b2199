import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { Construct } from "constructs";

/** An AWS account and how to get into it. */
export interface AwsProviderProps {
  /** AWS region. */
  readonly region: string;
  /** Twelve digits; credentials of another account are refused. */
  readonly accountId: string;
  /** Role to assume. @default - the operator's own credentials */
  readonly assumeRoleArn?: string;
  /** Needed where a stack has a second provider of AWS. @default - the stack's default provider */
  readonly alias?: string;
}

export function awsProvider(scope: Construct, id: string, props: AwsProviderProps): AwsProvider {
  return new AwsProvider(scope, id, {
    alias: props.alias,
    region: props.region,
    allowedAccountIds: [props.accountId],
    assumeRole: props.assumeRoleArn ? [{ roleArn: props.assumeRoleArn }] : undefined,
  });
}

/** An Azure subscription. */
export interface AzureProviderProps {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** @default - the stack's default provider */
  readonly alias?: string;
  /** Leaves destroyed secrets and vaults to Azure's own retention, instead of purging them at once. @default false */
  readonly keepSecrets?: boolean;
  /** Asks nothing of what is in storage accounts, for which Terraform would need a right of its own. @default false */
  readonly skipStorageData?: boolean;
}

export function azureProvider(scope: Construct, id: string, props: AzureProviderProps): AzurermProvider {
  return new AzurermProvider(scope, id, {
    alias: props.alias,
    subscriptionId: props.subscriptionId,
    tenantId: props.tenantId,
    features: [
      {
        ...(props.keepSecrets && { keyVault: [{ purgeSoftDeleteOnDestroy: false, purgeSoftDeletedSecretsOnDestroy: false }] }),
        ...(props.skipStorageData && { storage: [{ dataPlaneAvailable: false }] }),
      },
    ],
    storageUseAzuread: true,
  });
}

/** A Google Cloud project. */
export interface GoogleProviderProps {
  readonly projectId: string;
  readonly region: string;
  /** @default - the operator's own credentials */
  readonly impersonateServiceAccount?: string;
  /** @default - the stack's default provider */
  readonly alias?: string;
}

export function googleProvider(scope: Construct, id: string, props: GoogleProviderProps): GoogleProvider {
  return new GoogleProvider(scope, id, {
    alias: props.alias,
    project: props.projectId,
    region: props.region,
    impersonateServiceAccount: props.impersonateServiceAccount,
  });
}
