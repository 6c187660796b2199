import * as z from "zod";
import { text } from "./common";

/** Where Helm charts come from, and which retired ones are taken all the same. */
export const charts = z
  .strictObject({
    source: z
      .enum(["repositories", "vendored", "mirror"])
      .default("repositories")
      .describe(
        "repositories: each chart's own, asked at every plan, apply and destroy. vendored: the archives that `npm run charts -- vendor` put into the folder charts beside the fleet file, copied into the output, no network at all. mirror: an OCI registry of yours.",
      ),
    mirror: z
      .string()
      .regex(/^oci:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[\w.-]+)*$/, "oci://host/path, without a slash at the end")
      .optional()
      .describe("OCI registry that has every chart by its own name and version. Needed with source mirror."),
    acceptRetired: z
      .array(text)
      .default([])
      .describe("Charts that get no more fixes and are wanted all the same, by name. @default none: they are refused"),
  })
  .describe("Helm charts of add-ons and applications.");
export type Charts = z.output<typeof charts>;
