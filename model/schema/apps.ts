import * as z from "zod";
import { EXACT_VERSION, rawObject } from "./common";

/** An application, by its Helm chart. */
export const app = z
  .strictObject({
    chart: z
      .string()
      .regex(/^[A-Za-z0-9][\w./-]*$/, "the name of a chart: letters, digits, dots, hyphens and underscores")
      .describe("Name of the chart."),
    repository: z.string().describe("URL of its repository: https:// or oci://."),
    version: z
      .string()
      .regex(EXACT_VERSION, "an exact chart version such as 1.2.3, no range")
      .describe("Exact version of the chart."),
    namespace: z.string().optional().describe("Namespace. @default the application's name"),
    values: rawObject.default({}).describe("Values of the chart. No secrets: refer to them by name."),
    clusters: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Clusters that it runs on. @default every cluster; a retired one keeps it until its stacks are destroyed"),
    timeoutSeconds: z.int().min(60).max(3600).default(600).describe("How long a release may take to become ready."),
  })
  .describe("An application.");
export type App = z.output<typeof app>;
