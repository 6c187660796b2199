import type { MadeCluster } from "../schema/cluster";
import type { Pool } from "../schema/pool";

type MadeCloud = MadeCluster["cloud"];
type Architecture = Pool["architecture"];

/** General-purpose machines with 4 vCPU and 16 GiB that most regions have. */
const DEFAULTS: Readonly<Record<MadeCloud, Readonly<Record<Architecture, string>>>> = {
  aws: { amd64: "m6i.xlarge", arm64: "m6g.xlarge" },
  // With a local disk, for ephemeral system disks.
  azure: { amd64: "Standard_D4ds_v5", arm64: "Standard_D4pds_v5" },
  google: { amd64: "e2-standard-4", arm64: "c4a-standard-4" },
};

/** Every machine that is a default. */
export const DEFAULT_MACHINES: readonly string[] = Object.values(DEFAULTS).flatMap((machines) => Object.values(machines));

/** The machines of a pool in order of preference: the fleet file's, or the default of cloud and architecture. */
export function poolMachines(
  cloud: MadeCloud,
  pool: { readonly machines?: readonly string[]; readonly architecture: Architecture },
): readonly [string, ...string[]] {
  const [first, ...others] = pool.machines ?? [];
  return [first ?? DEFAULTS[cloud][pool.architecture], ...others];
}

/** How each cloud spells machines. */
const SPELLING: Readonly<Record<MadeCloud, { readonly pattern: RegExp; readonly example: string }>> = {
  aws: { pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, example: "m6i.xlarge" },
  azure: { pattern: /^(Standard|Basic)_[A-Za-z0-9_-]+$/, example: "Standard_D4ds_v5" },
  google: { pattern: /^[a-z][a-z0-9]*-[a-z0-9-]+$/, example: "e2-standard-4" },
};

/**
 * What marks an Arm machine in its name. AWS: a `g` right after the generation (m6g, c7gn, im4gn), and a1. Azure: a `p`
 * among the small letters after the number of vCPU (D4pds). Google: the families t2a, c4a, n4a and a4x.
 * Sources: each cloud's naming conventions.
 */
const ARM: Readonly<Record<MadeCloud, RegExp>> = {
  aws: /^(a1|[a-z]+\d+g[a-z]*)\./,
  azure: /^Standard_[A-Z]+\d+(-\d+)?[a-z]*p/,
  google: /^(t2a|c4a|n4a|a4x)-/,
};

/** Why a pool can't have a machine; undefined where it can. */
export function machineProblem(cloud: MadeCloud, machine: string, architecture: Architecture): string | undefined {
  const { pattern, example } = SPELLING[cloud];
  if (!pattern.test(machine)) return `'${machine}' is not spelt as this cloud's machines are, for instance '${example}'`;
  const actual = ARM[cloud].test(machine) ? "arm64" : "amd64";
  if (actual === architecture) return undefined;
  return `'${machine}' is an ${actual} machine and the pool is ${architecture}: take another machine, for instance '${DEFAULTS[cloud][architecture]}', or write \`architecture: ${actual}\``;
}

/**
 * Google: the type of disk that a machine boots from. The newer families take Hyperdisk only.
 * Source: "Machine families" of the Compute Engine docs, supported disk types.
 */
export function googleDiskType(machine: string): "pd-balanced" | "hyperdisk-balanced" {
  return /^(c4|c4a|c4d|n4|n4a|n4d|x4|m4|a4|a4x|g4|h4d)-/.test(machine) ? "hyperdisk-balanced" : "pd-balanced";
}

/**
 * Azure's sizes whose temporary disk is 37.5 GiB for each vCPU: the "d" sizes of the D and E families, versions 4 and 5
 * (learn.microsoft.com/azure/virtual-machines/sizes, Ddsv5, Dadsv5, Dpdsv5, Edsv5 and their like). Later versions
 * have NVMe disks of other sizes.
 */
const WITH_TEMPORARY_DISK = /^Standard_[DE](\d+)[a-z]*d[a-z]*_v[45]$/;

/**
 * Azure: kind of system disk. An ephemeral one is faster and costs nothing, but must fit on the size's temporary disk;
 * where that isn't known, a managed disk always works.
 */
export function azureDiskType(machine: string, diskGib: number): "Ephemeral" | "Managed" {
  const vcpus = Number(WITH_TEMPORARY_DISK.exec(machine)?.[1] ?? 0);
  return vcpus * 37.5 >= diskGib ? "Ephemeral" : "Managed";
}
