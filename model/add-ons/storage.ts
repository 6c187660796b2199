import * as z from "zod";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = (on: boolean) =>
  z
    .strictObject({
      ...onOff(on),
      shared: z
        .boolean()
        .default(false)
        .describe(
          "Storage class `shared` for volumes that many pods write: an EFS file system on EKS, Azure Files on AKS, a Filestore instance on GKE (1 TiB at least).",
        ),
      nfs: z
        .strictObject({
          server: z
            .string()
            .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/, "a host name or an IPv4 address, such as nfs.example.com")
            .describe("Address or name of the NFS server."),
          share: z.string().startsWith("/").describe("Exported path."),
        })
        .optional()
        .describe("Storage class `nfs` on an NFS server of yours. @default none"),
      nfsProvisioner: z
        .strictObject({
          ...onOff(false),
          ...chartFields,
          sizeGiB: z.int().min(1).max(16384).default(50).describe("Size of its disk in GiB."),
        })
        .prefault({})
        .describe(
          "An NFS server in the cluster and its storage class `nfs-provisioner`. One pod, dormant project: only for systems that were built on it.",
        ),
    })
    .describe("Storage classes. EKS gets the default class `gp3`; AKS and GKE have a default class of their own.");

/** The field of what gives volumes. */
export const storageFields = { storage: block(true).prefault({}) };
export type StorageSettings = Settings<typeof storageFields>;

/** Storage classes, and where volumes of many writers need one, the file system behind them. */
export const storage = {
  fields: storageFields,
  onExisting: { storage: block(false).prefault({}) },
  about: [
    {
      field: "storage",
      on: "yes; not on existing clusters",
      installs: "EKS: class `gp3`, the default. AKS and GKE have a default class",
      needs: "–",
      may: "none",
    },
    {
      field: "storage.shared",
      on: "no",
      installs:
        "class `shared`, for volumes that many pods write. EKS: an EFS file system, a mount target in each subnet and EKS's EFS driver. AKS: Azure Files by NFS, made by AKS's own driver. GKE: a regional Filestore instance and csi-driver-nfs",
      needs: "money: Filestore starts at 1 TiB, Azure Files at 100 GiB a volume",
      may: "AWS: AWS's policy for the EFS driver",
    },
  ],
  charts: {},
  wanted: ({ storage }: StorageSettings, cloud: Cloud) =>
    storage.enabled && (cloud === "aws" || storage.shared || storage.nfs !== undefined),
} satisfies AddOn;
