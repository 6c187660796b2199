/** What AKS, or azurerm before it asks, refuses of a cluster that is made, and takes of one that is there. */
import { inner } from "../knowledge/facts";
import type { Attempt, Refusal } from "./attempt";

/** A new cluster's own pool is of its version; one that is there may move its pools later, or back. */
function versionsDiffer({ config }: Attempt): string | undefined {
  const [own, pool] = [config.kubernetes_version, inner(config, "default_node_pool", "orchestrator_version")];
  return typeof own === "string" && typeof pool === "string" && own !== "" && own !== pool
    ? `kubernetes_version ${own} and the default pool's orchestrator_version ${pool} must be the same.`
    : undefined;
}

export const aksRefusals: readonly Refusal[] = [
  {
    type: "azurerm_kubernetes_cluster",
    on: ["create"],
    source: "hashicorp/azurerm 4.55.0, internal/services/containers/kubernetes_cluster_resource.go, create",
    refuse: versionsDiffer,
  },
];
