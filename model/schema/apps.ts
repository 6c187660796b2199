import * as z from "zod";
import { EXACT_VERSION, key, rawObject, text } from "./common";
import { rights } from "./rights";

/** A tag that a registry takes, or the word for a variable. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** What an image's name is made of, in the fields that take them. */
function imageFields(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  const [, repository, tag, digest] = /^([^@]+?)(?::([^:/@]+))?(?:@(.+))?$/.exec(input) ?? [];
  if (repository === undefined) return undefined;
  return `repository: ${repository}, tag: ${tag === undefined ? "…" : `"${tag}"`}${digest === undefined ? "" : `, digest: "${digest}"`}`;
}

const REPOSITORY = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/;

const imageShape = {
  registry: z
    .string()
    .optional()
    .describe(
      "Key of the registry under `registries`; each cluster pulls from the nearest of its replicas. @default `repository` says it",
    ),
  repository: z
    .string()
    .regex(REPOSITORY, {
      error: ({ input }) => {
        const fields = /[^/]:[^/]*$|@/.test(String(input)) ? imageFields(input) : undefined;
        return fields === undefined
          ? "registry and path, without a tag: ghcr.io/team/shop; with `registry` the path alone: shop"
          : `a tag and a digest have fields of their own: write ${fields}`;
      },
    })
    .describe("Registry and path of the image, without its tag; with `registry` the path in it."),
  tag: z
    .string()
    .regex(TAG, "a tag: letters, digits, '_', '.' and '-', 128 at most; a digest stands under `digest`")
    .describe(
      "Tag, or `variable`: a Terraform variable `image_tag` without default, in a stack of the application's own, so that a pipeline can release it without this file.",
    ),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits")
    .optional()
    .describe("Digest, which wins over the tag; only without a chart. @default the tag says which"),
  at: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, "keys joined by dots: image, or deployment.image")
    .default("image")
    .describe("Where the chart's values take `repository` and `tag`: keys joined by dots. Only with a chart."),
  pullSecretsAt: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, "keys joined by dots: imagePullSecrets")
    .default("imagePullSecrets")
    .describe(
      "Where the chart's values take the Secret that `registry` is pulled with, as a list of `{name}`, where a cluster needs one. Only with a chart and `registry`.",
    ),
  pullSecrets: z.array(text).default([]).describe("Secrets of the namespace that the registry asks for; only without a chart."),
};

export const appImage = z
  .strictObject(imageShape, {
    error: ({ code, input }) => {
      const fields = code === "invalid_type" ? imageFields(input) : undefined;
      return fields === undefined ? undefined : `an image is a map: write { ${fields} }`;
    },
  })
  .describe("The application's image.");
export type AppImage = z.output<typeof appImage>;

const smoke = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/\S*$/, "a path that starts with /")
      .default("/")
      .describe("Path that is asked for."),
    host: z
      .string()
      .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, "a host alone, such as www.example.com; without it each cluster's own is asked")
      .optional()
      .describe("Host that is asked. @default <app>.<cluster>.<zone>"),
    expect: z.int().min(100).max(599).default(200).describe("Status of the answer."),
    timeoutSeconds: z.int().min(30).max(900).default(180).describe("How long it may take to answer so, in seconds."),
  })
  .describe(
    "After each release, ask the application through its own ingress by its own host. Another answer takes the release back (without a chart), or fails the apply (with one).",
  );

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable: MONGODB_URI");

/** Fields of a database's entry (docs/databases.md). */
export const ENTRY_FIELDS = ["uri", "host", "port", "database", "username", "password", "region", "options"] as const;

const use = z
  .strictObject({
    database: text.optional().describe("The database server, by its key under `databases`. Either this or `server`."),
    server: text
      .optional()
      .describe(
        "The PostgreSQL server of each cluster that the application runs on, by its key under `servers` there. @default `database` says which",
      ),
    name: text.optional().describe("Database on it. @default the only one that it has"),
    read: z
      .enum(["primary", "local"])
      .default("primary")
      .describe(
        "Which server: the `primary`, or, for what only reads, the one that is nearest to the cluster, be it the primary or a replica.",
      ),
    login: z
      .enum(["password", "identity"])
      .default("password")
      .describe(
        "How it logs in: with the database's own login and its password, or, on AWS, on Google Cloud and with PostgreSQL on Azure, as what it is: with a token that it asks for by its ServiceAccount `<app>-identity` when it connects. Its Secret then has no password.",
      ),
    as: z
      .union(
        [
          variable,
          z
            .record(variable, z.enum(ENTRY_FIELDS))
            .refine((map) => Object.keys(map).length > 0, "no variable stands there: { PGHOST: host }, or leave it out"),
        ],
        "the name of an environment variable, which gets the uri: MONGODB_URI; or a map of such names: { PGHOST: host }",
      )
      .optional()
      .describe(
        "Environment variable that gets the `uri`, or variables with the fields that they get. Only without a chart. @default none",
      ),
    mount: z
      .string()
      .regex(/^\/\S+$/, "a folder that starts with /")
      .optional()
      .describe("Folder in which each field is a file. Only without a chart. @default none"),
  })
  .describe("A database that the application logs in to, as itself. A chart gets the name of the Secret by {secret:<key>}.");
export type Use = z.output<typeof use>;

/** An application: a Helm chart, or an image alone. */
export const app = z
  .strictObject({
    image: appImage.optional(),
    chart: z
      .string()
      .regex(
        /^(\.\.?\/)?[A-Za-z0-9][\w./-]*$/,
        "the name of a chart: letters, digits, dots, hyphens and underscores, its address under `repository`; or a folder that begins with ./",
      )
      .optional()
      .describe(
        "Name of the chart, or a folder beside the fleet file that holds one: ./charts/shop. @default none: the project's own chart, from `image` alone",
      ),
    repository: text.optional().describe("URL of the chart's repository: https:// or oci://. None for a folder."),
    version: z
      .string()
      .regex(EXACT_VERSION, "an exact chart version such as 1.2.3, no range")
      .optional()
      .describe("Exact version of the chart. None for a folder."),
    namespace: text.optional().describe("Namespace. @default the application's name"),
    values: rawObject
      .default({})
      .describe(
        "Values of the chart, or of the project's own (docs/apps.md). {cluster}, {region}, {cloud} and {host} are filled in; a list item {hosts} becomes one for each host. No secrets: refer to them by name.",
      ),
    perCluster: z
      .record(
        z.string(),
        z.strictObject({ values: rawObject.default({}).describe("Laid over `values`: maps by key, lists replace.") }),
      )
      .default({})
      .describe("What differs on one cluster, by its name."),
    clusters: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Clusters that it runs on: names, `cloud:aws`, `label:key=value`, or `database:tweets` for those in the region where that database is written; any of them. @default every cluster; a retired one keeps it until its stacks are destroyed",
      ),
    uses: z
      .record(key("name of a use", 20), use)
      .default({})
      .describe("Databases that it uses, by names of its own: what they are called in {secret:…}."),
    secrets: z
      .array(
        z
          .string()
          .regex(
            /^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/,
            "at most 80 lower-case letters, digits and hyphens, as every store takes them",
          ),
      )
      .default([])
      .describe(
        "Entries `<prefix>-<name>` of the secret store of the cluster's cloud, JSON objects: each becomes a Secret of that name in the namespace, before the application. Without a chart their keys become environment, unless `values` name the Secret.",
      ),
    rights: rights.optional(),
    colours: z
      .record(key("colour", 12), z.int().min(0).max(1000))
      .optional()
      .describe(
        "Versions beside each other, by name, and the weight of each: a release and a tag variable for every colour, and a stack of routes, `F-<cluster>-app-<app>-routes`, that shares the requests out. Only without a chart. @default one version",
      ),
    after: z.array(text).default([]).describe("Applications that must be ready on the cluster before this one."),
    smoke: smoke.optional(),
    failed: z
      .enum(["remove", "keep"])
      .default("remove")
      .describe("A release that fails: take it back, or leave it for somebody to look at."),
    timeoutSeconds: z.int().min(60).max(3600).default(600).describe("How long a release may take to become ready."),
  })
  .describe("An application.");
export type App = z.output<typeof app>;
