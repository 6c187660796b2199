import type { Values } from "../../helm/values";
import { BASE_NAMESPACE, type Install } from "../install";
import { type StorageClass, sharedFileSystem } from "../shared-files";

/** Storage classes, and where volumes of many writers need one, the file system behind them. */
export const storage: Install<"storage"> = {
  install(scope, host, installer) {
    const { shared, nfs } = host.addons.storage;
    const file = shared && host.own.cloud !== "existing" ? sharedFileSystem(scope, host) : undefined;
    const objects: Values[] = [];
    if (host.own.cloud === "aws")
      objects.push(
        storageClass("gp3", {
          isDefault: true,
          provisioner: "ebs.csi.aws.com",
          parameters: { type: "gp3", encrypted: "true", "csi.storage.k8s.io/fstype": "ext4" },
          // in the zone of the pod that wants it
          volumeBindingMode: "WaitForFirstConsumer",
        }),
      );
    if (file) objects.push(storageClass("shared", file.storageClass));
    if (nfs)
      objects.push(
        storageClass("nfs", {
          provisioner: "nfs.csi.k8s.io",
          parameters: { server: nfs.server, share: nfs.share },
          mountOptions: ["nfsvers=4.1"],
        }),
      );
    if (objects.length > 0)
      installer.objects(scope, "storage-classes", {
        phase: "definitions",
        namespace: BASE_NAMESPACE,
        objects,
        after: file?.ready,
      });
  },
};

function storageClass(name: string, { isDefault, volumeBindingMode, ...rest }: StorageClass): Values {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name,
      ...(isDefault && { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } }),
    },
    ...rest,
    // a volume's data goes with its claim, so that a destroyed cluster leaves no disks
    reclaimPolicy: "Delete",
    allowVolumeExpansion: true,
    volumeBindingMode: volumeBindingMode ?? "Immediate",
  };
}
