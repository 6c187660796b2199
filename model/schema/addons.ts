import * as z from "zod";
import { ADD_ONS } from "../add-ons";

type AddOnFields = (typeof ADD_ONS)[keyof typeof ADD_ONS]["fields"];
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Intersection) => void
  ? Intersection
  : never;

/** The fields of every add-on; where several share one, it is the same field. */
const fields = Object.assign({}, ...Object.values(ADD_ONS).map((addOn) => addOn.fields)) as All<AddOnFields>;

/** What is installed on a cluster before applications. */
export const addons = z
  .strictObject({
    ...fields,
    failedReleases: z
      .enum(["remove", "keep"])
      .default("remove")
      .describe(
        "remove takes a failed installation away and rolls a failed upgrade back; keep leaves it in the cluster to be looked at, and the next apply tries again.",
      ),
  })
  .describe("Add-ons of the cluster: what is installed before applications.");
export type Addons = z.output<typeof addons>;
