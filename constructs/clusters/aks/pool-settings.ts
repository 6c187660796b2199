import { createHash } from "node:crypto";

/** The pool of AKS's own components, and the name it has while azurerm rotates it. */
export const SYSTEM_POOL = { name: "system", rotation: "systemtmp" } as const;

/** Longest name of a Linux pool (azurerm 4.55: ^[a-z][a-z0-9]{0,11}$). */
const MAX = 12;

const digits = (text: string, length: number) => createHash("sha1").update(text).digest("hex").slice(0, length);

/** What can't be changed on a pool that exists: azurerm replaces it (priority, eviction policy, price). */
export interface Immutable {
  readonly spot: boolean;
}

/**
 * Names of a pool in AKS, which knows neither hyphens nor more than 12 characters. `name` changes with whatever forces
 * a new pool, because only then can the new pool be made while the old one still runs; `rotation` is what azurerm
 * calls the stand-in while it rotates the pool for another size, zones or disk.
 *
 * @example poolNames("main", { spot: false }) // { name: "main", rotation: "tmp6ee7a2b" }
 */
export function poolNames(key: string, { spot }: Immutable): { readonly name: string; readonly rotation: string } {
  const plain = key.replaceAll("-", "");
  const identity = `${key}/${spot ? "Spot" : "Regular"}`;
  const name = !spot && plain.length <= MAX ? plain : `${plain.slice(0, MAX - 4)}${digits(identity, 4)}`;
  return { name, rotation: `tmp${digits(identity, 7)}` };
}

/**
 * Sizes whose temporary disk is 37.5 GiB for each vCPU: the "d" sizes of the D and E families, versions 4 and 5
 * (learn.microsoft.com/azure/virtual-machines/sizes, Ddsv5, Dadsv5, Dpdsv5, Edsv5 and their like). Later versions
 * have NVMe disks of other sizes.
 */
const WITH_TEMPORARY_DISK = /^Standard_[DE](\d+)[a-z]*d[a-z]*_v[45]$/;

/**
 * Kind of system disk. An ephemeral one is faster and costs nothing, but must fit on the size's temporary disk;
 * where that isn't known, a managed disk always works.
 */
export function osDiskType(machine: string, diskGib: number): "Ephemeral" | "Managed" {
  const vcpus = Number(WITH_TEMPORARY_DISK.exec(machine)?.[1] ?? 0);
  return vcpus * 37.5 >= diskGib ? "Ephemeral" : "Managed";
}
