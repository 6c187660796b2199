/** A chart, or all of a publisher's, that gets no more fixes. */
export interface RetiredChart {
  /** By which `charts.acceptRetired` names it. */
  readonly name: string;
  /** Charts of this name, whoever serves them. @default - any */
  readonly chart?: string;
  /** Charts served from where this text is part of the URL. @default - anywhere */
  readonly repository?: string;
  /** When it ended, YYYY-MM or YYYY-MM-DD. */
  readonly since: string;
  /** What happened. */
  readonly why: string;
  /** What to take instead. */
  readonly replacement: string;
}

/** Sources: the projects' own repositories and announcements, read in August 2026. */
export const RETIRED_CHARTS: readonly RetiredChart[] = [
  {
    name: "ingress-nginx",
    chart: "ingress-nginx",
    since: "2026-03-24",
    why: "the project ended: no releases and no fixes, for security neither",
    replacement:
      "addons.ingress.controller: traefik, which reads its annotations with addons.ingress.nginxAnnotations, or envoy-gateway",
  },
  {
    name: "kubernetes-dashboard",
    chart: "kubernetes-dashboard",
    since: "2026-01",
    why: "the project is archived and its chart repository answers 404, which fails every plan",
    replacement: "addons.headlamp",
  },
  {
    name: "promtail",
    chart: "promtail",
    since: "2026-03",
    why: "Grafana ended it",
    replacement: "addons.logging, or Grafana Alloy",
  },
  {
    name: "loki-stack",
    chart: "loki-stack",
    since: "2024-01",
    why: "Grafana ended it, and it installs promtail",
    replacement: "the chart loki, with addons.logging",
  },
  {
    name: "bitnami",
    repository: "bitnami",
    since: "2025-08-28",
    why: "its versioned images are gone from docker.io/bitnami; docker.io/bitnamilegacy gets no more fixes",
    replacement: "a chart with the project's own images",
  },
];

/** The entry that a chart falls under, if any. */
export function retiredChart(chart: string | undefined, repository: string | undefined): RetiredChart | undefined {
  if (chart === undefined) return undefined;
  return RETIRED_CHARTS.find(
    (entry) =>
      (entry.chart === undefined || entry.chart === chart) &&
      (entry.repository === undefined || repository?.toLowerCase().includes(entry.repository)),
  );
}
