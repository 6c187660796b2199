import type { ClusterAuth } from "../face";

/** The application that stands for every AKS API server in Entra's public cloud (Microsoft's documentation of kubelogin). */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * A token from kubelogin, by default for the person or principal that `az` is logged in as. Its environment wins over
 * its arguments (kubelogin, UpdateFromEnv), so a runner chooses another way without another synth:
 * AAD_LOGIN_METHOD=workloadidentity takes a pipeline's OIDC token, msi a managed identity (AZURE_CLIENT_ID says which),
 * spn a client secret, azurepipelines a service connection. A person logged in to several tenants gets a token of the
 * cluster's tenant.
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
