import { replacedIn } from "./replaced";
import { type Change, type ChangedCluster, type ChangeRule, type Finding, keptMade, shown, transition } from "./rule";

/**
 * Ranges that Google doesn't change: the provider plans it in place, and Google answers "Existing secondary range
 * cannot be modified" (hashicorp/terraform-provider-google#2570, #7474). The cluster would not move anyway.
 */
export const googleRanges: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) => {
    if (after.cloud !== "google" || isElsewhere({ name, before, after }) || isReplaced(change, name)) return [];
    return (["pods", "services"] as const).flatMap((field): Finding[] => {
      const [was, is] = [before.ranges?.[field], after.ranges?.[field]];
      if (was === undefined || is === undefined || was === is) return [];
      const path = ["clusters", name, "network", field];
      return [
        {
          id: "gke-ranges",
          severity: "refused",
          path,
          transition: transition(path, was, is),
          message: `Google never changes a range that a cluster uses, from ${was} to ${is}: the apply fails. Put ${was} back; more room for pods is a cluster of another name`,
        },
      ];
    });
  });

/**
 * The nodes' range of AKS: azurerm plans it in place, and Azure answers InUseSubnetCannotBeUpdated or
 * InUsePrefixCannotBeDeleted as long as a node is in it (hashicorp/terraform-provider-azurerm#7687, #11211).
 */
export const azureRanges: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.ranges?.nodes, after.ranges?.nodes];
    if (after.cloud !== "azure" || isElsewhere({ name, before, after }) || isReplaced(change, name)) return [];
    if (was === undefined || is === undefined || was === is) return [];
    const path = ["clusters", name, "network", "nodes"];
    return [
      {
        id: "aks-nodes-range",
        severity: "refused",
        path,
        transition: transition(path, was, is),
        message: `Azure never changes the range of a subnet with nodes in it, from ${was} to ${is}: the apply fails. Put ${was} back; more room for nodes is a cluster of another name`,
      },
    ];
  });

/**
 * The range of EKS's network: a VPC and its subnets never get another one, and EKS takes no subnet of another VPC
 * ("Update VPC configuration" of the EKS user guide, 2026), so the apply stops after the first of them are gone.
 */
export const awsRange: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.ranges?.cidr, after.ranges?.cidr];
    if (after.cloud !== "aws" || isElsewhere({ name, before, after })) return [];
    if (was === undefined || is === undefined || was === is) return [];
    const path = ["clusters", name, "network", "cidr"];
    return [
      {
        id: "eks-range",
        severity: "refused",
        path,
        transition: transition(path, was, is),
        message: `a VPC keeps its range, ${was}: for ${is} it would be made anew with every subnet, under a cluster that stays in the old one, and the apply breaks half-way. Put ${was} back; another range is a cluster of another name`,
      },
    ];
  });

/** In another region or account all is made anew, which is said in other words. */
const isElsewhere = ({ before, after }: ChangedCluster): boolean =>
  before.region !== after.region || before.account !== after.account;

/** Whether the cluster or the network of its nodes is replaced, and every range with it. */
function isReplaced(change: Change, cluster: string): boolean {
  const types = ["azurerm_kubernetes_cluster", "google_container_cluster", "google_compute_subnetwork"];
  return replacedIn(change, `${change.after.fleet}-${cluster}-cluster`).some(({ address }) =>
    types.includes(address.split(".")[0]!),
  );
}

/** Zones that leave a cluster. On EKS a zone's place decides its subnet. */
export const zonesRemoved: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.zones ?? [], after.zones ?? []];
    if (isElsewhere({ name, before, after })) return [];
    const path = ["clusters", name, "network", "zones"];
    const gone = was.filter((zone) => !is.includes(zone));
    if (after.cloud === "aws" && was.some((zone, index) => is[index] !== zone))
      return [
        {
          id: "zones-removed",
          severity: "refused",
          path,
          transition: transition(path, was, is),
          message: `were ${shown(was)} and would be ${shown(is)}: each zone's place decides its subnets, so those that exist would be destroyed under their nodes and load balancer. Keep ${shown(was)} in this order and append`,
        },
      ];
    if (gone.length === 0) return [];
    return [
      {
        id: "zones-removed",
        severity: "warning",
        path,
        transition: transition(path, was, is),
        message: `${gone.join(", ")} ${gone.length === 1 ? "leaves" : "leave"} the cluster: the nodes there go without being drained, and disks of that zone stay behind for pods that can't reach them. Drain those nodes first (kubectl get nodes -L topology.kubernetes.io/zone), and move what has volumes there`,
      },
    ];
  });

/** Zones that leave a pool of GKE, which is there afterwards: EKS replaces such a pool, and AKS rotates it. */
export const poolZonesRemoved: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) => {
    if (after.cloud !== "google" || isElsewhere({ name, before, after })) return [];
    return Object.entries(after.pools ?? {}).flatMap(([pool, now]): Finding[] => {
      const old = before.pools?.[pool];
      const [was, is] = [listOf(old?.zones ?? before.zones), listOf(now.zones ?? after.zones)];
      // one that leaves the cluster is said of the cluster
      const gone = was.filter((zone) => !is.includes(zone) && after.zones?.includes(zone));
      if (old === undefined || gone.length === 0) return [];
      const path = ["clusters", name, "pools", pool, "zones"];
      return [
        {
          id: "zones-removed",
          severity: "warning",
          path,
          transition: transition(path, was, is),
          message: `${gone.join(", ")} ${gone.length === 1 ? "leaves" : "leave"} the pool: its nodes there go without being drained, and disks of that zone stay behind for pods that can't reach them. Drain those nodes first (kubectl get nodes -l cloud.google.com/gke-nodepool=${pool} -L topology.kubernetes.io/zone)`,
        },
      ];
    });
  });

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);
