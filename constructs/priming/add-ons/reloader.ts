import type { Install } from "../install";

/**
 * Starts pods anew when a Secret has changed that they have as environment or as files: a value behind an entry that an
 * application names is changed in the cloud's store, where no plan sees it. By no annotation, so that charts of others
 * need none; a workload that wants none of it says reloader.stakater.com/auto: "false".
 */
export const reloader: Install<"reloader"> = {
  namespace: { name: "reloader", podSecurity: "restricted" },
  install(scope, { restarted = [] }, installer) {
    installer.chart(scope, "release", {
      phase: "services",
      chart: "reloader",
      namespace: "reloader",
      // its chart makes a Role in each
      inside: restarted,
      values: {
        fullnameOverride: "reloader",
        reloader: {
          watchGlobally: false,
          namespaces: ["reloader", ...restarted],
          autoReloadAll: true,
          ignoreConfigMaps: true,
          ignoreJobs: true,
          ignoreCronJobs: true,
          // an annotation of the pods, which Helm's next upgrade leaves where it is
          reloadStrategy: "annotations",
          enableHA: true,
          readOnlyRootFileSystem: true,
          podDisruptionBudget: { enabled: true, minAvailable: 1 },
          deployment: {
            replicas: 2,
            containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
            resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
          },
        },
      },
    });
  },
};
