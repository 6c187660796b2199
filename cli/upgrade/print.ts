import type { Move, Stay } from "../../changes/upgrade/moves";
import { stackIds } from "../../model/derived/names";
import type { Fleet } from "../../model/schema/fleet";
import type { Stack } from "../../output/folder";
import { resourcesOf } from "../../output/stack";
import { invocation } from "../command";

/** What moves, what one should know of it, and what stays. */
export function moveLines(moves: readonly Move[], stays: readonly Stay[]): string {
  const lines = [
    ...moves.flatMap(({ cluster, what, from, to, notes }) => [
      `${cluster}: ${what} ${from} → ${to}`,
      ...notes.map((note) => `    ${note}`),
    ]),
    ...stays.map(({ cluster, why }) => `${cluster} stays: ${why}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** What an upgrade was made of. */
export interface Moved {
  readonly file: string;
  readonly lock: string;
  readonly fleet: Fleet;
  readonly moves: readonly Move[];
  /** As they are now. */
  readonly stacks: readonly Stack[];
  readonly back: boolean;
}

/** What is to be done now. */
export function afterwards({ file, lock, fleet, moves, stacks, back }: Moved): string {
  const clusters = [...new Set(moves.map(({ cluster }) => cluster))];
  const fields = new Set(moves.map(({ pin }) => pin.field));
  const made = new Set(stacks.map(({ id }) => id));
  const stacksOf = (kind: "cluster" | "priming", of: readonly string[] = clusters) =>
    of.map((cluster) => stackIds[kind](fleet.name, cluster)).filter((id) => made.has(id));
  const call = (which: readonly string[], step: string) => `${invocation("upgrade", file)} --clusters ${which.join(",")} ${step}`;
  const eks = fleet.clusters.flatMap(({ name, cloud }) => (cloud === "aws" && clusters.includes(name) ? [name] : []));
  // the release of EKS's autoscaler follows the control plane
  const then = fields.has("kubernetes") ? stacksOf("priming", eks) : [];
  const next = [
    `Commit ${file} and ${lock}, then apply ${stacksOf(fields.has("charts") ? "priming" : "cluster").join(", ")}${then.length > 0 ? `, and after that ${then.join(", ")}` : ""}.`,
    ...(back ? azureCommands(fleet, moves, stacks) : []),
    ...(fields.has("kubernetes") && !back ? [`When you are content, the pools: ${call(clusters, "--pools")}`] : []),
    ...(back && fields.has("pools") && eks.length > 0
      ? [`Then EKS's control planes, in an apply of their own: ${call(eks, "--back")}`]
      : []),
  ];
  return `\n${next.join("\n")}\n`;
}

/** AKS takes pools back by a command of its own, which the provider doesn't send; the stack then says what is. */
function azureCommands(fleet: Fleet, moves: readonly Move[], stacks: readonly Stack[]): readonly string[] {
  const back = new Set(
    moves.flatMap(({ cluster, pin }) => (pin.field === "pools" ? [stackIds.cluster(fleet.name, cluster)] : [])),
  );
  const commands = stacks.flatMap(({ id, config }) => {
    const all = resourcesOf(config);
    const cluster = all.find(({ type }) => type === "azurerm_kubernetes_cluster")?.block.name;
    if (!back.has(id) || typeof cluster !== "string") return [];
    const names = [
      ...all.flatMap(({ type, block }) => (type === "azurerm_kubernetes_cluster_node_pool" ? [String(block.name)] : [])),
      "system",
    ];
    return names.map((pool) => `  az aks nodepool rollback --resource-group ${cluster} --cluster-name ${cluster} --name ${pool}`);
  });
  return commands.length === 0
    ? []
    : ["AKS: before that apply, with upgradeChannel none (preview: az extension add --name aks-preview):", ...commands];
}
