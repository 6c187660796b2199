import { type ChangeRule, type Finding, keptMade, shown, transition } from "./rule";

/**
 * Ranges that Google doesn't change: the provider plans it in place, and Google answers "Existing secondary range
 * cannot be modified" (hashicorp/terraform-provider-google#2570, #7474). The cluster would not move anyway.
 */
export const googleRanges: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) => {
    if (after.cloud !== "google" || before.region !== after.region || before.ranges?.cidr !== after.ranges?.cidr) return [];
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
    const isElsewhere = before.region !== after.region || before.ranges?.cidr !== after.ranges?.cidr;
    if (after.cloud !== "azure" || isElsewhere || was === undefined || is === undefined || was === is) return [];
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

/** Zones that leave a cluster. On EKS a zone's place decides its subnet. */
export const zonesRemoved: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.zones ?? [], after.zones ?? []];
    if (before.region !== after.region || before.account !== after.account) return [];
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
