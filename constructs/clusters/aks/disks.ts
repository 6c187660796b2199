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
