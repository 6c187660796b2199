import { poolNames, SYSTEM_POOL } from "./pool-settings";
import type { AksClusterProps, AksPoolProps } from "./props";

type Pools = Readonly<Record<string, AksPoolProps>>;

/** What AKS would refuse at apply about the pools, or what would leave the cluster without room for workloads. */
export function poolsProblems(props: AksClusterProps, pools: Pools): string[] {
  const problems: string[] = [];
  if (!Object.values(pools).some((pool) => !pool.spot))
    problems.push(
      "pools has none on demand: the system pool takes no workloads and spot nodes repel them, so add-ons could never start; add a pool without spot",
    );
  for (const [key, pool] of Object.entries(pools)) problems.push(...poolProblems(`pools.${key}`, key, pool));
  problems.push(...systemPoolProblems(props), ...nameProblems(pools));
  for (const zone of new Set([...(props.network.zones ?? []), ...Object.values(pools).flatMap((pool) => pool.zones ?? [])]))
    if (!/^[123]$/.test(zone)) problems.push(`zone '${zone}' is none of Azure's: they are called 1, 2 and 3`);
  return problems;
}

/** Most nodes at once: every pool at its maximum, with the third more that an upgrade makes where the pool has one. */
export function mostNodes({ systemPool }: AksClusterProps, pools: Pools): number {
  const surge = (max: number) => max + Math.ceil(max * 0.33);
  return Object.values(pools)
    .map(({ max = 6, spot = false }) => (spot ? max : surge(max)))
    .reduce((sum, nodes) => sum + nodes, surge(systemPool?.max ?? 3));
}

function poolProblems(path: string, key: string, pool: AksPoolProps): string[] {
  const problems = minMax(path, pool.min ?? 2, pool.max ?? 6, 0);
  if (!/^[a-z][a-z0-9-]*$/.test(key)) problems.push(`${path}: a pool's name is lower-case letters, digits and hyphens`);
  if (pool.machines && pool.machines.length !== 1)
    problems.push(`${path}.machines has ${pool.machines.length} sizes: an AKS pool has exactly one`);
  const maxPods = pool.maxPods ?? 110;
  if (maxPods < 10 || maxPods > 250) problems.push(`${path}.maxPods is ${maxPods}: AKS takes 10 to 250`);
  // the pattern of az aks nodepool add, which is stricter than Kubernetes about the value
  for (const { key: taint, value } of pool.taints ?? [])
    if (!/^[A-Za-z0-9][\w./-]{0,252}$/.test(taint) || !/^[A-Za-z0-9][\w.-]{0,62}$/.test(value))
      problems.push(
        `${path}.taints has '${taint}=${value}': AKS wants a key and a value, such as 'true', that start with a letter or digit and go on with those, '-', '_' and '.'`,
      );
  return problems;
}

function systemPoolProblems({ systemPool = {} }: AksClusterProps): string[] {
  const problems = minMax("systemPool", systemPool.min ?? 2, systemPool.max ?? 3, 1);
  const { machine = "Standard_D4ds_v5" } = systemPool;
  const vcpus = Number(/^Standard_[A-Z]+(\d+)/i.exec(machine)?.[1] ?? 4);
  if (/^Standard_B/i.test(machine) || vcpus < 4)
    problems.push(
      `systemPool.machine '${machine}': AKS takes no B series and nothing below 4 vCPU for system nodes; take Standard_D4ds_v5`,
    );
  return problems;
}

function nameProblems(pools: Pools): string[] {
  const problems: string[] = [];
  const taken = new Map<string, string>(Object.values(SYSTEM_POOL).map((name) => [name, "AKS's own pool"]));
  for (const [key, pool] of Object.entries(pools))
    for (const name of Object.values(poolNames(key, { spot: pool.spot ?? false }))) {
      const other = taken.get(name);
      if (other)
        problems.push(`pools.${key} is '${name}' in AKS, which knows no hyphens, and so is ${other}: choose another name`);
      taken.set(name, `pools.${key}`);
    }
  return problems;
}

function minMax(path: string, min: number, max: number, least: number): string[] {
  if (min >= least && max <= 1000 && min <= max && max >= 1) return [];
  return [`${path} has min ${min} and max ${max}: AKS takes a min of at least ${least}, and a max from min to 1000, at least 1`];
}
