import * as z from "zod";
import { addOn, onOff, secretName } from "./addons-common";

const port = (otherwise: number) => z.int().min(1).max(65535).default(otherwise).describe("Port.");

/** Where logs go. */
export const logOutput = z
  .discriminatedUnion("to", [
    z.strictObject({ to: z.literal("graylog").describe("The Graylog of the same cluster (add-on graylog), by GELF.") }),
    z.strictObject({
      to: z.literal("gelf").describe("A GELF input, such as a Graylog elsewhere."),
      host: z.string().describe("Its host."),
      port: port(12201),
      mode: z.enum(["tcp", "udp", "tls"]).default("tcp").describe("Transport."),
    }),
    z.strictObject({
      to: z.enum(["elasticsearch", "opensearch"]).describe("Elasticsearch or OpenSearch."),
      host: z.string().describe("Its host."),
      port: port(9200),
      tls: z.boolean().default(true).describe("Speak TLS and check the certificate."),
      index: z.string().default("kubernetes").describe("Index, or prefix of the daily ones."),
      credentialsSecret: secretName
        .optional()
        .describe("Secret in namespace logging with the keys `username` and `password`. @default no login"),
    }),
    z.strictObject({
      to: z
        .literal("cloud")
        .describe(
          "EKS: CloudWatch Logs, by an IAM role. GKE sends its logs to Cloud Logging by itself, and AKS has Container Insights.",
        ),
      retentionDays: z.int().min(1).max(3653).default(30).describe("How long the log group keeps them, in days."),
    }),
  ])
  .describe("Where logs go.");
export type LogOutput = z.output<typeof logOutput>;

export const logging = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    output: logOutput.optional().describe("Where logs go. Needed where logging is enabled."),
  })
  .describe("Log shipping of all containers by fluent-bit.");

export const graylog = z
  .strictObject({
    ...onOff(false),
    ...addOn,
    secret: secretName
      .default("graylog")
      .describe(
        "Secret in namespace graylog with the keys `graylog-password-secret` (64 random characters), `graylog-password-sha2` (SHA-256 of the password of admin) and `mongodb-uri`. A second one, its name with -mongodb, has MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD. With externalSecrets both come from the cloud's store, as `<prefix>-<name>`; otherwise make them by hand while the first apply waits.",
      ),
    host: z.string().optional().describe("Host of its Ingress. @default graylog.<cluster>.<zone>"),
    storageGiB: z.int().min(5).max(16384).default(50).describe("Size of OpenSearch's disk in GiB."),
    opensearch: z
      .strictObject({ ...addOn })
      .prefault({})
      .describe("The OpenSearch that keeps the messages."),
    mongodb: z
      .strictObject({ ...addOn })
      .prefault({})
      .describe("The MongoDB that keeps the settings."),
  })
  .describe("Graylog with OpenSearch and MongoDB in the cluster. Takes GELF on port 12201.");
