import * as z from "zod";
import { backingAccounts, backingCloud, backingDeletionProtection } from "./backing";
import { cidr, tags, text } from "./common";

export const ENGINES = ["mysql", "postgres", "mongo"] as const;
export type Engine = (typeof ENGINES)[number];

const restoreFrom = z
  .strictObject({
    snapshot: text.optional().describe("AWS: identifier or ARN of the snapshot of an RDS instance."),
    server: z
      .string()
      .optional()
      .describe("Azure: resource id of the server or account to go back to; Google: name of the instance."),
    time: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "a moment in UTC such as 2026-11-20T03:00:00Z")
      .optional()
      .describe("Moment to go back to, with `server`."),
  })
  .describe("What the first server is made from. Read when it is made, and never again.");

/** A database server with its replicas. */
export const database = z
  .strictObject({
    engine: z.enum(ENGINES).describe("mysql, postgres, or mongo: Cosmos DB for MongoDB, on Azure only."),
    cloud: backingCloud.describe("Cloud that it is a managed service of: Flexible Server and Cosmos DB, RDS, Cloud SQL."),
    region: text.describe("Region of the first server, which stays in the list when another became the primary."),
    version: z
      .string()
      .optional()
      .describe('Major version, such as "8.4" of MySQL or "17" of PostgreSQL. @default 8.4, 17, and 7.0 of mongo'),
    size: z
      .string()
      .default("small")
      .describe(
        "small, medium, large, or the cloud's own name: GP_Standard_D2ds_v4, db.m7g.large, db-custom-2-7680; of mongo the most request units per second.",
      ),
    storageGiB: z
      .int()
      .min(20)
      .max(16384)
      .optional()
      .describe(
        "AWS and Azure: size of the disk when it is made. It grows by itself, and the file doesn't follow. @default 32; Cloud SQL and Cosmos DB begin small and grow",
      ),
    highAvailability: z
      .boolean()
      .default(false)
      .describe("A standby in another zone, with failover by the cloud. Twice the price; not with size small on Azure."),
    replicas: z
      .array(text)
      // the data network has room for four servers
      .max(3)
      .default([])
      .describe(
        "Regions of further servers that follow the primary; of mongo the read regions in failover order. Append only: a region that comes again after a promotion is a new server, `<region>-2`.",
      ),
    primary: z
      .string()
      .optional()
      .describe(
        "The server that is written to, by its region (`eastus`, or `eastus-2` for the second one there). To name a replica promotes it; every server before it in the list is fenced. @default the first",
      ),
    removed: z
      .array(text)
      .default([])
      .describe(
        "Servers that a promotion has left behind and that are wanted no more, by the names that `primary` has for them. Until then they are kept, and no cluster reaches them.",
      ),
    databases: z
      .array(text)
      .min(1)
      .optional()
      .describe("Databases on it, each with a login of its own. @default one, called as the server's key without hyphens"),
    clusters: z
      .array(text)
      .default([])
      .describe(
        'Clusters that may connect: each gets a private way to it. On Google append only: of one that is gone leave `"-"` in its place. @default none',
      ),
    network: z
      .strictObject({
        cidr: cidr.describe("Range of the database's own networks, /20 to /24, outside of every cluster's network."),
      })
      .optional()
      .describe(
        "AWS: the range of the networks that the servers are in, a quarter for each server. Google: of the addresses by which clusters reach them. Azure takes addresses of the clusters' own networks.",
      ),
    secretsRegion: z
      .string()
      .optional()
      .describe(
        "AWS and Azure: region of the store of its logins. With replicas it must be said, and should be a replica's: a promotion writes there while the primary's region is down. @default the first server's region",
      ),
    backups: z
      .strictObject({
        days: z.int().min(7).max(35).default(14).describe("How long backups are kept, in days."),
        otherRegion: z
          .boolean()
          .default(false)
          .describe("Azure: copies of the backups in the paired region. Only when the server is made."),
      })
      .prefault({})
      .describe("Backups of the cloud."),
    restoreFrom: restoreFrom.optional(),
    passwordVersion: z
      .int()
      .min(1)
      .default(1)
      .describe("Raise it by one to make every password anew: of the administrator, and of each database's login."),
    deletionProtection: backingDeletionProtection,
    tags: tags.default({}).describe("Tags (labels in Google Cloud) besides fleet and database."),
    privateDnsZoneId: z
      .string()
      .regex(/^\/subscriptions\/.+\/privateDnsZones\/privatelink\.[^/\s]+$/i, "the resource id of a privatelink zone")
      .optional()
      .describe(
        "Azure, for clusters in a network that exists: resource id of the private zone that the network is linked to. @default one is made for each such network",
      ),
    ...backingAccounts,
  })
  .describe("A database server with its replicas, backups, logins and ways to it.");
export type Database = z.output<typeof database>;
