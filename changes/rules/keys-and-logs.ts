import { type ChangeRule, type Finding, keptMade, transition } from "./rule";

/**
 * The key of EKS's secrets, once given, stays: the provider plans another one and never sends it, and the cluster's role
 * loses its right to the key that still encrypts (hashicorp/terraform-provider-aws#34883; internal/service/eks/cluster.go
 * associates a key only where there was none).
 */
export const secretsKey: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.secretsKey, after.secretsKey];
    if (after.cloud !== "aws" || was === is || was === undefined || is === undefined) return [];
    const path = ["clusters", name, "aws", "secretsKeyArn"];
    return [
      {
        id: "eks-key",
        severity: "refused",
        path,
        transition: transition(path, was, is),
        message: `EKS never changes the key of a cluster, from ${key(was)} to ${key(is)}: every later plan would show it again, and the cluster's role would lose its right to ${key(was)}, which still encrypts its secrets. Put it back, and keep that key as long as the cluster lives. Another key is another cluster`,
      },
    ];
  });

/**
 * The key of GKE's secrets changes in place; what is in the cluster may stay encrypted by the one before until it is
 * written again ("Encrypt secrets at the application layer", Key rotation, cloud.google.com). A key that was made here is
 * destroyed by the same apply, with all its versions, and GKE's right to it goes at once.
 */
export const googleKey: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.secretsKey, after.secretsKey];
    if (after.cloud !== "google" || was === is || was === undefined || is === undefined) return [];
    const path = ["clusters", name, "google", "secretsKey"];
    const rewrite =
      'kubectl get secrets -A -o json | kubectl annotate --overwrite -f - encryption-key-rotation-time="$(date -u +%FT%TZ)"';
    const made = was === "made";
    const state = `terraform -chdir=cdktf.out/stacks/${change.before.fleet}-${name}-cluster state`;
    return [
      {
        id: "gke-key",
        severity: made ? "refused" : "warning",
        path,
        transition: transition(path, was, is),
        message: made
          ? `the key that was made for the cluster, and GKE's right to it, would be destroyed by the apply that gives the cluster ${is}: a secret that is in it now may be encrypted by the old key until it is written again, and could never be read. Let the state forget ring, key and right (the command below), accept this change, apply, write every secret again (${rewrite}), and destroy the old key by hand a while later`
          : `the cluster encrypts by ${key(is)} from this apply on, and what is in it may stay encrypted by ${was} until it is written again: keep that key until every secret was (${rewrite})`,
        ...(made && { commands: [`${state} list | grep google_kms_ | xargs -n 1 ${state} rm`] }),
      },
    ];
  });

/** Where the control plane's logs go: the old destination that Meridian made is destroyed with what is in it. */
export const logs: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.logs, after.logs];
    if (was === is || was === undefined || is === undefined) return [];
    if (after.cloud === "aws" && is !== "none" && was !== "none") return groupsKept(name, was, is);
    const field = after.cloud === "aws" ? "logTypes" : is === "none" ? "logCategories" : "logAnalyticsWorkspaceId";
    const path = ["clusters", name, after.cloud, field];
    const common = { path, transition: transition(["clusters", name, "logs"], was, is) };
    if (was === "made")
      return [
        {
          ...common,
          id: "logs-destroyed",
          severity: "refused",
          message: `the ${after.cloud === "aws" ? "log group" : "log workspace"} that was made for the cluster would be destroyed with all control-plane and audit logs in it${after.cloud === "azure" ? " (Azure keeps a deleted workspace for 14 days)" : ""}. To keep it, ${after.cloud === "aws" ? "apply keepLogs: true first, or " : ""}forget it first (terraform state list | grep log_; terraform state rm '<address>') and accept this change; to lose it, accept this change`,
        },
      ];
    return [
      {
        ...common,
        id: "logs-moved",
        severity: "note",
        message: `control-plane logs went ${placeOf(was)} and go ${placeOf(is)} from now on; what was written stays where it is`,
      },
    ];
  });

/** Where logs go, in words. */
function placeOf(logs: string): string {
  if (logs === "none") return "nowhere";
  return logs === "made" || logs === "kept" ? "to what was made for the cluster" : `to ${logs}`;
}

/** A log group that stays when its cluster goes, or no longer. */
function groupsKept(name: string, was: string, is: string): Finding[] {
  const path = ["clusters", name, "aws", "keepLogs"];
  return [
    {
      id: "logs-kept",
      severity: "note",
      path,
      transition: transition(path, was === "kept", is === "kept"),
      message:
        is === "kept"
          ? "the log groups stay when the cluster goes, as soon as this is applied. What was written until then stays encrypted by the cluster's key, which AWS deletes 30 days after the cluster: cancel that deletion, or export those logs"
          : "the log groups go with the cluster, as soon as this is applied",
    },
  ];
}

/** Flow logs that are switched off: the group goes with what is in it, unless it was to stay. */
export const flowLogs: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    if (before.flowLogs !== "made" || after.flowLogs !== undefined) return [];
    const path = ["clusters", name, "aws", "flowLogs"];
    return [
      {
        id: "logs-destroyed",
        severity: "refused",
        path,
        transition: transition(path, true, false),
        message:
          "the log group of the VPC's connections would be destroyed with all that is in it. To keep it, apply keepLogs: true first; to lose it, accept this change",
      },
    ];
  });

const key = (value: string): string => (value === "made" ? "the one made for it" : value);
