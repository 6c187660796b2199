import type { Fleet } from "../schema/fleet";
import { installedCharts } from "../warnings/charts";
import { type ChartValues, chartValuesProblems } from "./chart-values";
import { CHARTS, type ChartName } from "./charts";
import certManager from "./data/chart-values/cert-manager.json";
import clusterAutoscaler from "./data/chart-values/cluster-autoscaler.json";
import csiDriverNfs from "./data/chart-values/csi-driver-nfs.json";
import externalDns from "./data/chart-values/external-dns.json";
import externalSecrets from "./data/chart-values/external-secrets.json";
import fluentBit from "./data/chart-values/fluent-bit.json";
import gatewayHelm from "./data/chart-values/gateway-helm.json";
import graylog from "./data/chart-values/graylog.json";
import headlamp from "./data/chart-values/headlamp.json";
import kubePrometheusStack from "./data/chart-values/kube-prometheus-stack.json";
import metricsServer from "./data/chart-values/metrics-server.json";
import mongodb from "./data/chart-values/mongodb.json";
import nfsServerProvisioner from "./data/chart-values/nfs-server-provisioner.json";
import opensearch from "./data/chart-values/opensearch.json";
import traefik from "./data/chart-values/traefik.json";
import traefikCrds from "./data/chart-values/traefik-crds.json";

/** What each pinned chart's values may be. `npm run charts -- shapes` makes them anew. */
export const CHART_SHAPES: Readonly<Record<ChartName, ChartValues>> = {
  "cert-manager": certManager,
  "cluster-autoscaler": clusterAutoscaler,
  "csi-driver-nfs": csiDriverNfs,
  "external-dns": externalDns,
  "external-secrets": externalSecrets,
  "fluent-bit": fluentBit,
  "gateway-helm": gatewayHelm,
  graylog: graylog,
  headlamp: headlamp,
  "kube-prometheus-stack": kubePrometheusStack,
  "metrics-server": metricsServer,
  mongodb: mongodb,
  "nfs-server-provisioner": nfsServerProvisioner,
  opensearch: opensearch,
  "traefik-crds": traefikCrds,
  traefik: traefik,
};

/**
 * Values in the fleet file that a pinned chart doesn't know; Helm would say nothing. A warning, because a chart may read
 * what neither its values.yaml nor its schema names.
 */
export function chartValuesWarnings(fleet: Fleet): readonly string[] {
  return fleet.clusters.flatMap((cluster) =>
    installedCharts(cluster).flatMap(([chart, { version, values }]) =>
      version !== undefined && version !== CHARTS[chart].version
        ? []
        : chartValuesProblems(CHART_SHAPES[chart].values, values ?? {}).map(
            (problem) => `clusters.${cluster.name}.addons: values of chart ${chart} ${CHARTS[chart].version}: ${problem}`,
          ),
    ),
  );
}
