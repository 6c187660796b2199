import * as z from "zod";
import { ADD_ONS } from "../add-ons";
import type { AddOn } from "../add-ons/add-on";

type AddOnFields = (typeof ADD_ONS)[keyof typeof ADD_ONS]["fields"];
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Intersection) => void
  ? Intersection
  : never;

/** The fields of every add-on; where several share one, it is the same field. */
const fields = Object.assign({}, ...Object.values(ADD_ONS).map((addOn) => addOn.fields)) as All<AddOnFields>;

/** The same fields on a cluster that something else made. */
const onExisting: typeof fields = Object.assign({}, fields, ...Object.values<AddOn>(ADD_ONS).map((addOn) => addOn.onExisting));

const block = (all: typeof fields) =>
  z
    .strictObject({
      ...all,
      failedReleases: z
        .enum(["remove", "keep"])
        .default("remove")
        .describe(
          "remove takes a failed installation away and rolls a failed upgrade back; keep leaves it in the cluster to be looked at, and the next apply tries again.",
        ),
    })
    .describe("Add-ons of the cluster: what is installed before applications.");

/** What is installed on a cluster before applications. */
export const addons = block(fields);
export type Addons = z.output<typeof addons>;

/** The same on a cluster that something else made, where nothing is installed and nothing refused that isn't asked for. */
export const existingAddons = block(onExisting);
