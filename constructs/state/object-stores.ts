import { type StateLocation, type StateOf, sameForReader } from "./location";

/** Amazon S3, or a service with its interface. The lock is an object beside the state: no DynamoDB table. */
export function s3Location(state: StateOf<"s3">, stackId: string): StateLocation {
  return sameForReader("s3", {
    bucket: state.bucket,
    key: `${state.prefix}${stackId}.tfstate`,
    region: state.region,
    use_lockfile: true,
    ...(state.kmsKeyId && { kms_key_id: state.kmsKeyId }),
    ...(state.accountId && { allowed_account_ids: [state.accountId] }),
    ...(state.assumeRoleArn && { assume_role: { role_arn: state.assumeRoleArn } }),
    ...(state.endpoint ? otherService(state.endpoint, state) : { encrypt: true }),
  });
}

/**
 * What a service that is not AWS lacks: STS, IAM, AWS's region names, and often the encryption header that `encrypt`
 * sends (MinIO answers 501 to it without a key server) unless a key is named.
 */
function otherService(endpoint: string, state: StateOf<"s3">): Record<string, unknown> {
  return {
    endpoints: { s3: endpoint },
    use_path_style: true,
    skip_credentials_validation: true,
    skip_region_validation: true,
    skip_s3_checksum: true,
    ...(!state.accountId && { skip_requesting_account_id: true }),
    ...(state.kmsKeyId && { encrypt: true }),
  };
}

/** Azure Blob Storage. By Entra identity, so that shared keys can be switched off on the account; the lock is a lease. */
export function azurermLocation(state: StateOf<"azurerm">, stackId: string): StateLocation {
  return sameForReader("azurerm", {
    subscription_id: state.subscriptionId,
    resource_group_name: state.resourceGroup,
    storage_account_name: state.storageAccount,
    container_name: state.container,
    key: `${state.prefix}${stackId}.tfstate`,
    use_azuread_auth: true,
  });
}

/** Google Cloud Storage. The backend keeps `<prefix>/<workspace>.tfstate`, so the stack's key is a folder here. */
export function gcsLocation(state: StateOf<"gcs">, stackId: string): StateLocation {
  return sameForReader("gcs", {
    bucket: state.bucket,
    prefix: `${state.prefix}${stackId}`,
    ...(state.impersonateServiceAccount && { impersonate_service_account: state.impersonateServiceAccount }),
  });
}
