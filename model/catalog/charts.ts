/** A chart that an add-on installs, pinned. */
export interface ChartPin {
  /** Name of the chart. */
  readonly chart: string;
  /** Where it is served: https://… with an index.yaml, or oci://…, without the chart's name. */
  readonly repository: string;
  /** Exact version of the chart, as Chart.yaml says it (Terraform's helm provider takes no other). */
  readonly version: string;
  /** Version of what it installs. */
  readonly appVersion: string;
  /** Repository of the chart's source, and the tag of this version in it. */
  readonly source: { readonly repository: string; readonly tag: string };
  /** SPDX id of what it installs. */
  readonly licence: string;
  /** Day after which this line gets no more fixes, YYYY-MM-DD. @default - no announced day */
  readonly endOfLife?: string;
  /** What to take instead. @default - nothing has to take its place */
  readonly replacement?: string;
  /** What one must know before installing it. @default - nothing */
  readonly note?: string;
  /** How long a release may take to become ready, in seconds. */
  readonly timeoutSeconds: number;
}

const pin = (chart: ChartPin) => chart;

/**
 * The charts of the add-ons. Versions: newest in each project's repository by 22 August 2026; licences: LICENSE there.
 * `npm run charts` compares them with what is newest today.
 */
export const CHARTS = {
  traefik: pin({
    chart: "traefik",
    repository: "https://traefik.github.io/charts",
    version: "41.3.0",
    appVersion: "v3.7.11",
    source: { repository: "https://github.com/traefik/traefik-helm-chart", tag: "v41.3.0" },
    licence: "MIT",
    timeoutSeconds: 600,
  }),
  "gateway-helm": pin({
    chart: "gateway-helm",
    repository: "oci://docker.io/envoyproxy",
    version: "v1.9.0",
    appVersion: "v1.9.0",
    source: { repository: "https://github.com/envoyproxy/gateway", tag: "v1.9.0" },
    licence: "Apache-2.0",
    timeoutSeconds: 600,
  }),
  "traefik-crds": pin({
    chart: "traefik-crds",
    repository: "https://traefik.github.io/charts",
    version: "1.18.0",
    appVersion: "gateway-api standard",
    source: { repository: "https://github.com/traefik/traefik-helm-chart", tag: "crds_v1.18.0" },
    licence: "MIT",
    note: "last of its line; for Gateway API's definitions alone: Envoy Gateway's chart of them does not fit a Helm release",
    timeoutSeconds: 300,
  }),
  "cert-manager": pin({
    chart: "cert-manager",
    repository: "oci://quay.io/jetstack/charts",
    version: "v1.21.1",
    appVersion: "v1.21.1",
    source: { repository: "https://github.com/cert-manager/cert-manager", tag: "v1.21.1" },
    licence: "Apache-2.0",
    timeoutSeconds: 600,
  }),
  "external-dns": pin({
    chart: "external-dns",
    repository: "https://kubernetes-sigs.github.io/external-dns/",
    version: "1.21.1",
    appVersion: "0.21.0",
    source: { repository: "https://github.com/kubernetes-sigs/external-dns", tag: "external-dns-helm-chart-1.21.1" },
    licence: "Apache-2.0",
    timeoutSeconds: 300,
  }),
  "external-secrets": pin({
    chart: "external-secrets",
    repository: "https://charts.external-secrets.io",
    version: "2.9.0",
    appVersion: "v2.9.0",
    source: { repository: "https://github.com/external-secrets/external-secrets", tag: "helm-chart-2.9.0" },
    licence: "Apache-2.0",
    timeoutSeconds: 600,
  }),
  "metrics-server": pin({
    chart: "metrics-server",
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    version: "3.13.1",
    appVersion: "0.8.1",
    source: { repository: "https://github.com/kubernetes-sigs/metrics-server", tag: "metrics-server-helm-chart-3.13.1" },
    licence: "Apache-2.0",
    timeoutSeconds: 300,
  }),
  "cluster-autoscaler": pin({
    chart: "cluster-autoscaler",
    repository: "https://kubernetes.github.io/autoscaler",
    version: "9.59.0",
    appVersion: "1.35.0",
    source: { repository: "https://github.com/kubernetes/autoscaler", tag: "cluster-autoscaler-chart-9.59.0" },
    licence: "Apache-2.0",
    timeoutSeconds: 300,
  }),
  "kube-prometheus-stack": pin({
    chart: "kube-prometheus-stack",
    repository: "oci://ghcr.io/prometheus-community/charts",
    version: "88.5.3",
    appVersion: "v0.93.1",
    source: { repository: "https://github.com/prometheus-community/helm-charts", tag: "kube-prometheus-stack-88.5.3" },
    licence: "Apache-2.0",
    note: "installs Grafana, which is AGPL-3.0",
    timeoutSeconds: 1200,
  }),
  "fluent-bit": pin({
    chart: "fluent-bit",
    repository: "https://fluent.github.io/helm-charts",
    version: "0.58.1",
    appVersion: "5.1.1",
    source: { repository: "https://github.com/fluent/helm-charts", tag: "fluent-bit-0.58.1" },
    licence: "Apache-2.0",
    timeoutSeconds: 600,
  }),
  graylog: pin({
    chart: "graylog",
    repository: "https://charts.kong-z.com",
    version: "3.0.29",
    appVersion: "7.1.8",
    source: { repository: "https://github.com/KongZ/charts", tag: "graylog-3.0.29" },
    licence: "SSPL-1.0",
    timeoutSeconds: 1200,
  }),
  opensearch: pin({
    chart: "opensearch",
    repository: "https://opensearch-project.github.io/helm-charts/",
    version: "2.37.0",
    appVersion: "2.19.5",
    source: { repository: "https://github.com/opensearch-project/helm-charts", tag: "opensearch-2.37.0" },
    licence: "Apache-2.0",
    note: "the line that the chart of Graylog was made with",
    timeoutSeconds: 1200,
  }),
  mongodb: pin({
    chart: "mongodb",
    repository: "https://groundhog2k.github.io/helm-charts/",
    version: "0.7.12",
    appVersion: "8.3.4",
    source: { repository: "https://github.com/groundhog2k/helm-charts", tag: "mongodb-0.7.12" },
    licence: "SSPL-1.0",
    timeoutSeconds: 900,
  }),
  headlamp: pin({
    chart: "headlamp",
    repository: "https://kubernetes-sigs.github.io/headlamp/",
    version: "0.45.0",
    appVersion: "0.45.0",
    source: { repository: "https://github.com/kubernetes-sigs/headlamp", tag: "headlamp-helm-0.45.0" },
    licence: "Apache-2.0",
    timeoutSeconds: 300,
  }),
  "csi-driver-nfs": pin({
    chart: "csi-driver-nfs",
    repository: "https://kubernetes-csi.github.io/csi-driver-nfs",
    version: "4.13.4",
    appVersion: "4.13.4",
    source: { repository: "https://github.com/kubernetes-csi/csi-driver-nfs", tag: "v4.13.4" },
    licence: "Apache-2.0",
    timeoutSeconds: 600,
  }),
  "nfs-server-provisioner": pin({
    chart: "nfs-server-provisioner",
    repository: "https://kubernetes-sigs.github.io/nfs-ganesha-server-and-external-provisioner/",
    version: "1.8.0",
    appVersion: "4.0.8",
    source: {
      repository: "https://github.com/kubernetes-sigs/nfs-ganesha-server-and-external-provisioner",
      tag: "nfs-server-provisioner-1.8.0",
    },
    licence: "Apache-2.0",
    replacement: "storage.shared or storage.nfs",
    note: "dormant since January 2024",
    timeoutSeconds: 600,
  }),
} as const;

export type ChartName = keyof typeof CHARTS;

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
