import * as z from "zod";
import graylogValues from "../catalog/data/chart-values/graylog.json";
import mongodbValues from "../catalog/data/chart-values/mongodb.json";
import opensearchValues from "../catalog/data/chart-values/opensearch.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff, secretName } from "./fields";

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    secret: secretName
      .default("graylog")
      .describe(
        "Secret in namespace graylog with the keys `graylog-password-secret` (64 random characters), `graylog-password-sha2` (SHA-256 of the password of admin) and `mongodb-uri`. A second one, its name with -mongodb, has MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD. With externalSecrets both come from the cloud's store, as `<prefix>-<name>`; otherwise make them by hand while the first apply waits.",
      ),
    host: z.string().optional().describe("Host of its Ingress. @default graylog.<cluster>.<zone>"),
    storageGiB: z.int().min(5).max(16384).default(50).describe("Size of OpenSearch's disk in GiB."),
    opensearch: z
      .strictObject({ ...chartFields })
      .prefault({})
      .describe("The OpenSearch that keeps the messages."),
    mongodb: z
      .strictObject({ ...chartFields })
      .prefault({})
      .describe("The MongoDB that keeps the settings."),
  })
  .describe("Graylog with OpenSearch and MongoDB in the cluster. Takes GELF on port 12201.");
const fields = { graylog: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** Graylog, with an OpenSearch for the messages and a MongoDB for the settings that nothing else can reach. */
export const graylog = {
  fields,
  about: [
    {
      field: "graylog",
      on: "no",
      installs: "Graylog, OpenSearch (one node), MongoDB",
      needs: "secrets `graylog` and `graylog-mongodb`, 4 GiB of memory",
      may: "none",
    },
  ],
  charts: {
    graylog: {
      pin: {
        chart: "graylog",
        repository: "https://charts.kong-z.com",
        version: "3.0.29",
        previous: "3.0.28",
        appVersion: "7.1.8",
        source: { repository: "https://github.com/KongZ/charts", tag: "graylog-3.0.29" },
        licence: "SSPL-1.0",
        timeoutSeconds: 1200,
      },
      shape: graylogValues,
      settings: ({ graylog }: Reads) => graylog,
    },
    opensearch: {
      pin: {
        chart: "opensearch",
        repository: "https://opensearch-project.github.io/helm-charts/",
        version: "2.37.0",
        previous: "2.36.0",
        appVersion: "2.19.5",
        source: { repository: "https://github.com/opensearch-project/helm-charts", tag: "opensearch-2.37.0" },
        licence: "Apache-2.0",
        note: "the line that the chart of Graylog was made with",
        timeoutSeconds: 1200,
      },
      shape: opensearchValues,
      settings: ({ graylog }: Reads) => graylog.opensearch,
    },
    mongodb: {
      pin: {
        chart: "mongodb",
        repository: "https://groundhog2k.github.io/helm-charts/",
        version: "0.7.12",
        previous: "0.7.11",
        appVersion: "8.3.4",
        source: { repository: "https://github.com/groundhog2k/helm-charts", tag: "mongodb-0.7.12" },
        licence: "SSPL-1.0",
        timeoutSeconds: 900,
      },
      shape: mongodbValues,
      settings: ({ graylog }: Reads) => graylog.mongodb,
    },
  },
  wanted: ({ graylog }: Reads) => graylog.enabled,
} satisfies AddOn;
