/** Kubernetes and Helm: what their providers check before any API is asked. */
import type { ValueObject } from "../protocol/values";
import { DNS_LABEL, inner } from "./facts";
import type { Line } from "./line";

const HELM = "hashicorp/helm 3.1.1, helm/resource_helm_release.go";
const K8S = "hashicorp/kubernetes 2.38.0";
const TYPES = ["auto", "string", "literal"];

function metadataName(config: ValueObject): string | undefined {
  const name = inner(config, "metadata", "name");
  return typeof name === "string" && name !== "" && !DNS_LABEL.test(name)
    ? `metadata.name is "${name}"; it must be 63 lower-case letters, digits or hyphens at most, with no hyphen at either end.`
    : undefined;
}

function exactVersion(config: ValueObject): string | undefined {
  const version = config.version;
  return typeof version === "string" && version !== "" && !/^v?\d+\.\d+\.\d+/.test(version)
    ? `'version' is "${version}"; it must be the chart's exact version, a range is refused at plan.`
    : undefined;
}

/** Facts about Kubernetes and Helm. */
export const kubernetesLines: readonly Line[] = [
  { type: "helm_release", at: "name", length: [1, 53], source: HELM },
  {
    type: "helm_release",
    at: "name",
    matches: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    say: "lower-case letters, digits, hyphens and dots",
    when: "apply",
    source: "helm 3.18, pkg/chartutil/validate_name.go",
  },
  { type: "helm_release", at: "set.type", oneOf: TYPES, source: HELM },
  { type: "helm_release", at: "set_sensitive.type", oneOf: TYPES, source: HELM },
  { type: "helm_release", at: "set_wo.type", oneOf: ["auto", "string"], source: HELM },
  { type: "helm_release", check: exactVersion, at: "version", source: `${HELM}, ModifyPlan` },
  { type: "helm_release", recomputes: ["metadata", "status", "manifest"], source: `${HELM}, ModifyPlan` },
  { type: "kubernetes_namespace_v1", check: metadataName, at: "metadata", source: `${K8S}, kubernetes/validators.go` },
  {
    type: "kubernetes_storage_class_v1",
    at: "reclaim_policy",
    oneOf: ["Delete", "Retain", "Recycle"],
    source: `${K8S}, kubernetes/resource_kubernetes_storage_class_v1.go`,
  },
  {
    type: "kubernetes_storage_class_v1",
    at: "volume_binding_mode",
    oneOf: ["Immediate", "WaitForFirstConsumer"],
    source: `${K8S}, kubernetes/resource_kubernetes_storage_class_v1.go`,
  },
  {
    type: "kubernetes_service_v1",
    at: "spec.type",
    oneOf: ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
    source: `${K8S}, kubernetes/resource_kubernetes_service_v1.go`,
  },
];
