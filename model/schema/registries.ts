import * as z from "zod";
import { backingDeletionProtection } from "./backing";
import { awsAccount, azureAccount, googleAccount } from "./clouds";
import { tags, text } from "./common";

export const REGISTRY_CLOUDS = ["aws", "azure", "google", "external"] as const;
export type RegistryCloud = (typeof REGISTRY_CLOUDS)[number];

/** What every registry here takes as a repository: ECR takes the least (ECR API reference, CreateRepository, without its prefix). */
export const REPOSITORY = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

const subnetId = z
  .string()
  .regex(
    /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/\s]+\/subnets\/[^/\s]+$/i,
    "the resource id of a subnet",
  );

const cache = z
  .strictObject({
    from: z
      .string()
      .regex(/^[a-z0-9.-]+$/, "the host of a registry, such as registry-1.docker.io")
      .describe("Registry whose images are kept here once somebody has pulled them."),
    secretArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:secretsmanager:[^:]+:\d{12}:secret:ecr-pullthroughcache\/.+$/,
        "the ARN of a secret `ecr-pullthroughcache/…`",
      )
      .optional()
      .describe(
        'Secret in the registry\'s region and account with `{"username", "accessToken"}`, for registries that want a login: Docker Hub, GHCR, GitLab, ACR.',
      ),
  })
  .describe("A cache of another registry.");

/** A registry of images with its replicas. */
export const registry = z
  .strictObject({
    cloud: z
      .enum(REGISTRY_CLOUDS)
      .describe("Azure Container Registry (Premium), ECR, Artifact Registry, or `external`: one that is there, such as GHCR."),
    region: z
      .string()
      .optional()
      .describe("Region that it is made in, for life; on Google also us, europe or asia, in several regions at once."),
    replicas: z
      .array(text)
      .max(25)
      .default([])
      .describe("AWS and Azure: further regions. ECR copies only what is pushed from then on."),
    name: z
      .string()
      .optional()
      .describe(
        "Azure: its name, unique in the world; AWS: what the names of its repositories start with; Google: its id. For life. @default <fleet>-<registry>; on Azure without hyphens and with a hash",
      ),
    repositories: z
      .array(z.string().regex(REPOSITORY, "lower-case letters, digits and single separators: shop, or team/shop"))
      .default([])
      .describe(
        "Names of images in it. ECR makes these and takes no others; elsewhere a push makes them, and the list is what `apps.*.image` may name. @default any, but not on AWS",
      ),
    immutableTags: z
      .boolean()
      .optional()
      .describe("Whether a tag that was pushed stays what it is. @default true; Azure has it for single tags alone"),
    scan: z
      .boolean()
      .optional()
      .describe(
        "Look for known vulnerabilities in what is pushed. @default true; on Azure Defender for Containers does it, for a subscription",
      ),
    keep: z
      .strictObject({
        untaggedDays: z.int().min(1).max(365).default(14).describe("How long images without a tag are kept, in days."),
        newest: z
          .int()
          .min(1)
          .max(1000)
          .optional()
          .describe(
            "AWS and Google: how many images of a repository are kept; older ones go, though pods may run them. @default all that have a tag",
          ),
      })
      .prefault({})
      .describe("What is kept."),
    push: z
      .array(text)
      .default([])
      .describe(
        "Who may push, besides administrators: a pipeline's identity, which logs in without a key. ARN of a role, object id, or member such as principalSet://…",
      ),
    pull: z
      .array(text)
      .optional()
      .describe(
        "Clusters that may pull: names, `cloud:azure`, or `label:key=value`. Those of its cloud by the identity of their nodes. @default every cluster of its cloud, and those where an application has its image from it",
      ),
    access: z
      .enum(["public", "private"])
      .default("public")
      .describe("Azure: private takes pulls and pushes by private endpoints alone, of the clusters' networks and of `ci`."),
    ci: z
      .strictObject({
        subnetId: subnetId.describe("Subnet for the private endpoint, in the network that pushes come from; /27 or larger."),
        region: text.optional().describe("Region of that network. @default the registry's"),
      })
      .optional()
      .describe("With `access: private`: the network that images are pushed from."),
    privateDnsZoneId: z
      .string()
      .regex(
        /^\/subscriptions\/.+\/privateDnsZones\/privatelink\.azurecr\.io$/i,
        "the resource id of a zone privatelink.azurecr.io",
      )
      .optional()
      .describe(
        "With `access: private`, for networks that exist: resource id of the private zone that they are linked to. @default one is made for each such network",
      ),
    replication: z
      .enum(["own", "external"])
      .default("own")
      .describe(
        "AWS: an account has one replication configuration for each region. `external`: something else owns it, and copies to `replicas` what starts with `name`.",
      ),
    caches: z
      .record(z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/, "lower-case letters, digits and single separators"), cache)
      .default({})
      .describe("AWS: caches of other registries, by what their repositories' names start with. @default none"),
    host: z
      .string()
      .regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/, "a host and perhaps a path: ghcr.io/team")
      .optional()
      .describe("External: host, and what comes before the name of each image."),
    secret: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "lower-case letters, digits and hyphens")
      .max(64)
      .optional()
      .describe(
        'External: entry `<prefix>-<secret>` in the store of each cluster\'s own cloud, with `{"username", "password"}`, that applications pull with. Needs external-secrets. @default everybody may pull',
      ),
    deletionProtection: backingDeletionProtection,
    tags: tags.default({}).describe("Tags (labels in Google Cloud) besides fleet and registry."),
    aws: z
      .strictObject(awsAccount)
      .optional()
      .describe("AWS account. @default that of `defaults.aws`, or the one that all EKS clusters share"),
    azure: z
      .strictObject(azureAccount)
      .optional()
      .describe("Azure subscription. @default that of `defaults.azure`, or the one that all AKS clusters share"),
    google: z
      .strictObject(googleAccount)
      .optional()
      .describe("Google Cloud project. @default that of `defaults.google`, or the one that all GKE clusters share"),
  })
  .describe("A registry of container images.");
export type Registry = z.output<typeof registry>;
