import type { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { Construct } from "constructs";
import { Pause } from "../../cdktf/pause";
import type { ClusterAuth } from "../face";
import type { AksSettings } from "./settings";

/** The application that stands for every AKS API server in Entra's public cloud (Microsoft's documentation of kubelogin). */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * A token from kubelogin, by default for whoever `az` is logged in as, of the cluster's tenant though the person may
 * have several. kubelogin's environment wins over its arguments (UpdateFromEnv in its source), so a runner chooses
 * another way without another synth, by AAD_LOGIN_METHOD:
 * - workloadidentity: the OIDC token of a pipeline, with AZURE_CLIENT_ID and, outside of GitHub, AZURE_FEDERATED_TOKEN_FILE
 * - msi: a managed identity, with AZURE_CLIENT_ID where the machine has several. After `az login --identity` too, since
 *   az refuses to be told the tenant there
 * - spn, azurepipelines: a client secret, a service connection
 */
export function kubelogin(tenantId: string): ClusterAuth {
  return {
    command: "kubelogin",
    args: [
      "get-token",
      "--environment",
      "AzurePublicCloud",
      "--server-id",
      AKS_SERVER_ID,
      "--tenant-id",
      tenantId,
      "--login",
      "azurecli",
    ],
  };
}

/**
 * Until the API server knows who its runner is: "up to five minutes" (Microsoft, "Use Microsoft Entra ID authorization
 * for the Kubernetes API"). The pools are made meanwhile; what comes after this stack's apply is priming, as the runner.
 */
const RUNNER_KNOWN_SECONDS = 300;

/** The runner administers what is inside the cluster; people do by their Entra groups, which the cluster itself names. */
export function aksAccess(scope: Construct, { runner, provider }: AksSettings, cluster: KubernetesCluster): void {
  const role = new RoleAssignment(scope, "runner", {
    provider,
    scope: cluster.id,
    roleDefinitionName: "Azure Kubernetes Service RBAC Cluster Admin",
    principalId: runner,
  });
  new Pause(scope, "runner-known", { after: { runner: role.id }, seconds: RUNNER_KNOWN_SECONDS });
}
