import { z } from "zod";

/** Public names and the rules by which they lead to clusters. */
export const names = z.record(z.string(), z.strictObject({})).describe("Public names.");
export type Names = z.output<typeof names>;
