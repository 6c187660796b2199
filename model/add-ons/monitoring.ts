import * as z from "zod";
import kubePrometheusStackValues from "../catalog/data/chart-values/kube-prometheus-stack.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    retentionDays: z.int().min(1).max(400).default(15).describe("How long metrics are kept, in days."),
    storageGiB: z.int().min(5).max(16384).default(50).describe("Size of Prometheus's disk in GiB."),
  })
  .describe("kube-prometheus-stack: Prometheus, Alertmanager, Grafana.");

const fields = { monitoring: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** Prometheus, Alertmanager and Grafana. */
export const monitoring = {
  fields,
  about: [
    {
      field: "monitoring",
      on: "no",
      installs: "kube-prometheus-stack: Prometheus, Alertmanager, Grafana",
      needs: "secret `grafana-admin`",
      may: "reads everything but secrets' contents; node-exporter sees the nodes",
    },
  ],
  charts: {
    "kube-prometheus-stack": {
      pin: {
        chart: "kube-prometheus-stack",
        repository: "oci://ghcr.io/prometheus-community/charts",
        version: "88.5.3",
        previous: "88.5.2",
        appVersion: "v0.93.1",
        source: { repository: "https://github.com/prometheus-community/helm-charts", tag: "kube-prometheus-stack-88.5.3" },
        licence: "Apache-2.0",
        note: "installs Grafana, which is AGPL-3.0",
        timeoutSeconds: 1200,
      },
      shape: kubePrometheusStackValues,
      settings: ({ monitoring }: Reads) => monitoring,
    },
  },
  wanted: ({ monitoring }: Reads) => monitoring.enabled,
} satisfies AddOn;
