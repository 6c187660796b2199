import * as z from "zod";
import { addons, existingAddons } from "./addons";
import { awsSettings, azureSettings, googleSettings } from "./clouds";
import { CONTINENTS, key, minorVersion, rawObject, tags, text } from "./common";
import { LOG_RETENTION_DAYS, MAINTENANCE } from "./defaults";
import { existingSettings } from "./existing";
import { api, network } from "./network";
import { pool } from "./pool";
import { servers } from "./servers";

export const maintenance = z
  .strictObject({
    day: z
      .enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
      .default(MAINTENANCE.day)
      .describe("Day of the week."),
    startHour: z.int().min(0).max(23).default(MAINTENANCE.startHour).describe("Hour at which the window opens, UTC."),
    durationHours: z
      .int()
      .min(4)
      .max(24)
      .default(MAINTENANCE.durationHours)
      .describe("Length of the window in hours; at least 12 on GKE, which wants 48 hours of windows in any 32 days."),
  })
  .describe(
    "Weekly window in which the cloud may upgrade by itself: AKS and GKE. Nothing on EKS, which upgrades only at the end of support.",
  );

export const location = z
  .strictObject({
    latitude: z.number().min(-90).max(90).optional().describe("Degrees north."),
    longitude: z.number().min(-180).max(180).optional().describe("Degrees east."),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1")
      .optional()
      .describe("Country."),
    continent: z.enum(CONTINENTS).optional().describe("Continent by Route53's codes."),
    awsRegion: text.optional().describe("AWS region whose latency stands for the cluster's."),
    azureRegion: text.optional().describe("Azure region whose latency stands for the cluster's."),
  })
  .describe("Where the cluster is, for routing. @default taken from the region by the catalogue");
export type LocationOverride = z.output<typeof location>;

/** What every cluster has that Meridian makes. `defaults` of the fleet takes the same fields. */
const made = {
  region: text.describe("Region, by the name that the cluster's own cloud gives it."),
  kubernetes: minorVersion
    .default("1.36")
    .describe(
      "Kubernetes minor version. Pinned on EKS and AKS; on GKE the version to start with, which the release channel moves on. @default the lock file's, otherwise 1.36",
    ),
  retired: z
    .boolean()
    .default(false)
    .describe("First step of removal: out of routing and placement, its stacks still there to be destroyed."),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe(
      "Refuse, at plan, to destroy the cluster, its ingress address and what holds data. Apply `false` first, then destroy.",
    ),
  network: network.prefault({}),
  api: api.prefault({}),
  pools: z.record(key("pool name", 30), pool).prefault({ main: {} }).describe("Node pools by name. @default one pool `main`"),
  servers,
  maintenance: maintenance.prefault({}),
  logRetentionDays: z
    .int()
    .min(1)
    .max(3653)
    .default(LOG_RETENTION_DAYS)
    .describe(
      "How long control-plane logs are kept, in days (a number that CloudWatch and Log Analytics know). Nothing on GKE: there the project's log buckets say.",
    ),
  location: location.default({}),
  tags: tags
    .default({})
    .describe("Tags (labels in Google Cloud) on everything of the cluster that takes them, besides fleet and cluster."),
  labels: z
    .record(key("label", 40), z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, "letters, digits, '.', '_' and '-'"))
    .default({})
    .describe("Labels of Meridian's own, by which applications choose clusters; nothing in a cloud gets them."),
  addons: addons.prefault({}),
  overrides: z
    .record(z.string(), rawObject)
    .default({})
    .describe(
      "Last resort: Terraform arguments merged over a resource of the cluster's stack, by the resource's address in the synthesized JSON, e.g. aws_eks_cluster.cluster_A4C38409.",
    ),
};

export const awsCluster = z.strictObject({ cloud: z.literal("aws").describe("EKS."), ...made, aws: awsSettings });
export const azureCluster = z.strictObject({ cloud: z.literal("azure").describe("AKS."), ...made, azure: azureSettings });
export const googleCluster = z.strictObject({
  cloud: z.literal("google").describe("GKE, regional."),
  ...made,
  google: googleSettings,
});
export const existingCluster = z.strictObject({
  cloud: z.literal("existing").describe("A cluster that something else made."),
  region: text.optional().describe("AWS, Azure or Google region that the cluster is in or near, for its location."),
  retired: made.retired,
  location: made.location,
  tags: made.tags,
  labels: made.labels,
  api: made.api,
  addons: existingAddons.prefault({}),
  servers: made.servers,
  overrides: made.overrides,
  existing: existingSettings,
});

export const cluster = z.discriminatedUnion("cloud", [awsCluster, azureCluster, googleCluster, existingCluster]);

/** A cluster's own fields; the fleet adds its name. */
export type ClusterSpec = z.output<typeof cluster>;
type Named<T> = T & { readonly name: string };
export type AwsCluster = Named<z.output<typeof awsCluster>>;
export type AzureCluster = Named<z.output<typeof azureCluster>>;
export type GoogleCluster = Named<z.output<typeof googleCluster>>;
export type ExistingCluster = Named<z.output<typeof existingCluster>>;
export type MadeCluster = AwsCluster | AzureCluster | GoogleCluster;
export type Cluster = MadeCluster | ExistingCluster;

/** Fields that `defaults` of the fleet may give to every cluster. A cluster ignores another cloud's block. */
export const defaultableFields = {
  ...made,
  aws: awsSettings,
  azure: azureSettings,
  google: googleSettings,
};
