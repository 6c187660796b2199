import * as z from "zod";
import metricsServerValues from "../catalog/data/chart-values/metrics-server.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const fields = {
  metricsServer: z
    .strictObject({ ...onOff(true), ...chartFields })
    .prefault({})
    .describe("metrics-server. EKS only: AKS and GKE have their own."),
};
type Reads = Settings<typeof fields>;

/** Node and pod metrics. On AKS and GKE they are the cloud's. */
export const metricsServer = {
  fields,
  about: [
    {
      field: "metricsServer",
      on: "yes, EKS only",
      installs: "metrics-server",
      needs: "–",
      may: "reads metrics of all nodes",
    },
  ],
  charts: {
    "metrics-server": {
      pin: {
        chart: "metrics-server",
        repository: "https://kubernetes-sigs.github.io/metrics-server/",
        version: "3.13.1",
        previous: "3.13.0",
        appVersion: "0.8.1",
        source: { repository: "https://github.com/kubernetes-sigs/metrics-server", tag: "metrics-server-helm-chart-3.13.1" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: metricsServerValues,
      settings: ({ metricsServer }: Reads) => metricsServer,
    },
  },
  wanted: ({ metricsServer }: Reads, cloud: Cloud) => cloud === "aws" && metricsServer.enabled,
} satisfies AddOn;
