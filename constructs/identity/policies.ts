import { clusterAutoscaler } from "../../model/add-ons/cluster-autoscaler";
import { externalSecrets } from "../../model/add-ons/external-secrets";
import { logging } from "../../model/add-ons/logging";
import { velero } from "../../model/add-ons/velero";
import { type PolicyDocument, policy, type Statement } from "./document";

/** What cluster-autoscaler does: look at everything, change only the groups that EKS tagged as this cluster's. */
export function autoscalerPolicy(clusterName: string): PolicyDocument {
  const { awsRead, awsWrite } = clusterAutoscaler.calls.actions;
  return policy(
    { Effect: "Allow", Action: Object.keys(awsRead), Resource: "*" },
    {
      Effect: "Allow",
      Action: Object.keys(awsWrite),
      Resource: "*",
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" } },
    },
  );
}

export interface SecretsPolicyProps {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** What the names of the secrets start with, before a hyphen. */
  readonly prefix: string;
  /** Starts of names among them that are others'. @default - none */
  readonly except?: readonly string[];
  /** Whether they may be made and written, too. */
  readonly writes: boolean;
}

/** Read the secrets of one region whose names start with a prefix, or write them too; never delete one. */
export function secretsPolicy(props: SecretsPolicyProps): PolicyDocument {
  const { partition, region, accountId, prefix, except = [], writes } = props;
  const { awsRead, awsWrite } = externalSecrets.calls.actions;
  const secret = (start: string) => `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${start}*`;
  const allowed: Statement = {
    Effect: "Allow",
    Action: Object.keys({ ...awsRead, ...(writes ? awsWrite : {}) }),
    Resource: secret(`${prefix}-`),
  };
  if (except.length === 0) return policy(allowed);
  return policy(allowed, { Effect: "Deny", Action: "secretsmanager:*", Resource: except.map(secret) });
}

/** Read these secrets, whatever their version. */
export function readSecretsPolicy(secretArns: readonly string[]): PolicyDocument {
  return policy({
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
    Resource: secretArns,
  });
}

/**
 * Backups of one cluster: its own folder of the bucket, and the reading of another's, whose restores leave their logs there.
 */
export function backupsPolicy({
  bucket,
  prefix,
  reads,
}: {
  readonly bucket: string;
  readonly prefix: string;
  readonly reads?: string;
}): PolicyDocument {
  const folders = [prefix, ...(reads === undefined ? [] : [reads])];
  return policy(
    {
      Effect: "Allow",
      Action: Object.keys(velero.calls.actions.awsObjects),
      Resource: [`${bucket}/${prefix}/*`, ...(reads === undefined ? [] : [`${bucket}/${reads}/restores/*`])],
    },
    ...(reads === undefined ? [] : [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: `${bucket}/${reads}/*` }]),
    {
      Effect: "Allow",
      // without it a backup that isn't there yet is "forbidden" instead of "not found" (API_HeadObject)
      Action: Object.keys(velero.calls.actions.awsBucket),
      Resource: bucket,
      Condition: { StringLike: { "s3:prefix": folders.flatMap((folder) => [folder, `${folder}/*`]) } },
    },
  );
}

/** Write to one log group, and nothing else. */
export function logGroupPolicy(logGroupArn: string): PolicyDocument {
  return policy({
    Effect: "Allow",
    Action: Object.keys(logging.calls.actions.aws),
    Resource: [logGroupArn, `${logGroupArn}:log-stream:*`],
  });
}

/** What the guide of `flowLogsTrust` asks for, without the right to make groups: ours is there. */
export const flowLogsPolicy = (groupArn: string): PolicyDocument =>
  policy({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
    Resource: [groupArn, `${groupArn}:*`],
  });

/** Fetch a login of ECR, and pull what is in these repositories; of caches also what has to be fetched first. */
export function pullImagesPolicy(repositories: readonly string[], caches: readonly string[]): PolicyDocument {
  const first: Statement[] =
    caches.length === 0
      ? []
      : [{ Effect: "Allow", Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"], Resource: caches }];
  return policy(
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [...repositories, ...caches],
    },
    ...first,
  );
}
