import { replacesAt } from "../../output/replaces";
import { knew } from "../../output/replaces/learned";
import type { Facts } from "../lock/lock";
import { isNamed, POOLS } from "../lock/stack-facts";
import { clusterOfStack } from "./of-cluster";
import { type Change, type ChangeRule, differ, type Finding, shown } from "./rule";

/** An argument that replaces a resource, with its values. */
export interface Replacing {
  readonly address: string;
  readonly arguments: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
}

/** The resources of a stack that would be replaced, of those that the lock keeps. */
export function replacedIn({ before, after }: Change, stack: string): readonly Replacing[] {
  // the same JSON replaces nothing, whatever more is known of it now
  if (before.stacks[stack]?.digest === after.stacks[stack]?.digest) return [];
  const [was, is] = [before.stacks[stack]?.fixed ?? {}, after.stacks[stack]?.fixed ?? {}];
  return Object.entries(is).flatMap(([address, now]) => {
    const [old, type] = [was[address], address.split(".")[0]!];
    const changed = old === undefined ? [] : changedArguments(type, old, now, before.knows);
    return changed.length === 0 ? [] : [{ address, arguments: changed }];
  });
}

/** @param knowledge of the lock of before: of what it didn't know it doesn't say that it was not set */
function changedArguments(type: string, old: Facts, now: Facts, knowledge: number | undefined): Replacing["arguments"] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((path) => {
    if (!(path in old) && (knowledge === undefined || !knew(knowledge, type, path))) return [];
    const [before, after] = [old[path] ?? null, now[path] ?? null];
    return replacesAt(type, path, before, after) ? [{ path, before, after }] : [];
  });
}

const CLUSTERS = ["aws_eks_cluster", "azurerm_kubernetes_cluster", "google_container_cluster"];

/**
 * What can't be replaced: a resource whose name is taken as long as the old one is there. Terraform would make the new
 * one first, as pools are (it spreads create_before_destroy to what they depend on), and the cloud refuses that after
 * other things are gone already.
 */
export const replaced: ChangeRule = (change) =>
  Object.keys(change.after.stacks).flatMap((stack): Finding[] => {
    if (isMoved(change, stack)) return [];
    const found = replacedIn(change, stack).filter(({ address }) => !POOLS.includes(address.split(".")[0]!));
    if (found.length === 0) return [];
    const cluster = clusterOf(change, stack);
    const whole = found.some(({ address }) => CLUSTERS.includes(address.split(".")[0]!));
    const what = found.map(
      ({ address, arguments: changed }) =>
        `${address} (${changed.map(({ path, before, after }) => `${path}: ${shown(before)} → ${shown(after)}`).join("; ")})`,
    );
    const taken = found.some(({ address }) => isNamed(address.split(".")[0]!));
    return [
      {
        id: whole ? "cluster-replaced" : "resource-replaced",
        severity: "refused",
        path: cluster === undefined ? [] : ["clusters", cluster],
        transition: `stacks.${stack}: replaces ${found.map(({ address }) => address).join(", ")}`,
        message: `stack ${stack} would replace ${what.join(", ")}${taken ? ", under a name that is taken until the old one is gone: the apply breaks half-way" : ", with all that is inside"}. ${
          cluster === undefined
            ? "Put back what you changed"
            : `Put back what you changed. Or add a cluster under another name, move the names to it and retire ${cluster}; or destroy its stacks first (terraform -chdir=cdktf.out/stacks/${stack} destroy), then accept this change`
        }`,
      },
    ];
  });

/** Whether the cluster or the store of backups of a stack is somewhere else now, which is said in other words. */
export function isMoved({ before, after }: Pick<Change, "before" | "after">, stack: string): boolean {
  const cluster = clusterOf({ after }, stack);
  const start = `${after.fleet}-backup-`;
  const key = stack.startsWith(start) ? stack.slice(start.length) : "";
  const store = Object.hasOwn(after.backups ?? {}, key) ? key : undefined;
  const [was, is] =
    store !== undefined
      ? [before.backups?.[store], after.backups![store]]
      : cluster === undefined
        ? []
        : [before.clusters[cluster], after.clusters[cluster]];
  return (["cloud", "region", "account"] as const).some((field) => differ(was?.[field], is?.[field]));
}

/** The cluster that a stack is of. */
export const clusterOf = ({ after }: Pick<Change, "after">, stack: string): string | undefined =>
  clusterOfStack(after.fleet, stack, (name) => Object.hasOwn(after.clusters, name));
