import * as z from "zod";
import { text } from "./common";

/**
 * Values of the project's own chart, charts/service: what an application gives that has an image and no chart of its own.
 * charts/service/values.schema.json is made from this, so that Helm refuses the same things.
 */

const secretKey = z
  .strictObject({
    secret: text.describe("Name of a Secret in the application's namespace."),
    key: text.describe("Key in it."),
  })
  .describe("A value that a Secret of the namespace holds.");

const cpu = z.string().regex(/^\d+(\.\d+)?m?$/, 'CPUs such as "100m" or "2"');
const memory = z.string().regex(/^\d+(\.\d+)?(Ki|Mi|Gi)$/, 'bytes such as "128Mi" or "1Gi"');
const seconds = (max: number) => z.int().min(1).max(max);

const job = z
  .strictObject({
    command: z.array(z.string()).min(1).describe("What runs, in the application's own image, with its environment."),
    timeoutSeconds: seconds(3600).default(300).describe("How long it may take, in seconds."),
  })
  .describe("A Job in the application's image.");

export const serviceValues = z
  .strictObject({
    replicas: z
      .int()
      .min(0)
      .max(200)
      .default(2)
      .describe("Pods. From two on they are spread over zones and nodes, and one at a time may be evicted."),
    port: z
      .int()
      .min(1024)
      .max(65535)
      .optional()
      .describe(
        "Port that the container listens on, by HTTP; 1024 or more, since it doesn't run as root. @default none: a worker, without Service, route and probes",
      ),
    command: z.array(z.string()).min(1).optional().describe("Entry point. @default the image's"),
    args: z.array(z.string()).optional().describe("Arguments. @default the image's"),
    env: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable"), z.string())
      .default({})
      .describe("Environment, by name. No secrets: name them under secretEnv."),
    secretEnv: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable"), secretKey)
      .default({})
      .describe("Environment whose values Secrets hold, by name."),
    secrets: z.array(text).default([]).describe("Secrets of the namespace, all of whose keys become environment."),
    secretFiles: z
      .record(z.string().regex(/^\/\S+$/, "a folder that starts with /"), z.string())
      .default({})
      .describe("Secrets of the namespace by the folder in which each of their keys is a file."),
    health: z
      .strictObject({
        path: z
          .string()
          .regex(/^\//, "a path that starts with /")
          .default("/")
          .describe("Path that answers 200 to 399 while the application can serve."),
        startSeconds: seconds(1800).default(300).describe("How long it may take to start, in seconds."),
      })
      .prefault({})
      .describe("How the pods' health is asked."),
    resources: z
      .strictObject({
        cpu: cpu.default("100m").describe("CPUs asked for. There is no limit: a limit throttles a pod while its node idles."),
        memory: memory.default("256Mi").describe("Memory asked for, and the limit: more than was asked for is a neighbour's."),
      })
      .prefault({})
      .describe("Resources of each pod."),
    autoscaling: z
      .strictObject({
        max: z.int().min(2).max(500).describe("Most pods; `replicas` is the fewest."),
        cpuPercent: z.int().min(10).max(95).default(70).describe("CPU, as a part of what is asked for, to which it scales."),
      })
      .optional()
      .describe("Scale by CPU. @default a fixed number of pods"),
    volume: z
      .strictObject({
        path: z.string().regex(/^\//, "a path that starts with /").describe("Where it is mounted."),
        size: z
          .string()
          .regex(/^\d+(Mi|Gi|Ti)$/, 'a size such as "8Gi"')
          .describe("Size."),
        shared: z
          .boolean()
          .default(false)
          .describe(
            "Whether several pods write it at once (ReadWriteMany); otherwise one pod has it, and is stopped before the next starts.",
          ),
        storageClass: z
          .string()
          .optional()
          .describe("Storage class. @default the cluster's default; `shared` where it is shared"),
      })
      .optional()
      .describe("A volume, kept when the release is removed. @default none"),
    writable: z
      .array(z.string().regex(/^\//, "a path that starts with /"))
      .default(["/tmp"])
      .describe("Folders that may be written, empty at each start; the rest of the image is read-only."),
    user: z
      .int()
      .min(1)
      .max(4294967295)
      .default(10001)
      .describe("User id that the container runs as, and its group; never root."),
    migrate: job.optional().describe("A Job before each new version: it must succeed, or the old version goes on. @default none"),
    annotations: z.record(z.string(), z.string()).default({}).describe("Annotations of the pods."),
    serviceAccountAnnotations: z
      .record(z.string(), z.string())
      .default({})
      .describe("Annotations of its ServiceAccount, by which a cloud knows it."),
    stopSeconds: seconds(600)
      .default(30)
      .describe("How long a pod may take to stop, in seconds; 5 of them wait for traffic to go elsewhere."),
  })
  .describe("Values of the project's own chart.");
export type ServiceValues = z.output<typeof serviceValues>;

/** What Meridian adds to a service's values for the cluster that it is installed on. */
export const placedValues = z.strictObject({
  image: z.strictObject({
    repository: z.string(),
    tag: z.string(),
    digest: text.optional(),
    pullSecrets: z.array(text).default([]),
  }),
  /** The ServiceAccount that has its rights. @default - the chart makes one without any */
  serviceAccount: text.optional(),
  /** Labels of its pods. @default - the chart's own alone */
  podLabels: z.record(z.string(), z.string()).optional(),
  hosts: z.array(text).default([]),
  route: z.enum(["traefik", "gateway"]).default("traefik"),
  smoke: z
    .strictObject({
      path: z.string(),
      host: z.string(),
      expect: z.int(),
      timeoutSeconds: z.int(),
      /** Service of the ingress controller, as `<service>.<namespace>`. */
      ingress: z.string(),
      /** Whether the ingress controller takes only connections that begin with PROXY's header. */
      proxyProtocol: z.boolean(),
      image: z.string(),
    })
    .optional(),
});
export type PlacedValues = z.output<typeof placedValues>;
