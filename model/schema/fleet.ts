import * as z from "zod";
import { app } from "./apps";
import { backupStore } from "./backups";
import { charts } from "./charts";
import { type Cluster, cluster, defaultableFields } from "./cluster";
import { key, tags, text } from "./common";
import { database } from "./databases";
import { dns } from "./dns";
import { namespaces } from "./namespaces";
import { registry } from "./registries";
import { names } from "./routing";
import { state } from "./state";

/** The fleet file. `defaults` is merged under every cluster before the cluster is read: maps by key, lists replace, null removes. */
export const fleetFile = z
  .strictObject({
    fleet: z
      .string()
      .regex(
        /^[a-z][a-z0-9]*$/,
        "a fleet name is lower-case letters and digits, starting with a letter (no hyphen: stack ids start with it)",
      )
      .max(16, "a fleet name has at most 16 characters, so that every name made from it fits each cloud's limits")
      .describe(
        "Name of the fleet. Every stack, state and shared name starts with it; a file that extends another has one of its own.",
      ),
    extends: z
      .string()
      .optional()
      .describe(
        "Another fleet file, by its path from this one, that this one is laid over: maps by key, lists replace, null removes; `fleet` is never inherited. @default none",
      ),
    dns,
    state: state.default({ backend: "local" }),
    tags: tags.default({}).describe("Tags on everything that takes them, besides fleet and cluster."),
    defaults: z
      .strictObject(defaultableFields)
      .partial()
      .default({})
      .describe("Fields of every cluster that doesn't say otherwise."),
    clusters: z.record(key("cluster name", 20), cluster).describe("Clusters by name."),
    databases: z
      .record(key("database name", 20), database)
      .default({})
      .describe("Managed databases by name. They know no cluster; clusters attach themselves."),
    registries: z
      .record(key("registry name", 20), registry)
      .default({})
      .describe("Registries of container images by name. They know no cluster; clusters get rights on them."),
    backups: z
      .record(key("store name", 20), backupStore)
      .default({})
      .describe("Stores of backups by name, which outlive every cluster; `addons.backup` of a cluster uses one."),
    charts: charts.prefault({}),
    apps: z.record(key("application name", 40), app).default({}).describe("Applications by name."),
    namespaces,
    names: names.default({}),
    waves: z
      .record(key("wave name", 20), z.array(text).min(1))
      .default({})
      .describe(
        "Groups of clusters by name, in the order in which `upgrade --wave` moves their versions: those first whose failure hurts least.",
      ),
    drain: z
      .array(text)
      .default([])
      .describe("Clusters that public names shall not lead to for now; nothing else about them changes."),
    allow: z
      .record(z.string(), z.string().regex(/\S/, "say why"))
      .default({})
      .describe(
        "Texts that synth takes for secrets and that are none: the path that its message begins with, and why. @default none",
      ),
    destroyedStacks: z
      .array(text)
      .default([])
      .describe(
        "Stacks that the committed lock has, that this file leaves nothing in, and that were destroyed: so they may go; `npm run teardown` writes them. Needed once.",
      ),
    imports: z
      .record(z.string(), z.record(z.string(), z.string().min(1)))
      .default({})
      .describe(
        "What exists already and this fleet takes over instead of making it: by stack, addresses of its synthesized JSON with the ids by which their provider imports them. `shop-global: { aws_route53_zone.zone_6E295601: Z0123456789ABC }` takes over a zone. Take it out once it is applied.",
      ),
    acceptChanges: z
      .array(text)
      .default([])
      .describe(
        "Changes that are refused and wanted all the same, each exactly as the refusal prints it, e.g. clusters.toronto.kubernetes: 1.36 → 1.35. Take it out once the change is committed.",
      ),
  })
  .describe("A fleet of Kubernetes clusters and the public names in front of them.");

type FleetFile = z.output<typeof fleetFile>;

/** A fleet after defaults were merged and every rule holds. The clusters are in the order of the file. */
export interface Fleet extends Omit<FleetFile, "fleet" | "extends" | "clusters" | "defaults"> {
  readonly name: string;
  readonly clusters: readonly Cluster[];
  /** The versions that the lock file holds for what the file leaves open, by cluster. @default - no lock file */
  readonly pins?: Pins;
  /** Fields of add-ons that the file switches off in words, by existing cluster: nothing there goes by a default alone. @default - none */
  readonly declined?: Readonly<Record<string, readonly string[]>>;
  /** Folder of the fleet file, as its reader names it. @default - read from a text: the working folder */
  readonly folder?: string;
}

/** Versions of one cluster. */
export interface ClusterPins {
  /** Kubernetes minor version of the control plane. */
  readonly kubernetes?: string;
  /** Versions of charts, by the name of the release. */
  readonly charts: Readonly<Record<string, string>>;
  /** Kubernetes minor versions of node pools, by name; AKS's own is `system`. */
  readonly pools: Readonly<Record<string, string>>;
  /** Releases of the nodes' images on EKS, by pool. */
  readonly images: Readonly<Record<string, string>>;
  /** Versions of the add-ons that EKS installs, by EKS's own name of them. */
  readonly eksAddons: Readonly<Record<string, string>>;
}
export type Pins = Readonly<Record<string, ClusterPins>>;
