import type { Install } from "../install";

/** Node and pod metrics for autoscaling and `kubectl top`. EKS has none; on AKS and GKE it is the cloud's. */
export const metricsServer: Install<"metrics-server"> = {
  namespace: { name: "metrics-server", podSecurity: "restricted", open: [{ port: "https", from: "anywhere" }] },
  install(scope, _host, installer) {
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "metrics-server",
      namespace: "metrics-server",
      values: {
        replicas: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        resources: { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "500Mi" } },
      },
    });
  },
};
