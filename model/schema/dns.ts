import * as z from "zod";
import { awsAccount, azureAccount } from "./clouds";
import { text } from "./common";

const domain = z
  .string()
  .max(253)
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "a domain in lower case, such as k8s.example.com");

const engine = z.enum(["route53", "azure"]);

const parent = z
  .strictObject({
    zone: domain.describe("Name of the parent zone, which exists."),
    engine: engine.optional().describe("Where the parent zone is. @default where the zone itself is"),
    aws: z.strictObject(awsAccount).optional().describe("AWS account of the parent zone. @default the zone's"),
    azure: z
      .strictObject({ ...azureAccount, resourceGroup: text.describe("Resource group of the parent zone.") })
      .optional()
      .describe("Azure subscription and resource group of the parent zone."),
  })
  .describe(
    "Zone that delegates to this one: its NS record is written by Terraform. @default none: give the name servers to the registrar",
  );

export const dns = z
  .strictObject({
    zone: domain.describe("The fleet's DNS zone. Clusters are <cluster>.<zone>, public names are <name>.<zone>."),
    engine: engine.default("route53").describe("Where the zone is: Route53 or Azure DNS."),
    existing: z.boolean().default(false).describe("The zone exists already; only records are made in it."),
    parent: parent.optional(),
    aws: z
      .strictObject(awsAccount)
      .optional()
      .describe("AWS account of a Route53 zone. @default defaults.aws's account and role"),
    azure: z
      .strictObject({
        ...azureAccount,
        resourceGroup: z
          .string()
          .optional()
          .describe("Resource group of an Azure zone. @default one made for it, named after the fleet"),
        location: text.default("westeurope").describe("Azure region that holds the resource group's metadata."),
      })
      .optional()
      .describe("Azure subscription of an Azure zone, and of Traffic Manager profiles. @default defaults.azure's"),
    ttlSeconds: z
      .int()
      .min(1)
      .max(86400)
      .default(60)
      .describe("TTL of the records of clusters, in seconds; at most 60 where health checks decide."),
    acceleratedRecovery: z
      .boolean()
      .default(false)
      .describe("Route53: keep record changes possible within 60 minutes when us-east-1 fails."),
    caa: z
      .array(text)
      .default([])
      .describe("Certificate authorities allowed for the zone, e.g. letsencrypt.org. @default no CAA record"),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe("Refuse, at plan, to destroy the zone. Apply `false` first, then destroy."),
    forceDestroy: z.boolean().default(false).describe("Route53: destroy the zone with records in it that Terraform didn't make."),
  })
  .describe("The DNS zone.");
export type Dns = z.output<typeof dns>;
