import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { dnsSuffixOf, partitionOf } from "./partition";
import { type EksSettings, named } from "./settings";

/** The key of Kubernetes secrets and, where it is ours, of the logs. */
export interface EksEncryption {
  readonly secretsKeyArn: string;
  /** @default - CloudWatch's own encryption: the policy of a key of the user's is not ours to change */
  readonly logsKeyArn?: string;
}

/** Name that EKS writes control-plane logs to; it can't be chosen. */
const logGroupName = (settings: EksSettings) => `/aws/eks/${settings.name}/cluster`;

export function eksEncryption(parent: Construct, settings: EksSettings): EksEncryption {
  if (settings.secretsKeyArn) return { secretsKeyArn: settings.secretsKeyArn };
  const scope = new Construct(parent, "encryption");
  const { name, provider } = settings;
  const key = new KmsKey(scope, "key", {
    provider,
    description: `Kubernetes secrets and control-plane logs of ${name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: keyPolicy(settings),
    tags: named(settings, name),
    // Nobody reads the cluster's secrets again without it.
    lifecycle: { preventDestroy: settings.deletionProtection },
  });
  new KmsAlias(scope, "alias", { provider, name: `alias/eks/${name}`, targetKeyId: key.keyId });
  return { secretsKeyArn: key.arn, logsKeyArn: key.arn };
}

/**
 * The account decides by IAM who uses the key; CloudWatch Logs may, for this cluster's group only (CloudWatch Logs user
 * guide, "Encrypt log data").
 */
function keyPolicy(settings: EksSettings): string {
  const { accountId, region } = settings;
  const partition = partitionOf(region);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "ControlPlaneLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.${dnsSuffixOf(region)}` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName(settings)}`,
          },
        },
      },
    ],
  });
}

/**
 * The group of the control-plane logs, before the cluster: EKS would make it itself, to be kept for ever and unknown to
 * Terraform. EKS may also make it once more after the cluster is gone: a new cluster of the same name needs that one
 * deleted or imported first.
 */
export function eksLogGroup(scope: Construct, settings: EksSettings, encryption: EksEncryption): CloudwatchLogGroup | undefined {
  if (settings.logTypes.length === 0) return undefined;
  return new CloudwatchLogGroup(scope, "logs", {
    provider: settings.provider,
    name: logGroupName(settings),
    retentionInDays: settings.logRetentionDays,
    // Thirty days after the cluster its key is gone, and what it encrypts with it.
    kmsKeyId: settings.keepLogs ? undefined : encryption.logsKeyArn,
    skipDestroy: settings.keepLogs || undefined,
    tags: settings.tags,
  });
}
