import type * as z from "zod";
import type { ChartValues } from "../catalog/chart-values";
import type { Cloud } from "../schema/common";

/** A chart that an add-on installs, pinned. */
export interface ChartPin {
  /** Name of the chart. */
  readonly chart: string;
  /** Name of its release, by which the lock file holds its version. @default - the chart's */
  readonly release?: string;
  /** Where it is served: https://… with an index.yaml, or oci://…, without the chart's name. */
  readonly repository: string;
  /** Exact version of the chart, as Chart.yaml says it (Terraform's helm provider takes no other). */
  readonly version: string;
  /** The pin before this one, which its values must fit too: fleets stay on it until they are upgraded. @default - there was none */
  readonly previous?: string;
  /** Version of what it installs. */
  readonly appVersion: string;
  /** Repository of the chart's source, and the tag of this version in it. */
  readonly source: { readonly repository: string; readonly tag: string };
  /** SPDX id of what it installs. */
  readonly licence: string;
  /** Day after which this line gets no more fixes, YYYY-MM-DD. @default - no announced day */
  readonly endOfLife?: string;
  /** What to take instead. @default - nothing has to take its place */
  readonly replacement?: string;
  /** What one must know before installing it. @default - nothing */
  readonly note?: string;
  /** How long a release may take to become ready, in seconds. */
  readonly timeoutSeconds: number;
}

/** What the fleet file may change of one chart. */
export interface ChartSettings {
  readonly version?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly timeoutSeconds?: number;
}

/** A chart of an add-on. `Addons` is what it reads of the cluster's block `addons`. */
export interface AddOnChart<Addons> {
  readonly pin: ChartPin;
  /** What its values may be; `npm run charts -- shapes` makes it. */
  readonly shape: ChartValues;
  /** What the fleet file says of it. @default - the fleet file changes nothing of it */
  settings?(addons: Addons): ChartSettings;
}

/** What an add-on's program asks of a cloud: rights are given for what the source of the pinned version calls, not for what its documentation lists. */
export interface AddOnCalls {
  /** The version whose source was read. Another version is read again. */
  readonly version: string;
  /** Repository of the source. */
  readonly source: string;
  /** Actions by what they are for, each with the place of its call: file:line. */
  readonly actions: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A line about an add-on, in Markdown. */
export interface AddOnAbout {
  readonly field: string;
  /** Whether it is on by default. */
  readonly on: string;
  readonly installs: string;
  readonly needs: string;
  /** What it may do outside its namespace, and in the cloud. */
  readonly may: string;
}

/** The data of an add-on. Its other half, what it makes on a cluster, is the file of the same name in constructs/priming/add-ons. */
export interface AddOn<Addons = never> {
  /** Its fields in the block `addons` of the fleet file. Add-ons that share a field name the same one. */
  readonly fields: Readonly<Record<string, z.ZodType>>;
  /** The same fields with other defaults, for a cluster that something else made: nothing is on there that isn't asked for. @default - `fields` */
  readonly onExisting?: Readonly<Record<string, z.ZodType>>;
  /** @default - it asks nothing of a cloud, or has a role that the cloud itself wrote */
  readonly calls?: AddOnCalls;
  /** Its lines in docs/add-ons.md. */
  readonly about: readonly AddOnAbout[];
  /** The charts that it installs, by their names. */
  readonly charts: Readonly<Record<string, AddOnChart<Addons>>>;
  /** Whether a cluster gets it. */
  wanted(addons: Addons, cloud: Cloud): boolean;
}

/** What fields of the fleet file come out as. */
export type Settings<Fields extends Readonly<Record<string, z.ZodType>>> = {
  readonly [K in keyof Fields]: z.output<Fields[K]>;
};
