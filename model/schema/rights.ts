import * as z from "zod";

/** S3's and Cloud Storage's common ground (docs.aws.amazon.com/AmazonS3, bucketnamingrules; cloud.google.com/storage/docs/buckets). */
const bucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens");
const buckets = z
  .record(bucket, z.enum(["read", "write"]))
  .default({})
  .describe("Buckets by name: `read`, or `write`, which reads too.");

/** What an application may do in the cloud of its cluster, as itself and without a key. */
export const rights = z
  .strictObject({
    aws: z
      .strictObject({
        buckets,
        queues: z
          .record(
            z
              .string()
              .regex(
                /^([A-Za-z0-9_-]{1,75}(\.fifo)?|arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?)$/,
                "the name of a queue in the cluster's region and account, or an ARN",
              ),
            z.enum(["send", "receive", "both"]),
          )
          .default({})
          .describe("Queues of SQS, by name in the cluster's region and account or by ARN."),
        policies: z
          .array(z.string().regex(/^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/, "the ARN of a policy of IAM"))
          .max(10)
          .default([])
          .describe("Policies of IAM, by ARN, at most ten."),
      })
      .optional()
      .describe("On EKS, by pod identity. @default nothing"),
    azure: z
      .array(
        z
          .strictObject({
            role: z.string().min(1).describe("Name of a role: Storage Blob Data Reader."),
            scope: z
              .string()
              .regex(/^\/subscriptions\/[0-9a-f-]{36}(\/\S+)?$/i, "a resource id: /subscriptions/…")
              .describe("Resource id of what it is on."),
          })
          .describe("A role on a scope."),
      )
      .min(1)
      .optional()
      .describe("On AKS, by workload identity: roles, each on a scope. @default nothing"),
    google: z
      .strictObject({
        buckets,
        roles: z
          .array(
            z
              .string()
              .regex(
                /^(roles|(projects|organizations)\/[a-z0-9.:-]+\/roles)\/[A-Za-z0-9_.]+$/,
                "a role: roles/pubsub.publisher, or projects/…/roles/…",
              ),
          )
          .default([])
          .describe("Roles on the cluster's project."),
      })
      .optional()
      .describe("On GKE, by Workload Identity Federation. @default nothing"),
  })
  .describe(
    "What it may do in the cloud of its cluster. Its pods run as the ServiceAccount `<app>-identity`; a chart is told that name by {identity}.",
  );
export type Rights = z.output<typeof rights>;
