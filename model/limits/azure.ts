import { createHash } from "node:crypto";
import { size } from "../derived/cidr";
import type { PoolLimits, Sizes } from "./kubernetes";

/** What Azure and AKS allow. */

/** A virtual network is /8 at most; below a /20 the parts cut from it are too small for a pool. */
export const NETWORK: Sizes = { largest: 9, smallest: 20 };

/** AKS docs, "Plan IP addressing": the service range is smaller than a /12. */
export const SERVICES: Sizes = { largest: 13, smallest: 28 };

/** AKS docs, "Azure CNI" and "kubenet": ranges for neither nodes, pods nor services. */
export const RESERVED: readonly string[] = ["172.30.0.0/16", "172.31.0.0/16"];

/** AKS docs, "API server authorized IP ranges". */
export const MOST_ALLOWED_RANGES = 200;

/** AKS docs, "Quotas": pods on a node; "Azure VM": a system disk of 30 GiB. */
export const POOL: PoolLimits = { pods: [10, 250], diskGib: 30 };

/** Hours: AKS docs, "Use planned maintenance". */
export const LEAST_WINDOW_HOURS = 4;

interface SizedPool {
  readonly max: number;
  readonly spot: boolean;
}

/** Most nodes at once: an upgrade makes a third more of each pool on demand (max_surge 33 %) before it takes old ones away. */
export function mostNodes(pools: readonly SizedPool[], systemPool: { readonly max: number }): number {
  const surge = (max: number) => max + Math.ceil(max * 0.33);
  return pools.reduce((sum, { max, spot }) => sum + (spot ? max : surge(max)), surge(systemPool.max));
}

/** Nodes that a subnet has room for: five addresses are Azure's (Azure docs, "Virtual network FAQ"). */
export const nodesIn = (subnet: string): number => size(subnet) - 5;

/** Nodes that a range of pods has room for: a /24 each (AKS docs, "Azure CNI Overlay"). */
export const nodesOf = (pods: string): number => size(pods) / 256;

/** AMD's GPUs (NVv4, NGads V620, MI300X) and FPGAs (NP). */
const WITHOUT_DRIVERS = /^Standard_(NV\d+as_v4|NG\d|NP\d|ND\w*_MI300X_)/i;

/** Why a pool can't have a machine: AKS installs NVIDIA's drivers, and those alone (AKS docs, "Use GPUs on AKS"). */
export function acceleratorProblem(machines: readonly string[]): string | undefined {
  const odd = machines.find((machine) => WITHOUT_DRIVERS.test(machine));
  return odd === undefined
    ? undefined
    : `AKS installs no drivers for '${odd}', whose accelerator isn't NVIDIA's: take another size, such as Standard_NC4as_T4_v3`;
}

/** The name of a cluster that a DNS prefix is made from: 54 characters (azurerm 4.55, dns_prefix). */
export function clusterNameProblem(name: string): string | undefined {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 54
    ? undefined
    : `'${name}' has ${name.length} characters: it must be lower-case letters, digits and single hyphens, start with a letter and have at most 54 characters, since the DNS prefix is made from it`;
}

/** AKS docs, "Private AKS cluster": the cluster's own zone, none, or a zone of the region with at most one label before it. */
export function privateZoneProblem(zone: string, region: string): string | undefined {
  if (zone === "System" || zone === "None") return undefined;
  const name = `privatelink.${region}.azmk8s.io`;
  const pattern = new RegExp(`^/subscriptions/.+/privateDnsZones/([^/.]+\\.)?${name.replaceAll(".", "\\.")}$`, "i");
  return pattern.test(zone) ? undefined : `'${zone}' is neither System nor None nor the resource id of a zone ${name}`;
}

export function workspaceProblem(id: string): string | undefined {
  return /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/\s]+$/i.test(
    id,
  )
    ? undefined
    : `'${id}' is no resource id of a workspace: /subscriptions/…/resourceGroups/…/providers/Microsoft.OperationalInsights/workspaces/<name>`;
}

/** AKS docs, "Long-term support": of tier Premium alone. */
export function longTermSupportProblem(tier: string): string | undefined {
  return tier === "Premium" ? undefined : `long-term support needs \`tier: Premium\`, and this one is ${tier}`;
}

/** AKS docs, "Manage system node pools": no B series, at least 4 vCPU, at least two nodes. */
export function systemPoolProblems({
  machine,
  min,
  max,
}: {
  readonly machine: string;
  readonly min: number;
  readonly max: number;
}): readonly (readonly [field: "machine" | "min", problem: string])[] {
  const problems: (readonly [field: "machine" | "min", problem: string])[] = [];
  if (min < LEAST_SYSTEM_NODES) problems.push(["min", `${min} is below ${LEAST_SYSTEM_NODES}, which AKS wants for its own pods`]);
  if (min > max) problems.push(["min", `${min} is above \`max\`, which is ${max}`]);
  const vcpus = Number(/_[A-Z]+(\d+)/.exec(machine)?.[1]);
  if (!machine.startsWith("Standard_"))
    problems.push(["machine", `'${machine}' is not spelt as Azure's sizes are, for instance 'Standard_D4ds_v5'`]);
  else if (machine.startsWith("Standard_B") || vcpus < 4)
    problems.push([
      "machine",
      `AKS takes no B series and nothing below 4 vCPU for its own pods, and this is '${machine}': take 'Standard_D4ds_v5'`,
    ]);
  return problems;
}

export const LEAST_SYSTEM_NODES = 2;

/** The pool of AKS's own components, and the name it has while azurerm rotates it. */
export const SYSTEM_POOL = { name: "system", rotation: "systemtmp" } as const;

/** Longest name of a Linux pool (azurerm 4.55: ^[a-z][a-z0-9]{0,11}$). */
const MAX_POOL_NAME = 12;

const digits = (text: string, length: number) => createHash("sha1").update(text).digest("hex").slice(0, length);

/**
 * Names of a pool in AKS, which knows neither hyphens nor more than 12 characters. `name` changes with whatever forces
 * a new pool, because only then can the new pool be made while the old one still runs; `rotation` is what azurerm
 * calls the stand-in while it rotates the pool for another size, zones or disk.
 *
 * @example poolNames("main", { spot: false }) // { name: "main", rotation: "tmp800fff4" }
 */
export function poolNames(
  key: string,
  { spot }: { readonly spot: boolean },
): { readonly name: string; readonly rotation: string } {
  const plain = key.replaceAll("-", "");
  const identity = `${key}/${spot ? "Spot" : "Regular"}`;
  const name = !spot && plain.length <= MAX_POOL_NAME ? plain : `${plain.slice(0, MAX_POOL_NAME - 4)}${digits(identity, 4)}`;
  return { name, rotation: `tmp${digits(identity, 7)}` };
}

/** Pools that would have the name of another one in AKS, or of AKS's own. */
export function poolNameProblems(
  pools: Readonly<Record<string, { readonly spot: boolean }>>,
): readonly (readonly [pool: string, problem: string])[] {
  const reserved: readonly string[] = Object.values(SYSTEM_POOL);
  const taken = new Map<string, string>();
  return Object.entries(pools).flatMap(([key, { spot }]): (readonly [string, string])[] => {
    const names = Object.values(poolNames(key, { spot }));
    const own = names.find((name) => reserved.includes(name));
    if (own) return [[key, `'${key}' is the name of AKS's own pool (azure.systemPool): choose another`]];
    const same = names.find((name) => taken.has(name));
    const other = same === undefined ? undefined : taken.get(same);
    for (const name of names) taken.set(name, key);
    return other === undefined
      ? []
      : [[key, `'${key}' and '${other}' are both '${same}' in AKS, which knows no hyphens: rename one`]];
  });
}

/** Why a text is no public IP of Azure, by its resource id. */
export function egressProblem(id: string): string | undefined {
  return /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Network\/publicIPAddresses\/[^/\s]+$/i.test(
    id,
  )
    ? undefined
    : `'${id}' is no resource id of a public IP: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/publicIPAddresses/<name>`;
}
