import * as z from "zod";
import { text } from "./common";

const quantity = z.string().regex(/^\d+(\.\d+)?(m|Ki|Mi|Gi|Ti)?$/, 'a quantity of Kubernetes, such as "4", "500m" or "8Gi"');

const access = <T extends z.ZodType<string>>(who: T, what: string, by: string) =>
  z
    .strictObject({
      developers: z.array(who).default([]).describe(`${what} who change what is in it, its Secrets included.`),
      viewers: z.array(who).default([]).describe(`${what} who look at it, but not at its Secrets.`),
    })
    .optional()
    .describe(`${by} @default nobody`);

/** A namespace that applications run in. One that no application names is not made. */
export const namespace = z
  .strictObject({
    existing: z
      .boolean()
      .default(false)
      .describe("It is there already, and something else owns it: only used, and the plan fails where it is missing."),
    podSecurity: z
      .enum(["privileged", "baseline", "restricted"])
      .default("baseline")
      .describe("Pod security standard that its pods must meet."),
    openTo: z
      .array(text)
      .default([])
      .describe(
        "Namespaces whose pods may reach its pods, besides its own, the ingress controller's and, where it is installed, Prometheus'.",
      ),
    quota: z
      .strictObject({
        cpu: quantity.optional().describe("CPUs that its pods may ask for together. @default no limit"),
        memory: quantity.optional().describe("Memory that its pods may ask for together. @default no limit"),
        storage: quantity.optional().describe("Size of its claims together. @default no limit"),
        pods: z.int().min(1).optional().describe("Pods. @default no limit"),
      })
      .optional()
      .describe("What all of it may take. @default no quota"),
    defaults: z
      .strictObject({
        cpu: quantity.optional().describe("CPUs that a container asks for. @default nothing is added"),
        memory: quantity.optional().describe("Memory that a container asks for and is limited to. @default nothing is added"),
      })
      .optional()
      .describe("What a container gets that says nothing of it. @default no limit range"),
    access: z
      .strictObject({
        aws: access(z.string().startsWith("arn:"), "ARNs of IAM roles or users", "On EKS, by access entries."),
        azure: access(
          z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "an object id, a UUID"),
          "Object ids of Entra groups",
          "On AKS, by roles on the namespace.",
        ),
        google: access(
          z
            .string()
            .regex(
              /^(user|group|serviceAccount):[\w.%+-]+@[\w.-]+$/,
              "a member such as group:shop@example.com or user:ann@example.com",
            ),
          "IAM members",
          "On GKE. Groups need google.securityGroup.",
        ),
        existing: access(z.string().min(1), "Groups, as the cluster knows them,", "On existing clusters."),
      })
      .prefault({})
      .describe("People who get at it, by their identity in each cloud, besides those who administer the cluster."),
  })
  .describe("A namespace of applications.");
export type Namespace = z.output<typeof namespace>;

export const namespaces = z
  .record(
    z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "at most 63 lower-case letters, digits and hyphens"),
    namespace,
  )
  .default({})
  .describe("Namespaces that `apps` run in, by name; one that isn't here has the defaults.");
