import { clusterAutoscaler } from "../../model/add-ons/cluster-autoscaler";
import { externalSecrets } from "../../model/add-ons/external-secrets";
import { logging } from "../../model/add-ons/logging";

/** Policy and trust documents of IAM, as plain data. Strings may be tokens. */

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

const policy = (...statements: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement: statements });

/** A service account of a cluster. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Subject of a service account's tokens, in every Kubernetes. */
export const subjectOf = ({ namespace, name }: ServiceAccount) => `system:serviceaccount:${namespace}:${name}`;

/**
 * Trust in the tokens of one service account of one cluster.
 * @param issuer the issuer without https://, exactly as IAM stored it, trailing slash included
 */
export function webIdentityTrust(providerArn: string, issuer: string, account: ServiceAccount): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subjectOf(account) } },
  });
}

/**
 * Trust in one service account of one EKS cluster, by pod identity: the agent passes cluster, namespace and account as
 * session tags (EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity").
 */
export function podIdentityTrust(clusterName: string, account: ServiceAccount): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-name": clusterName,
        "aws:RequestTag/kubernetes-namespace": account.namespace,
        "aws:RequestTag/kubernetes-service-account": account.name,
      },
    },
  });
}

const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const TYPES = "route53:ChangeResourceRecordSetsRecordTypes";

export interface RecordsPolicyProps {
  /** Partition of the zone's account: aws, aws-cn, aws-us-gov. */
  readonly partition: string;
  readonly zoneId: string;
  /** Names that may be changed; * stands for any text. Lower case, without a trailing dot. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** Names among them that may not, as Route53 normalizes them: `*` is `\052`. @default - none */
  readonly except?: readonly string[];
  /** Further statements. @default - none */
  readonly more?: readonly Statement[];
}

/**
 * Change the records of one zone, only of these names and types. Route53 checks every change of a batch:
 * ForAllValues refuses a batch with one foreign name, the Null conditions refuse a request that names none (to
 * ForAllValues an empty set is all right), and ForAnyValue in the Deny catches one excepted name among many.
 */
export function recordsPolicy({ partition, zoneId, names, types, except = [], more = [] }: RecordsPolicyProps): PolicyDocument {
  const zone = `arn:${partition}:route53:::hostedzone/${zoneId}`;
  const denied: Statement[] =
    except.length === 0
      ? []
      : [
          {
            Effect: "Deny",
            Action: "route53:ChangeResourceRecordSets",
            Resource: zone,
            Condition: { "ForAnyValue:StringEquals": { [NAMES]: except } },
          },
        ];
  return policy(
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: {
        "ForAllValues:StringLike": { [NAMES]: names },
        "ForAllValues:StringEquals": { [TYPES]: types },
        Null: { [NAMES]: "false", [TYPES]: "false" },
      },
    },
    ...denied,
    ...more,
  );
}

/**
 * What cert-manager does to prove names by DNS-01: TXT records of these names, and asking whether a change is out. Which
 * calls need which action, here and below: `calls` in model/add-ons.
 */
export function challengePolicy(props: Omit<RecordsPolicyProps, "types" | "more">): PolicyDocument {
  return recordsPolicy({
    ...props,
    types: ["TXT"],
    more: [{ Effect: "Allow", Action: "route53:GetChange", Resource: `arn:${props.partition}:route53:::change/*` }],
  });
}

/** What external-dns does: addresses, aliases and its own TXT records below one name. The list of zones has no resource in IAM. */
export function externalDnsPolicy(props: Omit<RecordsPolicyProps, "types" | "more">): PolicyDocument {
  return recordsPolicy({
    ...props,
    types: ["A", "CNAME", "TXT"],
    more: [
      {
        Effect: "Allow",
        Action: "route53:ListResourceRecordSets",
        Resource: `arn:${props.partition}:route53:::hostedzone/${props.zoneId}`,
      },
      { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
    ],
  });
}

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
 * Backups of one cluster: its own folder of the bucket, and the reading of another's, whose restores leave their logs there
 * (velero-plugin-for-aws, README, "Set permissions for Velero").
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
      Action: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:PutObjectTagging",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ],
      Resource: [`${bucket}/${prefix}/*`, ...(reads === undefined ? [] : [`${bucket}/${reads}/restores/*`])],
    },
    ...(reads === undefined ? [] : [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: `${bucket}/${reads}/*` }]),
    {
      Effect: "Allow",
      Action: "s3:ListBucket",
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

/**
 * Trust in the flow logs of one account and region, so that nobody else's service can borrow the role (VPC user guide,
 * "IAM role for publishing flow logs to CloudWatch Logs").
 */
export function flowLogsTrust({
  partition,
  region,
  accountId,
}: Record<"partition" | "region" | "accountId", string>): PolicyDocument {
  return policy({
    Effect: "Allow",
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
    },
  });
}

/** What that guide asks for, without the right to make groups: ours is there. */
export const flowLogsPolicy = (groupArn: string): PolicyDocument =>
  policy({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
    Resource: [groupArn, `${groupArn}:*`],
  });

export interface ApplicationPolicyProps {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Buckets by name. */
  readonly buckets: Readonly<Record<string, "read" | "write">>;
  /** Queues by their name in the region and account, or by ARN. */
  readonly queues: Readonly<Record<string, "send" | "receive" | "both">>;
}

const SEND = ["sqs:SendMessage"];
const RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"];
const QUEUE_ACTIONS = { send: SEND, receive: RECEIVE, both: [...SEND, ...RECEIVE] } as const;

/** What an application does with buckets and queues (service authorization reference, S3 and SQS); empty where it does nothing. */
export function applicationPolicy({ partition, region, accountId, buckets, queues }: ApplicationPolicyProps): PolicyDocument {
  const inBuckets = Object.entries(buckets).flatMap(([name, access]): Statement[] => [
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: `arn:${partition}:s3:::${name}` },
    {
      Effect: "Allow",
      Action: ["s3:GetObject", ...(access === "write" ? ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] : [])],
      Resource: `arn:${partition}:s3:::${name}/*`,
    },
  ]);
  const inQueues = Object.entries(queues).map(
    ([queue, access]): Statement => ({
      Effect: "Allow",
      Action: [...QUEUE_ACTIONS[access], "sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
      Resource: queue.startsWith("arn:") ? queue : `arn:${partition}:sqs:${region}:${accountId}:${queue}`,
    }),
  );
  return policy(...inBuckets, ...inQueues);
}

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
