import { WINDOWS } from "../../model/catalog/kubernetes-versions";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import { chosen, type Move, minorOf, minorVersion, type Stay, type Upgrade } from "./moves";

const SERVICE = { aws: "EKS", azure: "AKS", google: "GKE" } as const;

/** The control planes, one minor version up. Their pools stay, and follow when they are told to. */
export function upgradeControlPlanes(fleet: Fleet, clusters: readonly string[]): Upgrade {
  return collected(chosen(fleet, clusters), (cluster) => {
    const from = cluster.kubernetes;
    const to = minorVersion(minorOf(from) + 1);
    if (movesItself(cluster)) return [`${SERVICE[cluster.cloud]} moves it by itself, by its channel`];
    const behind = Object.entries(poolVersions(cluster)).filter(([, version]) => version !== from);
    if (behind.length > 0)
      return [
        `its pools ${behind.map(([pool, version]) => `${pool} (${version})`).join(", ")} are behind ${from}: let them follow first, with --pools`,
      ];
    const window = WINDOWS[to]?.[cluster.cloud];
    if (!window) return [`${SERVICE[cluster.cloud]} has no ${to} that this catalogue knows`];
    const notes = [
      `${SERVICE[cluster.cloud]} supports ${to} until ${window.standard}`,
      ...wayBack(cluster, from),
      ...pinsGone(cluster),
    ];
    return [
      { cluster: cluster.name, path: ["kubernetes"], what: "control plane", from, to, notes, pin: { field: "kubernetes" } },
    ];
  });
}

/** The pools, to their control plane's version. */
export function upgradePools(fleet: Fleet, clusters: readonly string[]): Upgrade {
  return collected(chosen(fleet, clusters), (cluster) => {
    if (cluster.cloud === "google") return ["GKE's pools follow the channel by themselves"];
    const behind = Object.entries(poolVersions(cluster)).filter(([, version]) => version !== cluster.kubernetes);
    if (behind.length === 0) return [`its pools are at ${cluster.kubernetes} already`];
    return behind.map(([pool, from]) =>
      poolMove(cluster, pool, from, cluster.kubernetes, ["nodes are replaced a third at a time"]),
    );
  });
}

/**
 * One minor version back, in the order that each cloud wants: pools and EKS's add-ons in one apply, then EKS's control
 * plane in another. Sources: "Rollback cluster to previous Kubernetes version" of the EKS user guide (2026-07), "Roll
 * back node pool versions" of the AKS docs (preview, 2025-11).
 */
export function goBack(fleet: Fleet, clusters: readonly string[]): Upgrade {
  return collected(chosen(fleet, clusters), (cluster) => {
    if (cluster.cloud === "google")
      return [
        "GKE's way back is a two-step upgrade (rollbackSafeUpgrade of its API), which the provider google 6.50 doesn't have",
      ];
    const to = minorVersion(minorOf(cluster.kubernetes) - 1);
    const ahead = Object.entries(poolVersions(cluster)).filter(([, version]) => minorOf(version) > minorOf(to));
    if (ahead.length > 0)
      return ahead.map(([pool, from]) => poolMove(cluster, pool, from, to, [`only within seven days of its upgrade to ${from}`]));
    if (cluster.cloud === "azure") return ["its pools are back already, and AKS never takes the control plane back"];
    const notes = [
      "only within seven days of its upgrade, one version, and where it was upgraded in place",
      "apply it alone",
      ...pinsGone(cluster),
    ];
    return [
      {
        cluster: cluster.name,
        path: ["kubernetes"],
        what: "control plane",
        from: cluster.kubernetes,
        to,
        notes,
        pin: { field: "kubernetes" },
      },
    ];
  });
}

/** The steps to a version that is further away, with what to wait for. */
export function chain(cluster: MadeCluster, target: string): readonly string[] {
  const [from, to] = [minorOf(cluster.kubernetes), minorOf(target)];
  if (to <= from) return [`${cluster.name} is at ${cluster.kubernetes}: ${target} is not ahead of it`];
  if (movesItself(cluster)) return [`${cluster.name}: ${SERVICE[cluster.cloud]} moves it by itself, by its channel`];
  const behind = Object.values(poolVersions(cluster)).some((version) => version !== cluster.kubernetes);
  const first = behind
    ? [`${cluster.name}: pools to ${cluster.kubernetes} first (--pools), apply, and wait until every node is replaced`]
    : [];
  const back =
    cluster.cloud === "aws"
      ? "the way back is open for seven days"
      : "it never goes back, its pools do for seven days after their own step";
  return first.concat(
    Array.from({ length: to - from }, (_, step) => from + 1 + step).flatMap((minor) => {
      const version = minorVersion(minor);
      const window = WINDOWS[version]?.[cluster.cloud];
      const until = window
        ? `supported until ${window.standard}`
        : "not known to this catalogue yet: a newer Meridian may know it";
      return [
        `${cluster.name}: control plane to ${version} (${until}), apply, and look at it: ${back}`,
        `${cluster.name}: pools to ${version} (--pools), apply, and wait until every node is replaced`,
      ];
    }),
  );
}

/** The version of each pool of a cluster that Meridian leads; AKS's own is `system`. */
function poolVersions(cluster: MadeCluster): Readonly<Record<string, string>> {
  if (cluster.cloud === "google") return {};
  const pools = Object.entries(cluster.pools).map(([name, pool]) => [name, pool.kubernetes ?? cluster.kubernetes] as const);
  const system =
    cluster.cloud === "azure" ? [["system", cluster.azure.systemPool.kubernetes ?? cluster.kubernetes] as const] : [];
  return Object.fromEntries([...pools, ...system]);
}

function poolMove({ name, cloud }: MadeCluster, pool: string, from: string, to: string, notes: readonly string[]): Move {
  const path = cloud === "azure" && pool === "system" ? ["azure", "systemPool", "kubernetes"] : ["pools", pool, "kubernetes"];
  return { cluster: name, path, what: `pool ${pool}`, from, to, notes, pin: { field: "pools", key: pool } };
}

function wayBack(cluster: MadeCluster, from: string): readonly string[] {
  if (cluster.cloud === "aws") return [`back to ${from} is open for seven days, as long as the pools stay (--back)`];
  if (cluster.cloud !== "azure") return [];
  const channel = cluster.azure.upgradeChannel;
  return [
    "AKS never takes the control plane back; pools go back within seven days of their own upgrade (--back)",
    ...(channel === "none"
      ? []
      : [`upgradeChannel '${channel}' may move the pools by itself and close that: write none until you are content`]),
  ];
}

/** What is of one minor version goes with it. */
function pinsGone(cluster: MadeCluster): readonly string[] {
  if (cluster.cloud !== "aws") return [];
  const images = Object.entries(cluster.pools).flatMap(([pool, { image }]) => (image === undefined ? [] : [`image of ${pool}`]));
  const pinned = [...Object.keys(cluster.aws.addonVersions), ...images];
  return pinned.length === 0
    ? []
    : [
        `the pins for ${cluster.kubernetes} go (${pinned.join(", ")}): AWS chooses, until --only addons and --only images pin others`,
      ];
}

function movesItself(cluster: MadeCluster): boolean {
  return cluster.cloud === "google" || (cluster.cloud === "azure" && /^(stable|rapid)$/.test(cluster.azure.upgradeChannel));
}

/** The moves of every cluster, and the sentences of those that have none. */
function collected(clusters: readonly Cluster[], of: (cluster: MadeCluster) => readonly (Move | string)[]): Upgrade {
  const moves: Move[] = [];
  const stays: Stay[] = [];
  for (const cluster of clusters)
    for (const item of cluster.cloud === "existing" ? ["something else made it"] : of(cluster))
      if (typeof item === "string") stays.push({ cluster: cluster.name, why: item });
      else moves.push(item);
  return { moves, stays };
}
