import type { Values } from "../helm/values";
import type { AppNamespace } from "./namespace";
import { networkPolicies } from "./network-policies";

/** What stands in the namespaces before applications do. Existing ones are left as they are. */
export function appNamespaceObjects(namespaces: readonly AppNamespace[], closed: boolean): readonly Values[] {
  return namespaces
    .filter(({ existing }) => !existing)
    .flatMap(({ name, openTo, quota, containerDefaults }) => [
      ...(closed ? [...networkPolicies({ name, podSecurity: "baseline" }), ...openings(name, openTo)] : []),
      ...(quota
        ? [{ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "quota", namespace: name }, spec: { hard: quota } }]
        : []),
      ...(containerDefaults ? [limitRange(name, containerDefaults)] : []),
    ]);
}

function openings(namespace: string, openTo: readonly string[]): readonly Values[] {
  if (openTo.length === 0) return [];
  const from = openTo.map((name) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }));
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "allow-known", namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from }] },
    },
  ];
}

function limitRange(namespace: string, { requests, limits }: NonNullable<AppNamespace["containerDefaults"]>): Values {
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "defaults", namespace },
    spec: { limits: [{ type: "Container", defaultRequest: requests, default: limits }] },
  };
}
