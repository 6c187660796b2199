import csiDriverNfsValues from "../catalog/data/chart-values/csi-driver-nfs.json";
import type { Cloud } from "../schema/common";
import type { AddOn } from "./add-on";
import { type StorageSettings, storageFields } from "./storage";

/** The driver that mounts exports of an NFS server that is there already. */
export const csiDriverNfs = {
  fields: storageFields,
  about: [
    {
      field: "storage.nfs",
      on: "no",
      installs: "class `nfs`, csi-driver-nfs",
      needs: "an NFS server that the nodes reach",
      may: "mounts on nodes",
    },
  ],
  charts: {
    "csi-driver-nfs": {
      pin: {
        chart: "csi-driver-nfs",
        repository: "https://kubernetes-csi.github.io/csi-driver-nfs",
        version: "4.13.4",
        previous: "4.13.3",
        appVersion: "4.13.4",
        source: { repository: "https://github.com/kubernetes-csi/csi-driver-nfs", tag: "v4.13.4" },
        licence: "Apache-2.0",
        timeoutSeconds: 600,
      },
      shape: csiDriverNfsValues,
    },
  },
  wanted: ({ storage }: StorageSettings, cloud: Cloud) =>
    storage.enabled && (storage.nfs !== undefined || (storage.shared && cloud === "google")),
} satisfies AddOn;
