import { CHARTS, type ChartName, type ChartPin } from "../catalog/charts";
import { retiredChart } from "../catalog/retired-charts";
import type { Addons } from "../schema/addons";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";

/** Days before the end of a chart's line from which a warning is given. */
const NOTICE_DAYS = 90;

/** What the fleet file says about a chart. */
interface Settings {
  readonly version?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The charts that a cluster's add-ons install, each with its settings in the fleet file. */
export function installedCharts({ addons, cloud }: Cluster): readonly (readonly [ChartName, Settings])[] {
  const { storage } = addons;
  const installed: [ChartName, Settings, boolean][] = [
    ["traefik", addons.ingress, addons.ingress.controller === "traefik"],
    ["gateway-helm", addons.ingress, addons.ingress.controller === "envoy-gateway"],
    ["traefik-crds", addons.gatewayApi, wantsGatewayApi(addons, cloud)],
    ["cert-manager", addons.certManager, addons.certManager.enabled],
    ["external-dns", addons.externalDns, addons.externalDns.enabled],
    ["external-secrets", addons.externalSecrets, addons.externalSecrets.enabled],
    ["metrics-server", addons.metricsServer, cloud === "aws" && addons.metricsServer.enabled],
    ["cluster-autoscaler", addons.clusterAutoscaler, cloud === "aws" && addons.clusterAutoscaler.enabled],
    ["kube-prometheus-stack", addons.monitoring, addons.monitoring.enabled],
    ["fluent-bit", addons.logging, addons.logging.enabled],
    ["graylog", addons.graylog, addons.graylog.enabled],
    ["opensearch", addons.graylog.opensearch, addons.graylog.enabled],
    ["mongodb", addons.graylog.mongodb, addons.graylog.enabled],
    ["headlamp", addons.headlamp, addons.headlamp.enabled],
    ["csi-driver-nfs", {}, storage.enabled && (storage.nfs !== undefined || (storage.shared && cloud === "google"))],
    ["nfs-server-provisioner", storage.nfsProvisioner, storage.enabled && storage.nfsProvisioner.enabled],
  ];
  return installed.flatMap(([chart, settings, wanted]) => (wanted ? [[chart, settings] as const] : []));
}

const wantsGatewayApi = (addons: Addons, cloud: Cluster["cloud"]) =>
  addons.gatewayApi.enabled && addons.ingress.controller !== "envoy-gateway" && cloud !== "google";

/** What the date, or a project's state, says about the charts of a fleet: one line for each. */
export function chartWarnings(
  fleet: Fleet,
  today: Date,
  catalogue: Readonly<Record<string, ChartPin>> = CHARTS,
): readonly string[] {
  const used = new Map<string, string[]>();
  for (const cluster of fleet.clusters)
    for (const [chart] of installedCharts(cluster)) used.set(chart, [...(used.get(chart) ?? []), cluster.name]);
  const installed = [...used].flatMap(([chart, clusters]) => {
    const pin = catalogue[chart];
    const warning = pin && warningOf(pin, today);
    return warning ? [`chart ${chart} ${pin.version} (${clusters.join(", ")}): ${warning}`] : [];
  });
  const accepted = Object.entries(fleet.apps).flatMap(([name, { chart, repository }]) => {
    const retired = retiredChart(chart, repository);
    return retired ? [`apps.${name}.chart: '${chart}' is retired since ${retired.since}: ${retired.why}`] : [];
  });
  return [...installed, ...accepted];
}

function warningOf({ endOfLife, replacement, note }: ChartPin, today: Date): string | undefined {
  const instead = replacement ? `; take ${replacement}` : "";
  if (endOfLife !== undefined) {
    const days = Math.ceil((Date.parse(endOfLife) - today.getTime()) / 86_400_000);
    if (days < 0) return `ended on ${endOfLife}${instead || "; update"}`;
    if (days <= NOTICE_DAYS) return `ends on ${endOfLife}${instead || "; plan the update"}`;
  }
  return replacement !== undefined ? `${note ?? "has a replacement"}${instead}` : undefined;
}
