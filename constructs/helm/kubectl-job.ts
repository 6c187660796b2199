import type { Values } from "./values";

/** kubectl by the Kubernetes project itself; it waits and deletes, so its minor version matters little. It has no shell. */
const KUBECTL = "registry.k8s.io/kubectl:v1.36.0";

export interface KubectlJobProps {
  /** Of the job, its service account and its right. */
  readonly name: string;
  readonly namespace: string;
  /** Events of the release at which it runs, as Helm names them. */
  readonly hook: string;
  /** Where it may look. @default "cluster" */
  readonly inside?: "cluster" | "namespace";
  /** What it may look at. */
  readonly reads: { readonly apiGroups: readonly string[]; readonly resources: readonly string[] };
  /** Whether it may delete that, too. @default false */
  readonly deletes?: boolean;
  /** Arguments of kubectl, step by step by the steps' names. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
  /** How often a failed step is tried again. */
  readonly retries: number;
}

/** A job of a release with an account and a right of its own, mostly only to look; it fails the release when it fails. */
export function kubectlJob(props: KubectlJobProps): Values[] {
  const { name, namespace, hook, reads, deletes = false, steps, retries, inside = "cluster" } = props;
  const role =
    inside === "cluster" ? { kind: "ClusterRole", metadata: { name } } : { kind: "Role", metadata: { name, namespace } };
  const containers = Object.entries(steps).map(([step, args]) => ({
    name: step,
    image: KUBECTL,
    args,
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  }));
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      ...role,
      rules: [{ ...reads, verbs: ["get", "list", "watch", ...(deletes ? ["delete"] : [])] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      ...role,
      kind: `${role.kind}Binding`,
      subjects: [{ kind: "ServiceAccount", name, namespace }],
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name },
    },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        name,
        namespace,
        annotations: { "helm.sh/hook": hook, "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded" },
      },
      spec: {
        backoffLimit: retries,
        template: {
          spec: {
            serviceAccountName: name,
            restartPolicy: "Never",
            securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
            ...(containers.length > 1 && { initContainers: containers.slice(0, -1) }),
            containers: containers.slice(-1),
          },
        },
      },
    },
  ];
}
