import type { JsonObject } from "../../output/json";
import type { Remembered } from "../../output/memory";
import { KNOWLEDGE } from "../../output/replaces/learned";
import { resourcesOf } from "../../output/stack";
import { chartsOf, objectsOf } from "./cluster-facts";
import type { WrittenStack } from "./facts";
import { type ClusterFacts, FORMAT, type Lock } from "./lock";
import { stackFacts } from "./stack-facts";

/** Where each cloud's cluster says its minor version. */
const VERSION: Readonly<Record<string, readonly [cloud: string, argument: string]>> = {
  aws_eks_cluster: ["aws", "version"],
  azurerm_kubernetes_cluster: ["azure", "kubernetes_version"],
  google_container_cluster: ["google", "min_master_version"],
};

/**
 * What a last output says, for a fleet that has no lock yet: its stacks, what they protect, clouds, Kubernetes and chart
 * versions. So the first lock moves no version of what exists.
 * @param stacks of this fleet
 */
export function adoptedLock(fleet: string, stacks: readonly WrittenStack[], remembered?: Remembered): Lock | undefined {
  if (stacks.length === 0 && remembered === undefined) return undefined;
  const configs = new Map(stacks.map(({ id, config }) => [id, config]));
  const facts = Object.fromEntries(stacks.map(({ id, config }) => [id, stackFacts(id, config)]));
  const known = Object.fromEntries(
    (remembered?.stacks ?? []).map((id) => [id, { digest: "", protected: remembered?.protected[id] ?? [], fixed: {} }]),
  );
  return {
    format: FORMAT,
    fleet,
    meridian: "0.1.0",
    zone: {},
    state: {},
    clusters: clustersOf(fleet, configs, remembered),
    names: {},
    stacks: { ...known, ...facts },
    knows: KNOWLEDGE,
  };
}

/** A lock whose writer did not note yet what else than charts is on existing clusters, with what the last output has of that. */
export function withObjects(lock: Lock, last: () => Lock | undefined): Lock {
  const isSilent = ([, { cloud, objects }]: readonly [string, ClusterFacts]) => cloud === "existing" && objects === undefined;
  if (!Object.entries(lock.clusters).some(isSilent)) return lock;
  const output = last()?.clusters ?? {};
  const clusters = Object.entries(lock.clusters).map(([name, facts]) => {
    const objects = isSilent([name, facts]) ? output[name]?.objects : undefined;
    return [name, objects ? { ...facts, objects } : facts] as const;
  });
  return { ...lock, clusters: Object.fromEntries(clusters) };
}

function clustersOf(
  fleet: string,
  stacks: ReadonlyMap<string, JsonObject>,
  remembered: Remembered | undefined,
): Readonly<Record<string, ClusterFacts>> {
  const names = new Set(Object.keys(remembered?.clouds ?? {}));
  for (const id of stacks.keys()) {
    const name = new RegExp(`^${fleet}-(.+)-(?:cluster|priming)$`).exec(id)?.[1];
    if (name !== undefined) names.add(name);
  }
  return Object.fromEntries(
    [...names].map((name) => {
      const own = versionOf(stacks.get(`${fleet}-${name}-cluster`));
      const cloud = remembered?.clouds[name] ?? own?.cloud ?? "existing";
      const retired = remembered?.retired.includes(name) ?? false;
      return [
        name,
        {
          cloud,
          ...(retired && { retired }),
          ...(own && { kubernetes: own.version, pools: poolsOf(stacks.get(`${fleet}-${name}-cluster`)) }),
          ...(cloud === "existing" && { objects: objectsOf(stacks.get(`${fleet}-${name}-priming`)) }),
          charts: chartsOf(stacks.get(`${fleet}-${name}-priming`)),
        },
      ];
    }),
  );
}

function versionOf(stack: JsonObject | undefined): { readonly cloud: string; readonly version: string } | undefined {
  for (const { type, block } of resourcesOf(stack ?? {})) {
    const [cloud, argument] = VERSION[type] ?? [];
    const version = argument === undefined ? undefined : /^1\.\d+/.exec(String(block[argument]))?.[0];
    if (cloud !== undefined && version !== undefined) return { cloud, version };
  }
  return undefined;
}

/** Where each cloud's pools say their version. */
const POOL_VERSION: Readonly<Record<string, string>> = {
  aws_eks_node_group: "version",
  azurerm_kubernetes_cluster_node_pool: "orchestrator_version",
};

/** The versions of a cluster's pools, by the name that stands in their address: `cluster_pool-main_nodes_1A2B3C4D`. */
function poolsOf(stack: JsonObject | undefined): NonNullable<ClusterFacts["pools"]> {
  const pools = resourcesOf(stack ?? {}).flatMap(({ type, name, block }) => {
    const pool = /_pool-(.+?)(?:_nodes)?_[0-9A-F]{8}$/.exec(name)?.[1];
    const version = block[POOL_VERSION[type] ?? ""];
    return pool !== undefined && typeof version === "string" ? [[pool, { kubernetes: version }] as const] : [];
  });
  return Object.fromEntries(pools);
}
