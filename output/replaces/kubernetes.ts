/** Kubernetes and Helm. */
import type { Replacement } from "./replacement";

/** What replaces a release or an object. */
export const kubernetesReplacements: readonly Replacement[] = [
  { type: "helm_release", replaces: ["name", "namespace"], source: "hashicorp/helm 3.1.1, helm/resource_helm_release.go" },
  {
    type: "kubernetes_namespace_v1",
    replaces: ["metadata.name", "metadata.generate_name"],
    source: "hashicorp/kubernetes 2.38.0, kubernetes/schema_metadata.go",
  },
  {
    type: "kubernetes_secret_v1",
    replaces: ["metadata.name", "metadata.namespace", "metadata.generate_name", "type"],
    source: "hashicorp/kubernetes 2.38.0, kubernetes/resource_kubernetes_secret_v1.go",
  },
  {
    type: "kubernetes_config_map_v1",
    replaces: ["metadata.name", "metadata.namespace", "metadata.generate_name"],
    source: "hashicorp/kubernetes 2.38.0, kubernetes/schema_metadata.go",
  },
  {
    type: "kubernetes_service_account_v1",
    replaces: ["metadata.name", "metadata.namespace", "metadata.generate_name"],
    source: "hashicorp/kubernetes 2.38.0, kubernetes/schema_metadata.go",
  },
];
