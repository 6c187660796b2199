import type { KubeObject } from "./render";

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, unknown>>;
    readonly limits?: Readonly<Record<string, unknown>>;
  };
  readonly securityContext?: SecurityContext;
}
export interface SecurityContext {
  readonly privileged?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly allowPrivilegeEscalation?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
}
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly volumes?: readonly { readonly name: string; readonly hostPath?: unknown }[];
}

/** The pods of a workload, if it is one. */
export function podSpec(object: KubeObject): PodSpec | undefined {
  const spec = object.spec as
    | { template?: { spec?: PodSpec }; jobTemplate?: { spec: { template: { spec: PodSpec } } } }
    | undefined;
  if (object.kind === "Pod") return object.spec as PodSpec;
  if (object.kind === "CronJob") return spec?.jobTemplate?.spec.template.spec;
  return ["Deployment", "StatefulSet", "DaemonSet", "Job"].includes(object.kind) ? spec?.template?.spec : undefined;
}

/** Whether Helm makes it only for `helm test`. */
export const isTest = (object: KubeObject) => (object.metadata.annotations?.["helm.sh/hook"] ?? "").includes("test");
