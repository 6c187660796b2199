import type { Values } from "../helm/values";
import type { PodSecurity } from "./install";
import { networkPolicies } from "./network-policies";

/** A namespace that applications run in. It is made here, so that two applications can share it and either can go. */
export interface AppNamespace {
  readonly name: string;
  /** Whether something else owns it: it is only looked at, so that a plan fails where it is missing. */
  readonly existing: boolean;
  readonly podSecurity: PodSecurity;
  /** Namespaces whose pods reach its pods, besides its own. */
  readonly openTo: readonly string[];
  /** What all its pods and claims may take together, by the names of ResourceQuota. @default - no quota */
  readonly quota?: Readonly<Record<string, string>>;
  /** What a container gets that says nothing. @default - nothing */
  readonly containerDefaults?: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
}

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
