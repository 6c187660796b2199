import type { Move, Stay } from "../../changes/upgrade/moves";
import type { Stack } from "../../output/folder";
import { resourcesOf } from "../../output/stack";

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

/** What is to be done now. */
export function afterwards(file: string, lock: string, moves: readonly Move[], stacks: readonly Stack[], back: boolean): string {
  const clusters = [...new Set(moves.map(({ cluster }) => cluster))];
  const fields = new Set(moves.map(({ pin }) => pin.field));
  const stackOf = (cluster: string) =>
    stacks.map(({ id }) => id).find((id) => id.endsWith(`-${cluster}-${fields.has("charts") ? "priming" : "cluster"}`));
  const next = [
    `Commit ${file} and ${lock}, then apply ${clusters.map(stackOf).join(", ")}${fields.has("kubernetes") && !back ? ", and the -priming stacks after them" : ""}.`,
    ...(back ? azureCommands(moves, stacks) : []),
    ...(fields.has("kubernetes") && !back
      ? [`When you are content, the pools: npm run upgrade -- ${file} --clusters ${clusters.join(",")} --pools`]
      : []),
    ...(back && fields.has("pools")
      ? [
          `Then EKS's control planes, in an apply of their own: npm run upgrade -- ${file} --clusters ${clusters.join(",")} --back`,
        ]
      : []),
  ];
  return `\n${next.join("\n")}\n`;
}

/** AKS takes pools back by a command of its own, which the provider doesn't send; the stack then says what is. */
function azureCommands(moves: readonly Move[], stacks: readonly Stack[]): readonly string[] {
  const commands = stacks.flatMap(({ id, config }) => {
    const own = moves.filter(({ cluster, pin }) => pin.field === "pools" && id.endsWith(`-${cluster}-cluster`));
    const all = resourcesOf(config);
    const cluster = all.find(({ type }) => type === "azurerm_kubernetes_cluster")?.block.name;
    if (own.length === 0 || typeof cluster !== "string") return [];
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
