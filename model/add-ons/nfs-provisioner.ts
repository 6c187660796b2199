import nfsServerProvisionerValues from "../catalog/data/chart-values/nfs-server-provisioner.json";
import type { AddOn } from "./add-on";
import { type StorageSettings, storageFields } from "./storage";

/** An NFS server in one pod, for systems that were built on it. */
export const nfsProvisioner = {
  fields: storageFields,
  about: [
    {
      field: "storage.nfsProvisioner",
      on: "no",
      installs: "an NFS server in one pod, class `nfs-provisioner`",
      needs: "a default class; dormant project, warned of",
      may: "privileged pod",
    },
  ],
  charts: {
    "nfs-server-provisioner": {
      pin: {
        chart: "nfs-server-provisioner",
        repository: "https://kubernetes-sigs.github.io/nfs-ganesha-server-and-external-provisioner/",
        version: "1.8.0",
        previous: "1.7.0",
        appVersion: "4.0.8",
        source: {
          repository: "https://github.com/kubernetes-sigs/nfs-ganesha-server-and-external-provisioner",
          tag: "nfs-server-provisioner-1.8.0",
        },
        licence: "Apache-2.0",
        replacement: "storage.shared or storage.nfs",
        note: "dormant since January 2024",
        timeoutSeconds: 600,
      },
      shape: nfsServerProvisionerValues,
      settings: ({ storage }: StorageSettings) => storage.nfsProvisioner,
    },
  },
  wanted: ({ storage }: StorageSettings) => storage.enabled && storage.nfsProvisioner.enabled,
} satisfies AddOn;
