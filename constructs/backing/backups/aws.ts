import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { backupEntry, backupName } from "../../../model/derived/backups";
import { partitionOf } from "../../clusters/eks/partition";
import { AwsStore } from "../databases/aws-store";
import type { BackupStoreProps } from "./azure";
import { putPassword } from "./password";

/** An S3 bucket for backups, with versions, by TLS alone. No object lock: Velero doesn't support it. */
export class AwsBackupStore extends Construct {
  constructor(scope: Construct, id: string, { fleet, key, store, tags: given }: BackupStoreProps) {
    super(scope, id);
    const { region, deletedDays, deletionProtection } = store;
    const tags = { ...given };
    const name = backupName(fleet, key, store);
    const made = new S3Bucket(this, "bucket", {
      bucket: name,
      region,
      forceDestroy: false,
      tags,
      lifecycle: { preventDestroy: deletionProtection },
    });
    const bucket = made.id;
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      region,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      region,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const blocked = new S3BucketPublicAccessBlock(this, "private", {
      bucket,
      region,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const arn = `arn:${partitionOf(region)}:s3:::${name}`;
    new S3BucketPolicy(this, "policy", {
      bucket,
      region,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
      dependsOn: [blocked],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      region,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: deletedDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
    putPassword(this, new AwsStore(this, "password", { region, tags }), backupEntry(fleet, key));
  }
}
