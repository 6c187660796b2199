import { type Container, isTest, type PodSpec, podSpec, type SecurityContext } from "./objects";
import type { KubeObject } from "./render";

/** What is wrong with the objects of a release, whatever the chart. */
export function findings(objects: readonly KubeObject[], podSecurity: string | undefined): string[] {
  return objects
    .filter((object) => !isTest(object))
    .flatMap((object) => [...podFindings(object, podSecurity), ...secretFindings(object)]);
}

function podFindings(object: KubeObject, podSecurity: string | undefined): string[] {
  const pods = podSpec(object);
  if (!pods) return [];
  const where = `${object.kind} ${object.metadata.name}`;
  // a hook runs for seconds, and many charts have no setting for its resources
  const hook = object.metadata.annotations?.["helm.sh/hook"] !== undefined || object.kind === "Job";
  const all = [...pods.containers, ...(pods.initContainers ?? [])];
  return [
    ...all.flatMap((container) => imageFindings(`${where}, container ${container.name}`, container)),
    ...(hook ? [] : pods.containers.flatMap((container) => resourceFindings(`${where}, container ${container.name}`, container))),
    ...standardFindings(where, pods, all, podSecurity),
  ];
}

function imageFindings(where: string, { image = "" }: Container): string[] {
  const name = image.split("@")[0]!;
  const tag = name.includes(":", name.lastIndexOf("/")) ? name.slice(name.lastIndexOf(":") + 1) : "";
  if (image.includes("@sha256:")) return [];
  return tag === "" || tag === "latest" ? [`${where}: image '${image}' has no fixed version`] : [];
}

function resourceFindings(where: string, { resources }: Container): string[] {
  const missing = [
    ...(["cpu", "memory"] as const)
      .filter((what) => resources?.requests?.[what] === undefined)
      .map((what) => `request of ${what}`),
    ...(resources?.limits?.memory === undefined ? ["limit of memory"] : []),
  ];
  return missing.length === 0 ? [] : [`${where}: no ${missing.join(", no ")}`];
}

/** The pod security standards, by Kubernetes' documentation of them, as far as charts touch them. */
function standardFindings(where: string, pods: PodSpec, all: readonly Container[], podSecurity: string | undefined): string[] {
  if (podSecurity === undefined || podSecurity === "privileged") return [];
  const found: string[] = [];
  for (const host of ["hostNetwork", "hostPID", "hostIPC"] as const)
    if (pods[host]) found.push(`${where}: ${host} in a ${podSecurity} namespace`);
  for (const { name, hostPath } of pods.volumes ?? []) if (hostPath) found.push(`${where}: volume ${name} is a path of the node`);
  for (const { name, securityContext = {} } of all) {
    const at = `${where}, container ${name}`;
    if (securityContext.privileged) found.push(`${at}: privileged`);
    if (podSecurity === "restricted") found.push(...restricted(at, { ...pods.securityContext, ...securityContext }));
  }
  return found;
}

function restricted(at: string, context: SecurityContext): string[] {
  return [
    ...(context.runAsNonRoot === true ? [] : [`${at}: runAsNonRoot is not true`]),
    ...(context.allowPrivilegeEscalation === false ? [] : [`${at}: allowPrivilegeEscalation is not false`]),
    ...(context.capabilities?.drop?.includes("ALL") ? [] : [`${at}: capabilities are not dropped`]),
    ...(context.seccompProfile?.type === undefined ? [`${at}: no seccompProfile`] : []),
  ];
}

/** Secrets with something in them: a chart made a password, or was given one. */
function secretFindings(object: KubeObject): string[] {
  if (object.kind !== "Secret") return [];
  const filled = { ...(object.data as object | undefined), ...(object.stringData as object | undefined) };
  const keys = Object.entries(filled).flatMap(([key, value]) => (value ? [key] : []));
  // settings that a program reads only from a secret, with no secret in them
  const harmless = keys.every((key) => HARMLESS.includes(`${object.metadata.name}/${key}`));
  return keys.length === 0 || harmless ? [] : [`Secret ${object.metadata.name}: the chart fills in ${keys.join(", ")}`];
}

const HARMLESS = [
  "external-dns/azure.json",
  // the routing of alerts, with no receiver
  "alertmanager-kube-prometheus-stack-alertmanager/alertmanager.yaml",
];
