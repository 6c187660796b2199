import * as z from "zod";
import { rawObject } from "./common";

/** An application, by its Helm chart. */
export const app = z
  .strictObject({
    chart: z.string().describe("Name of the chart."),
    repository: z.string().describe("URL of its repository: https:// or oci://."),
    version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+/, "an exact chart version such as 1.2.3")
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
