import { CHARTS } from "./charts";
import type { ChartName } from "./index";

/** Definitions of custom resources that a local chart of charts/definitions holds, so that a plan updates them. */
export interface DefinitionSet {
  /** Version of the local chart: that of where they come from, without a leading v. */
  readonly version: string;
  /** Where they come from. */
  readonly source: { readonly repository: string; readonly tag: string };
  /** Name of the folder of unpacked sources: a chart's, or the repository's. */
  readonly unpacked: string;
  /** Where they are in it. */
  readonly folder: string;
  /** File names start so. @default - all of the folder */
  readonly prefix?: string;
}

/**
 * What Helm would install once and never update (a chart's `crds/`), or can't install at all: with Gateway API's or
 * Envoy's files in it a chart's release record is larger than the 1 MiB that a Secret may have
 * (traefik/traefik-helm-chart#1669). cert-manager's and external-secrets' are templates of their charts already.
 */
export const DEFINITIONS = {
  "gateway-api": {
    version: "1.6.1",
    source: { repository: "https://github.com/kubernetes-sigs/gateway-api", tag: "v1.6.1" },
    unpacked: "gateway-api",
    // the channel without alpha kinds and fields, which what is installed here doesn't need
    folder: "config/crd/standard",
  },
  "envoy-gateway": ofChart("gateway-helm", "charts/crds/crds/generated"),
  // the others are of a product that is not installed
  traefik: { ...ofChart("traefik", "crds"), prefix: "traefik.io_" },
  "prometheus-operator": ofChart("kube-prometheus-stack", "charts/crds/crds"),
  "external-dns": ofChart("external-dns", "crds"),
  velero: ofChart("velero", "crds"),
} as const satisfies Readonly<Record<string, DefinitionSet>>;

export type DefinitionSetName = keyof typeof DEFINITIONS;

function ofChart(chart: ChartName, folder: string): DefinitionSet {
  const { version, source } = CHARTS[chart];
  return { version: version.replace(/^v/, ""), source, unpacked: chart, folder };
}
