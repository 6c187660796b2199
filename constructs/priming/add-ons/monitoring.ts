import { hasAddOn } from "../host";
import type { Install } from "../install";
import { monitoringOpenings } from "../openings";
import { secretFromStore } from "../secret-store";

const NAMESPACE = "monitoring";
const GRAFANA_SECRET = "grafana-admin";

/** Prometheus, Alertmanager and Grafana; what a managed control plane hides is not watched. */
export const monitoring: Install<"monitoring"> = {
  // node-exporter looks at the node: host network, host paths
  namespace: { name: NAMESPACE, podSecurity: "privileged", open: [{ port: 10250, from: "anywhere" }] },
  opens: ({ monitoring: { values } }) => monitoringOpenings(values),
  install(scope, host, installer) {
    const { monitoring: settings } = host.addons;
    const secret = hasAddOn(host, "external-secrets")
      ? installer.objects(scope, "monitoring-secrets", {
          phase: "resources",
          namespace: NAMESPACE,
          objects: [secretFromStore(host, GRAFANA_SECRET, NAMESPACE)],
        })
      : undefined;
    const resources = (cpu: string, memory: string, limit: string) => ({ requests: { cpu, memory }, limits: { memory: limit } });
    installer.chart(scope, "release", {
      phase: "services",
      chart: "kube-prometheus-stack",
      definitions: "prometheus-operator",
      namespace: NAMESPACE,
      after: secret ? [secret] : [],
      values: {
        kubeControllerManager: { enabled: false },
        kubeScheduler: { enabled: false },
        kubeEtcd: { enabled: false },
        // Cilium on AKS and GKE has no kube-proxy
        kubeProxy: { enabled: host.own.cloud === "aws" },
        prometheus: {
          prometheusSpec: {
            retention: `${settings.retentionDays}d`,
            retentionSize: `${Math.floor(settings.storageGiB * 0.85)}GiB`,
            resources: resources("200m", "1Gi", "4Gi"),
            // monitors of every namespace and release, not only of this one
            serviceMonitorSelectorNilUsesHelmValues: false,
            podMonitorSelectorNilUsesHelmValues: false,
            ruleSelectorNilUsesHelmValues: false,
            probeSelectorNilUsesHelmValues: false,
            storageSpec: {
              volumeClaimTemplate: {
                spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${settings.storageGiB}Gi` } } },
              },
            },
          },
        },
        alertmanager: { alertmanagerSpec: { resources: resources("20m", "64Mi", "256Mi") } },
        prometheusOperator: { resources: resources("50m", "128Mi", "512Mi") },
        grafana: {
          admin: { existingSecret: GRAFANA_SECRET, userKey: "admin-user", passwordKey: "admin-password" },
          resources: resources("50m", "256Mi", "512Mi"),
          sidecar: { resources: resources("10m", "96Mi", "256Mi") },
        },
        "kube-state-metrics": { resources: resources("20m", "96Mi", "512Mi") },
        "prometheus-node-exporter": { resources: resources("20m", "32Mi", "128Mi") },
      },
    });
  },
};
