import { z } from "zod";

/** What is installed on a cluster before applications. */
export const addons = z.strictObject({}).describe("Add-ons of the cluster.");
export type Addons = z.output<typeof addons>;
