import type { Install } from "../install";

/** It mounts on the nodes. */
const NAMESPACE = "csi-nfs";

/** The driver that mounts exports of an NFS server that is there already. */
export const csiDriverNfs: Install<"csi-driver-nfs"> = {
  namespace: { name: NAMESPACE, podSecurity: "privileged" },
  install(scope, _host, installer) {
    installer.chart(scope, "release", {
      phase: "definitions",
      chart: "csi-driver-nfs",
      namespace: NAMESPACE,
      values: {
        controller: { replicas: 2, runOnControlPlane: false },
        externalSnapshotter: { enabled: false },
        storageClass: { create: false },
      },
    });
  },
};
