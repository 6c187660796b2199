import * as z from "zod";
import fluentBitValues from "../catalog/data/chart-values/fluent-bit.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff, secretName } from "./fields";

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

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    output: logOutput.optional().describe("Where logs go. Needed where logging is enabled."),
  })
  .describe("Log shipping of all containers by fluent-bit.");

const fields = { logging: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** The logs of every container, to where the fleet file says. */
export const logging = {
  fields,
  calls: {
    version: "5.1.1",
    source: "https://github.com/fluent/fluent-bit",
    // with auto_create_group Off
    actions: {
      aws: {
        "logs:CreateLogStream": "plugins/out_cloudwatch_logs/cloudwatch_api.c:2054",
        "logs:PutLogEvents": "plugins/out_cloudwatch_logs/cloudwatch_api.c:2156",
      },
    },
  },
  about: [
    {
      field: "logging",
      on: "no",
      installs: "fluent-bit on every node",
      needs: "an `output`",
      may: "reads all containers' logs. Output `cloud` on EKS: write one CloudWatch log group",
    },
  ],
  charts: {
    "fluent-bit": {
      pin: {
        chart: "fluent-bit",
        repository: "https://fluent.github.io/helm-charts",
        version: "0.58.1",
        previous: "0.58.0",
        appVersion: "5.1.1",
        source: { repository: "https://github.com/fluent/helm-charts", tag: "fluent-bit-0.58.1" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: fluentBitValues,
      settings: ({ logging }: Reads) => logging,
    },
  },
  wanted: ({ logging }: Reads) => logging.enabled,
} satisfies AddOn;
