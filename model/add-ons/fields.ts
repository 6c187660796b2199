import * as z from "zod";
import { EXACT_VERSION, rawObject } from "../schema/common";

/** Fields of everything that one Helm chart installs. */
export const chartFields = {
  version: z
    .string()
    .regex(EXACT_VERSION, "an exact chart version such as 1.2.3")
    .optional()
    .describe("Exact version of the chart, to try one on a cluster first. @default the catalogue's"),
  values: rawObject
    .default({})
    .describe("Values of the chart, merged over Meridian's: maps by key, lists replace, null removes. No secrets."),
  timeoutSeconds: z
    .int()
    .min(60)
    .max(3600)
    .optional()
    .describe("How long the release may take to become ready, in seconds. @default what the catalogue says for the chart"),
};

/** The switch of an add-on. */
export const onOff = (on: boolean) => ({ enabled: z.boolean().default(on).describe("Whether it is installed.") });

/** A secret of the cluster that holds what must not be in a fleet file. */
export const secretName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "the name of a Kubernetes secret")
  .max(253);
