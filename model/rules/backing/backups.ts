import { ADD_ON_NAMESPACES } from "../../add-ons/load-balancer-guard";
import { findRegion, noSuchRegion } from "../../catalog/regions";
import { backupStoreOf, storesFor } from "../../derived/backups";
import { cronProblem } from "../../limits/cron";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { BackupStore } from "../../schema/backups";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import { inCluster } from "../clusters";

const ADDED: ReadonlySet<string> = new Set(ADD_ON_NAMESPACES);

/** Stores that can be made, and clusters that have one in their own cloud and account. */
export const backups: Rule = (fleet) => [...stores(fleet), ...fleet.clusters.flatMap((cluster) => users(fleet, cluster))];

const stores = (fleet: Fleet): readonly Problem[] =>
  Object.entries(fleet.backups).flatMap(([key, { cloud, region }]) =>
    findRegion(cloud, region) ? [] : [{ path: ["backups", key, "region"], message: noSuchRegion(cloud, region) }],
  );

function users(fleet: Fleet, cluster: Cluster): readonly Problem[] {
  const { enabled, store, schedule, namespaces, restore } = cluster.addons.backup;
  const at = (field: readonly (string | number)[], message: string) =>
    inCluster(cluster, ["addons", "backup", ...field], message);
  if (!enabled)
    return restore
      ? [
          at(
            ["restore"],
            "Velero restores, and it is off here, so that nothing would be: write `enabled: true` beside it, or take `restore` out",
          ),
        ]
      : [];
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
  const listed = (field: readonly string[], names: readonly string[] | undefined) =>
    (names ?? []).forEach((name, index) => {
      const ownedBy = /^kube-/.test(name) ? "Kubernetes'" : ADDED.has(name) ? "an add-on's" : undefined;
      if (ownedBy !== undefined)
        problems.push(at([...field, index], `'${name}' is ${ownedBy} own, and is made with every cluster: remove it`));
      else if (names!.indexOf(name) < index) problems.push(at([...field, index], `'${name}' is there twice`));
    });
  listed(["namespaces"], namespaces);
  listed(["restore", "namespaces"], restore?.namespaces);
  const never = cronProblem(schedule);
  if (never !== undefined) problems.push(at(["schedule"], never));
  const elsewhere = restore === undefined ? undefined : restoreProblem(fleet, cluster, restore.cluster);
  if (elsewhere !== undefined) problems.push(at(["restore", "cluster"], elsewhere));
  return problems;
}

/** A backup is read where its cluster's backups are. Of a cluster that has left the file that isn't known. */
function restoreProblem(fleet: Fleet, cluster: Cluster, name: string): string | undefined {
  if (name === cluster.name) return `'${name}' is this cluster, whose volumes are there: name the generation before it`;
  const from = fleet.clusters.find((candidate) => candidate.name === name);
  if (!from) return undefined;
  if (from.cloud !== cluster.cloud)
    return `'${name}' is ${from.cloud === "existing" ? "a cluster that something else made" : `on ${from.cloud}`}, and this one on ${cluster.cloud}: a store is read in its own cloud alone. Copy the data by a job of your own`;
  const [own, other] = [backupStoreOf(fleet, cluster)?.[0], backupStoreOf(fleet, from)?.[0]];
  return own === undefined || other === undefined || own === other
    ? undefined
    : `the backups of '${name}' are in store '${other}', and this cluster uses '${own}': each store has a password of its own, and Velero knows one. Write \`store: ${other}\``;
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
