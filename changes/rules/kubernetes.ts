import { isUnsupported } from "../../model/catalog/kubernetes-versions";
import type { ClusterFacts } from "../lock/lock";
import { type ChangedCluster, type ChangeRule, type Finding, keptMade, transition } from "./rule";

const SERVICE: Readonly<Record<string, string>> = { aws: "EKS", azure: "AKS", google: "GKE" };

/**
 * Minor versions go up one at a time, and down one at most: pools first, then the control plane, within seven days.
 * Sources: "Update existing cluster to new Kubernetes version" and "Rollback cluster to previous Kubernetes version" of
 * the EKS user guide (2026); "Upgrade an AKS cluster" and "Roll back node pool versions" of the AKS docs (2025-11,
 * preview); "Upgrading a cluster" of the GKE docs (2026).
 */
export const kubernetes: ChangeRule = (change) =>
  keptMade(change).flatMap((cluster) => {
    const { before, after } = cluster;
    if (before.kubernetes === undefined || after.kubernetes === undefined) return [];
    const steps = minor(after.kubernetes) - minor(before.kubernetes);
    if (steps > 1) return [skipped(cluster, steps)];
    if (steps < -1) return [farBack(cluster)];
    if (steps === -1) return [back(cluster)];
    return [];
  });

/** Pools follow the control plane, and go back before it does. */
export const poolVersions: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) =>
    Object.entries(after.pools ?? {}).flatMap(([pool, facts]): Finding[] => {
      const [was, is] = [before.pools?.[pool]?.kubernetes, facts.kubernetes];
      if (typeof was !== "string" || typeof is !== "string") return [];
      const steps = minor(is) - minor(was);
      // said of the control plane, where both go back
      if (steps >= 0 || minor(after.kubernetes ?? is) < minor(before.kubernetes ?? is)) return [];
      const path = ["clusters", name, "pools", pool, "kubernetes"];
      const common = { path, transition: transition(path, was, is) };
      if (steps < -1)
        return [
          {
            ...common,
            id: "kubernetes-lowered-far",
            severity: "refused",
            message: `the pool would go back ${-steps} minor versions, from ${was} to ${is}; one is the most. Make a pool of another name at ${is}, drain this one, then remove it`,
          },
        ];
      return [
        {
          ...common,
          id: "pool-lowered",
          severity: "warning",
          message: `the pool goes back from ${was} to ${is}: its nodes are replaced, a third at a time${after.cloud === "azure" ? ". AKS takes it within seven days of the upgrade, with upgradeChannel none (preview: az aks nodepool rollback)" : ""}`,
        },
      ];
    }),
  );

/** Both up in one apply: the way back, which is the pools' old version, is closed before anybody has looked. */
export const poolsAtOnce: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.kubernetes, after.kubernetes];
    if (was === undefined || is === undefined || minor(is) <= minor(was) || movesItself(after)) return [];
    const along = Object.entries(after.pools ?? {}).flatMap(([pool, { kubernetes }]) => {
      const old = before.pools?.[pool]?.kubernetes;
      return typeof old === "string" && typeof kubernetes === "string" && minor(old) < minor(kubernetes) ? [pool] : [];
    });
    if (along.length === 0) return [];
    return [
      {
        id: "pools-at-once",
        severity: "warning",
        path: ["clusters", name, "pools"],
        message: `${along.join(", ")} would go to ${is} in the same apply as the control plane, which closes the way back to ${was} before anybody has looked. Commit and apply the control plane alone, then the pools (npm run upgrade -- FLEET --clusters ${name} --pools)`,
      },
    ];
  });

function skipped({ name, before, after }: ChangedCluster, steps: number): Finding {
  const path = ["clusters", name, "kubernetes"];
  const [was, is] = [before.kubernetes!, after.kubernetes!];
  const common = { id: "kubernetes-skipped", path, transition: transition(path, was, is) };
  if (movesItself(after))
    return {
      ...common,
      severity: "warning",
      message: `from ${was} to ${is} are ${steps} minor versions; ${after.channel} moves them by itself, one after the other, so the cluster may be further than ${was} already`,
    };
  if (after.cloud === "azure" && isUnsupported("azure", was))
    return {
      ...common,
      severity: "warning",
      message: `from ${was} to ${is} are ${steps} minor versions: AKS takes that only because ${was} is out of support, and only to the oldest version that is supported`,
    };
  return {
    ...common,
    severity: "refused",
    message: `from ${was} to ${is} are ${steps} minor versions, and ${SERVICE[after.cloud]} takes one at a time. Write ${version(minor(was) + 1)}, apply it, let the pools follow, then the next (npm run upgrade -- FLEET --to ${is} prints the chain)`,
  };
}

function farBack({ name, before, after }: ChangedCluster): Finding {
  const path = ["clusters", name, "kubernetes"];
  return {
    id: "kubernetes-lowered-far",
    severity: "refused",
    path,
    transition: transition(path, before.kubernetes, after.kubernetes),
    message: `${SERVICE[after.cloud]} never goes back from ${before.kubernetes} to ${after.kubernetes}: one minor version is the most, and only within seven days of the upgrade. Make a second cluster at ${after.kubernetes} beside this one and move the names to it`,
  };
}

function back({ name, before, after }: ChangedCluster): Finding {
  const path = ["clusters", name, "kubernetes"];
  const [was, is] = [before.kubernetes!, after.kubernetes!];
  const common = { path, transition: transition(path, was, is) };
  if (after.cloud === "google")
    return {
      ...common,
      id: "kubernetes-lowered",
      severity: "warning",
      message: `a lower version than ${was} changes nothing on GKE: it is only what the control plane never falls below. Going back by hand: gcloud container clusters upgrade --master, as far as GKE takes it`,
    };
  if (after.cloud === "azure")
    return {
      ...common,
      id: "kubernetes-lowered",
      severity: "refused",
      message: `AKS never takes the control plane back from ${was} to ${is}; only node pools, within seven days (npm run upgrade -- FLEET --clusters ${name} --back prints how). Write ${was} again`,
    };
  const ahead = Object.entries(before.pools ?? {}).filter(
    ([, pool]) => typeof pool.kubernetes === "string" && minor(pool.kubernetes) > minor(is),
  );
  if (ahead.length > 0)
    return {
      ...common,
      id: "kubernetes-lowered",
      severity: "refused",
      message: `pools go back before the control plane, in an apply of its own: ${ahead.map(([pool]) => pool).join(", ")} ${ahead.length === 1 ? "is" : "are"} at ${was}. Go back with npm run upgrade -- FLEET --clusters ${name} --back: first the pools, then EKS's add-ons, then the control plane`,
    };
  return {
    ...common,
    id: "kubernetes-lowered",
    severity: "warning",
    message: `EKS takes the control plane back from ${was} to ${is} only within seven days of its upgrade, one version, and only where it was upgraded in place (aws eks list-insights --filter '{"categories":["ROLLBACK_READINESS"]}' says what is in the way)`,
  };
}

/** Whether the cloud itself goes to the next minor version. */
function movesItself({ cloud, channel }: ClusterFacts): boolean {
  return cloud === "google" || (cloud === "azure" && (channel === "stable" || channel === "rapid"));
}

const minor = (text: string): number => Number(text.split(".")[1]);
const version = (number: number): string => `1.${number}`;
