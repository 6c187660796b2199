import type { Install } from "../install";

const NAMESPACE = "nfs-provisioner";

/** An NFS server in one pod, for systems that were built on it. */
export const nfsProvisioner: Install<"nfs-provisioner"> = {
  // the server needs capabilities to serve NFS, the nodes mount it from outside the namespace
  namespace: { name: NAMESPACE, podSecurity: "privileged", open: [{ port: 2049, from: "anywhere" }] },
  install(scope, { addons }, installer) {
    const { nfsProvisioner: settings } = addons.storage;
    installer.chart(scope, "release", {
      phase: "definitions",
      chart: "nfs-server-provisioner",
      namespace: NAMESPACE,
      values: {
        persistence: { enabled: true, size: `${settings.sizeGiB}Gi`, storageClass: "" },
        storageClass: {
          create: true,
          name: "nfs-provisioner",
          defaultClass: false,
          reclaimPolicy: "Delete",
          // one port for all; the chart's vers=3 asks the port mapper and mountd first, which are closed
          mountOptions: ["vers=4.1", "retrans=2", "timeo=30"],
        },
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
      },
    });
  },
};
