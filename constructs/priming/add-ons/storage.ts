import { literal } from "../../cdktf/escape";
import type { Values } from "../../helm/values";
import type { AddOn, PrimingContext } from "../context";
import { BASE_NAMESPACE } from "../installer";
import { sharedFileSystem } from "../shared-files";

/** Namespace of the NFS driver, which mounts on the nodes. */
const NFS_NAMESPACE = "csi-nfs";

const needsNfsDriver = ({ addons, half }: PrimingContext) =>
  addons.storage.enabled && (addons.storage.nfs !== undefined || (addons.storage.shared && half.cloud === "google"));

/** The driver that mounts exports of an NFS server that is there already. */
export const nfsDriver: AddOn = {
  name: "csi-driver-nfs",
  wanted: needsNfsDriver,
  namespace: { name: NFS_NAMESPACE, podSecurity: "privileged" },
  install(scope, _context, installer) {
    installer.chart(scope, "release", {
      phase: "definitions",
      chart: "csi-driver-nfs",
      namespace: NFS_NAMESPACE,
      values: {
        controller: { replicas: 2, runOnControlPlane: false },
        externalSnapshotter: { enabled: false },
        storageClass: { create: false },
      },
    });
  },
};

/** Storage classes, and where volumes of many writers need one, the file system behind them. */
export const storage: AddOn = {
  name: "storage",
  wanted: ({ addons, half }) =>
    addons.storage.enabled && (half.cloud === "aws" || addons.storage.shared || addons.storage.nfs !== undefined),
  install(scope, context, installer) {
    const { shared, nfs } = context.addons.storage;
    const file = shared && context.half.cloud !== "existing" ? sharedFileSystem(scope, context) : undefined;
    const objects: Values[] = [];
    if (context.half.cloud === "aws")
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
          parameters: { server: literal(nfs.server), share: literal(nfs.share) },
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

/** What a storage class is made of. */
export interface StorageClass {
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mountOptions?: readonly string[];
  /** @default Immediate */
  readonly volumeBindingMode?: string;
  /** @default false */
  readonly isDefault?: boolean;
}

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
