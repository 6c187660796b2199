import { poolMachines } from "../../model/catalog/machines";
import { API_ACCESS, MAINTENANCE, POOL } from "../../model/schema/defaults";
import type { Pool } from "../../model/schema/pool";
import type { PoolProps, Taint } from "./pool";

/** What the settings of every cluster have in common: props with their defaults filled in, the same as the fleet file's. */

export interface ClusterApi {
  readonly access: "public" | "private";
  readonly allowFrom: readonly string[];
}

export const apiSettings = ({ access = API_ACCESS, allowFrom = [] }: Partial<ClusterApi> = {}): ClusterApi => ({
  access,
  allowFrom,
});

/** A taint that says its value, be it none. */
export type ClusterTaint = Required<Taint>;

/** A pool, whatever the cloud. */
export interface ClusterPool extends Required<Omit<Pool, "machines" | "labels" | "taints" | "zones" | "kubernetes" | "image">> {
  /** In order of preference. */
  readonly machines: readonly [string, ...string[]];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly ClusterTaint[];
  /** @default - the cluster's */
  readonly zones?: readonly string[];
  /** Minor version of the nodes. @default - the control plane's */
  readonly kubernetes?: string;
  /** Release of the nodes' image, of EKS alone. @default - the newest when the pool is made */
  readonly image?: string;
}

type GivenPool = Partial<Omit<ClusterPool, "machines" | "taints">> &
  Pick<PoolProps, "taints"> & { readonly machines?: readonly string[] };

export function poolSettings(cloud: "aws" | "azure" | "google", pool: GivenPool): ClusterPool {
  const architecture = pool.architecture ?? POOL.architecture;
  return {
    machines: poolMachines(cloud, { machines: pool.machines, architecture }),
    architecture,
    min: pool.min ?? POOL.min,
    max: pool.max ?? POOL.max,
    spot: pool.spot ?? POOL.spot,
    diskGib: pool.diskGib ?? POOL.diskGib,
    maxPods: pool.maxPods ?? POOL.maxPods,
    labels: { ...pool.labels },
    taints: (pool.taints ?? []).map(({ key, value = "", effect }) => ({ key, value, effect })),
    zones: pool.zones,
    kubernetes: pool.kubernetes,
    image: pool.image,
  };
}

export const poolsSettings = (
  cloud: "aws" | "azure" | "google",
  pools: Readonly<Record<string, GivenPool>> = { main: {} },
): Readonly<Record<string, ClusterPool>> =>
  Object.fromEntries(Object.entries(pools).map(([name, pool]) => [name, poolSettings(cloud, pool)]));

/** A weekly window, UTC. */
export interface ClusterMaintenance {
  readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  readonly startHour: number;
  readonly durationHours: number;
}

export const maintenanceSettings = (window: Partial<ClusterMaintenance> = {}): ClusterMaintenance => ({
  day: window.day ?? MAINTENANCE.day,
  startHour: window.startHour ?? MAINTENANCE.startHour,
  durationHours: window.durationHours ?? MAINTENANCE.durationHours,
});
