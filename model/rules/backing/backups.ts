import { ADD_ON_NAMESPACES } from "../../add-ons/load-balancer-guard";
import { findRegion, noSuchRegion } from "../../catalog/regions";
import { backupName, storesFor } from "../../derived/backups";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { BackupStore } from "../../schema/backups";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

const ADDED: ReadonlySet<string> = new Set(ADD_ON_NAMESPACES);

/** Stores that can be made, and clusters that have one in their own cloud and account. */
export const backups: Rule = (fleet) => [...stores(fleet), ...fleet.clusters.flatMap((cluster) => users(fleet, cluster))];

function stores(fleet: Fleet): readonly Problem[] {
  return Object.entries(fleet.backups).flatMap(([key, store]): readonly Problem[] => {
    const earlier = Object.entries(fleet.backups).slice(0, Object.keys(fleet.backups).indexOf(key));
    const same = earlier.find(
      ([other, { cloud }]) =>
        cloud === store.cloud && backupName(fleet.name, other, store) === backupName(fleet.name, key, store),
    );
    return [
      ...(findRegion(store.cloud, store.region)
        ? []
        : [{ path: ["backups", key, "region"], message: noSuchRegion(store.cloud, store.region) }]),
      ...(same
        ? [
            {
              path: ["backups", key],
              atKey: true,
              message: `'${key}' would have the name of '${same[0]}' in its cloud: take another`,
            },
          ]
        : []),
    ];
  });
}

function users(fleet: Fleet, cluster: Cluster): readonly Problem[] {
  const { enabled, store, namespaces, restore } = cluster.addons.backup;
  if (!enabled) return [];
  const at = (field: readonly (string | number)[], message: string) =>
    inCluster(cluster, ["addons", "backup", ...field], message);
  if (cluster.cloud === "existing")
    return [
      at(["enabled"], "which cloud's store a cluster that exists can use is not known here: install Velero as an application"),
    ];
  const problems: Problem[] = [];
  const wrong = storeProblem(fleet, cluster, store);
  if (wrong !== undefined) problems.push(at(store === undefined ? [] : ["store"], wrong));
  if (!cluster.addons.externalSecrets.enabled)
    problems.push(
      at(
        ["enabled"],
        "needs external-secrets, which brings the password of the backups: write `externalSecrets: { enabled: true }` beside it",
      ),
    );
  (namespaces ?? []).forEach((name, index) => {
    const ownedBy = /^kube-/.test(name) ? "Kubernetes'" : ADDED.has(name) ? "an add-on's" : undefined;
    if (ownedBy !== undefined)
      problems.push(at(["namespaces", index], `'${name}' is ${ownedBy} own, and is made with every cluster: remove it`));
  });
  if (restore?.cluster === cluster.name)
    problems.push(
      at(["restore", "cluster"], `'${restore.cluster}' is this cluster, whose volumes are there: name the generation before it`),
    );
  return problems;
}

function storeProblem(
  fleet: Fleet,
  cluster: Exclude<Cluster, { cloud: "existing" }>,
  store: string | undefined,
): string | undefined {
  const own = storesFor(fleet, cluster);
  if (store === undefined) {
    if (own.length === 1) return accountProblem(cluster, fleet.backups[own[0]!]!);
    return own.length === 0
      ? `needs a store: write one with \`cloud: ${cluster.cloud}\` under \`backups\``
      : `needs \`store:\`, since there are several on ${cluster.cloud}: ${own.join(", ")}`;
  }
  const found = fleet.backups[store];
  if (!found) return `no store is called '${store}'${didYouMean(store, Object.keys(fleet.backups), "there are")}`;
  if (found.cloud !== cluster.cloud)
    return `'${store}' is on ${found.cloud}, and this cluster on ${cluster.cloud}: Velero reaches another cloud's store only with a key. Give it a store of its own cloud`;
  return accountProblem(cluster, found);
}

/** Rights on another account's store need somebody's consent there. */
function accountProblem(
  cluster: Exclude<Cluster, { cloud: "existing" }>,
  { aws, azure, google }: BackupStore,
): string | undefined {
  const said = (what: string, own: string, other: string | undefined) =>
    other === undefined || own === other
      ? undefined
      : `is in ${what} ${own} and its store in ${other}: rights on another's store are not made here. Make a store there`;
  switch (cluster.cloud) {
    case "aws":
      return said("account", cluster.aws.accountId, aws?.accountId);
    case "azure":
      return said("subscription", cluster.azure.subscriptionId, azure?.subscriptionId);
    case "google":
      return said("project", cluster.google.projectId, google?.projectId);
  }
}
