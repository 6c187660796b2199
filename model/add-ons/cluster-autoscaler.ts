import * as z from "zod";
import clusterAutoscalerValues from "../catalog/data/chart-values/cluster-autoscaler.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

/**
 * Images of cluster-autoscaler by Kubernetes minor, which they follow; the chart's own is one behind (tags of
 * kubernetes/autoscaler by 22 August 2026).
 */
export const CLUSTER_AUTOSCALER_IMAGES: Readonly<Record<string, string>> & { readonly newest: string } = {
  "1.33": "v1.33.6",
  "1.34": "v1.34.5",
  "1.35": "v1.35.2",
  "1.36": "v1.36.1",
  newest: "v1.36.1",
};

const fields = {
  clusterAutoscaler: z
    .strictObject({ ...onOff(true), ...chartFields })
    .prefault({})
    .describe("cluster-autoscaler. EKS only: AKS and GKE have their own."),
};
type Reads = Settings<typeof fields>;

/** Sizes EKS's node groups. AKS and GKE do it themselves. */
export const clusterAutoscaler = {
  fields,
  about: [
    {
      field: "clusterAutoscaler",
      on: "yes, EKS only",
      installs: "cluster-autoscaler in the version of the cluster",
      needs: "–",
      may: "AWS: look at all scaling groups, size and shrink those tagged as this cluster's",
    },
  ],
  charts: {
    "cluster-autoscaler": {
      pin: {
        chart: "cluster-autoscaler",
        repository: "https://kubernetes.github.io/autoscaler",
        version: "9.59.0",
        appVersion: "1.35.0",
        source: { repository: "https://github.com/kubernetes/autoscaler", tag: "cluster-autoscaler-chart-9.59.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: clusterAutoscalerValues,
      settings: ({ clusterAutoscaler }: Reads) => clusterAutoscaler,
    },
  },
  wanted: ({ clusterAutoscaler }: Reads, cloud: Cloud) => cloud === "aws" && clusterAutoscaler.enabled,
} satisfies AddOn;
