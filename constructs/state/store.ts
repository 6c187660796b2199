import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { Construct } from "constructs";
import type { StateOf } from "./location";

const lifecycle = { preventDestroy: true };
type Tags = Readonly<Record<string, string>>;

/** A bucket for states: versioned, encrypted, closed to the public. The provider's account is where it is made. */
export class S3StateStore extends Construct {
  constructor(scope: Construct, id: string, props: { readonly state: StateOf<"s3">; readonly tags: Tags }) {
    super(scope, id);
    const { state, tags } = props;
    const bucket = new S3Bucket(this, "bucket", { bucket: state.bucket, forceDestroy: false, tags: { ...tags }, lifecycle });
    new S3BucketVersioningA(this, "versioning", { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.bucket,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: state.kmsKeyId
            ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: state.kmsKeyId }
            : { sseAlgorithm: "AES256" },
        },
      ],
    });
    new S3BucketPublicAccessBlock(this, "private", {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }
}

/** A storage account with a container for states: versioned, without shared keys, closed to the public. */
export class AzureStateStore extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly state: StateOf<"azurerm">; readonly location: string; readonly tags: Tags },
  ) {
    super(scope, id);
    const { state, location, tags } = props;
    const group = new ResourceGroup(this, "group", { name: state.resourceGroup, location, tags: { ...tags }, lifecycle });
    const account = new StorageAccount(this, "account", {
      name: state.storageAccount,
      resourceGroupName: group.name,
      location,
      accountTier: "Standard",
      accountReplicationType: "GRS",
      minTlsVersion: "TLS1_2",
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      allowNestedItemsToBePublic: false,
      crossTenantReplicationEnabled: false,
      blobProperties: {
        versioningEnabled: true,
        deleteRetentionPolicy: { days: 30 },
        containerDeleteRetentionPolicy: { days: 30 },
      },
      tags: { ...tags },
      lifecycle,
    });
    // by the account's id: so it is Azure Resource Manager that makes it, and no right on blobs is needed
    new StorageContainer(this, "container", {
      name: state.container,
      storageAccountId: account.id,
      containerAccessType: "private",
      lifecycle,
    });
  }
}

/** A bucket for states: versioned, closed to the public; Google encrypts all. */
export class GoogleStateStore extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly state: StateOf<"gcs">; readonly location: string; readonly labels: Tags },
  ) {
    super(scope, id);
    const { state, location, labels } = props;
    new StorageBucket(this, "bucket", {
      name: state.bucket,
      location,
      forceDestroy: false,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      labels: { ...labels },
      lifecycle,
    });
  }
}
