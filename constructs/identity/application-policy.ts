import { type PolicyDocument, policy, type Statement } from "./document";

export interface ApplicationPolicyProps {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Buckets by name. */
  readonly buckets: Readonly<Record<string, "read" | "write">>;
  /** Queues by their name in the region and account, or by ARN. */
  readonly queues: Readonly<Record<string, "send" | "receive" | "both">>;
  /** ARNs of users of databases that it logs in as. @default - none */
  readonly databaseUsers?: readonly string[];
}

const SEND = ["sqs:SendMessage"];
const RECEIVE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"];
const QUEUE_ACTIONS = { send: SEND, receive: RECEIVE, both: [...SEND, ...RECEIVE] } as const;

/** What an application does with buckets, queues and databases (service authorization reference, S3, SQS and RDS IAM Authentication); empty where it does nothing. */
export function applicationPolicy({
  partition,
  region,
  accountId,
  buckets,
  queues,
  databaseUsers = [],
}: ApplicationPolicyProps): PolicyDocument {
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
  const logins: readonly Statement[] =
    databaseUsers.length > 0 ? [{ Effect: "Allow", Action: ["rds-db:connect"], Resource: databaseUsers }] : [];
  return policy(...inBuckets, ...inQueues, ...logins);
}
