import { canonical, isCidr, isPrivate, prefixLength } from "../derived/cidr";

/**
 * What Kubernetes takes, and what every cloud takes of a cluster. Each function here and beside it says in a sentence
 * why a value can't be, and nothing where it can: rules add the place in the file, constructs the prop.
 */

/** Why a text is no range as the clouds want it. */
export function rangeProblem(range: string): string | undefined {
  if (!isCidr(range)) return `'${range}' is no IPv4 range: four numbers to 255, and a prefix length to 32`;
  return canonical(range) === range ? undefined : `'${range}' has bits behind its prefix length: write ${canonical(range)}`;
}

/** Why a range can't be a network's, or a part of one. */
export function privateRangeProblem(range: string): string | undefined {
  const wrong = rangeProblem(range);
  if (wrong !== undefined || isPrivate(range)) return wrong;
  return `'${range}' is not for private networks: take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`;
}

/** Why a range can't be in the allow-list of a Kubernetes API. */
export function allowedRangeProblem(range: string): string | undefined {
  if (isCidr(range) && prefixLength(range) === 0)
    return "0.0.0.0/0 opens the Kubernetes API to everybody: name the ranges of people and runner, or use `access: private` with a proxy";
  return rangeProblem(range);
}

/** The largest and the smallest range of something, by prefix length. */
export interface Sizes {
  readonly largest: number;
  readonly smallest: number;
}

/** Why a range can't be a cluster's whole network. */
export function networkSizeProblem(range: string, { largest, smallest }: Sizes): string | undefined {
  const prefix = prefixLength(range);
  if (prefix >= largest && prefix <= smallest) return undefined;
  return `'${range}' is too ${prefix > smallest ? "small" : "large"}: /${largest} to /${smallest}; a /16 is right for most`;
}

/** Why a range can't be that of a part of a cluster, called by what it is for. */
export function partSizeProblem(range: string, what: string, service: string, { largest, smallest }: Sizes): string | undefined {
  const prefix = prefixLength(range);
  if (prefix >= largest && prefix <= smallest) return undefined;
  const allowed = largest === smallest ? `a /${largest}` : `/${largest} to /${smallest}`;
  return `${range} for ${what} is a /${prefix}, and ${service} takes ${allowed}`;
}

/** Why a range has too little room for the nodes that pools can grow to while they are upgraded. */
export function roomProblem(range: string, what: string, room: number, most: number, each = ""): string | undefined {
  if (room >= most) return undefined;
  return `${range} for ${what} has room for ${Math.max(0, Math.floor(room))} nodes${each}, and the pools can grow to ${most} while they are upgraded: give a larger range, or lower \`max\``;
}

/** Why a text is no version to ask for: the cloud chooses the patch. */
export function versionSpellingProblem(version: string): string | undefined {
  return /^1\.\d{2}$/.test(version) ? undefined : `'${version}' is no minor version such as '1.36': the cloud chooses the patch`;
}

/** Why a pool can't be called so: the names of what is made of it must fit every cloud. */
export function poolNameProblem(name: string): string | undefined {
  return /^[a-z](?:-?[a-z0-9])*$/.test(name) && name.length <= 30
    ? undefined
    : `'${name}' is no name of a pool: at most 30 lower-case letters, digits and single hyphens, starting with a letter`;
}

/** What a cluster's pools are asked about. */
export interface PoolSize {
  readonly min: number;
  readonly max: number;
  readonly maxPods: number;
  readonly diskGib: number;
}

/** Limits of a cloud's pools. */
export interface PoolLimits {
  /** Fewest and most pods on a node. */
  readonly pods: readonly [fewest: number, most: number];
  /** Smallest system disk in GiB that a node image fits on. */
  readonly diskGib: number;
}

/** What a pool can't be, by field. */
export function poolSizeProblems(
  { min, max, maxPods, diskGib }: PoolSize,
  { pods: [fewest, most], diskGib: smallest }: PoolLimits,
): readonly (readonly [field: "min" | "max" | "maxPods" | "diskGib", problem: string])[] {
  return [
    ...(max < 1 || max > MOST_NODES ? ([["max", `${max} is not from 1 to ${MOST_NODES}`]] as const) : []),
    ...(min < 0 ? ([["min", `${min} is below 0`]] as const) : []),
    ...(min > max ? ([["min", `${min} is above \`max\`, which is ${max}`]] as const) : []),
    ...(maxPods < fewest || maxPods > most ? ([["maxPods", `${maxPods} is not from ${fewest} to ${most}`]] as const) : []),
    ...(diskGib < smallest ? ([["diskGib", `${diskGib} GiB are too little: at least ${smallest}`]] as const) : []),
  ];
}

/** Most nodes of one pool. AKS and GKE: their quotas; an EKS node group has 450 unless AWS is asked for more. */
const MOST_NODES = 1000;

/** A taint as it stands in a fleet file. */
interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Whether one of the pools always has a node for cluster DNS and add-ons, which tolerate no taint. AKS taints every spot node. */
export function hasSteadyPool(
  pools: readonly { readonly min: number; readonly taints: readonly Taint[]; readonly spot: boolean }[],
  cloud: "aws" | "azure" | "google",
): boolean {
  return pools.some(
    ({ min, taints, spot }) =>
      min > 0 && taints.every(({ effect }) => effect === "PreferNoSchedule") && !(spot && cloud === "azure"),
  );
}

export function steadyProblem(cloud: "aws" | "azure" | "google"): string {
  const onDemand = cloud === "azure" ? ", not spot," : "";
  return `cluster DNS and add-ons would have nowhere to run: at least one pool needs \`min\` of 1 or more${onDemand} and no taints`;
}

/** A name as Kubernetes spells label values, and the last part of label and taint keys. */
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** Domains whose labels Kubernetes and the clouds give themselves; a kubelet may not set them. */
const TAKEN = /(^|\.)(kubernetes\.io|k8s\.io|kubernetes\.azure\.com|cloud\.google\.com|eks\.amazonaws\.com)$/;

/** Why nodes can't have a label or taint of that key. */
export function keyProblem(key: string): string | undefined {
  const slash = key.lastIndexOf("/");
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  if (!NAME.test(key.slice(slash + 1)) || (prefix !== undefined && (prefix.length > 253 || !PREFIX.test(prefix))))
    return `'${key}' is no key for Kubernetes: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, and before it perhaps a domain and '/'`;
  if (prefix !== undefined && TAKEN.test(prefix))
    return `'${prefix}' belongs to Kubernetes and the clouds: take a domain of your own`;
  return undefined;
}

/** Why a label or taint can't have that value. */
export function valueProblem(value: string): string | undefined {
  return value === "" || NAME.test(value)
    ? undefined
    : `'${value}' is no value for Kubernetes: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit`;
}

/** Why nodes can't have a taint; of AKS also one that has no value. */
export function taintProblem({ key, value = "", effect }: Taint, cloud: "aws" | "azure" | "google"): string | undefined {
  const wrong = keyProblem(key);
  if (wrong !== undefined) return wrong;
  if (value === "" && cloud === "azure") return `AKS wants a value for the taint '${key}', for instance 'true'`;
  if (!["NoSchedule", "PreferNoSchedule", "NoExecute"].includes(effect))
    return `'${effect}' is no effect of a taint: NoSchedule, PreferNoSchedule or NoExecute`;
  return valueProblem(value);
}

/** Why an hour or a length can't be a weekly window's; `least` hours are what the service wants. */
export function windowProblem({ startHour, durationHours }: { startHour: number; durationHours: number }, least: number) {
  if (!Number.isInteger(startHour) || startHour < 0 || startHour > 23)
    return ["startHour", `${startHour} is no hour of the day, 0 to 23`] as const;
  if (!Number.isInteger(durationHours) || durationHours < least || durationHours > 24)
    return ["durationHours", `${durationHours} hours are not ${least} to 24`] as const;
  return undefined;
}

/**
 * Namespaces that a cloud makes in its clusters by what Meridian switches on there: Azure Policy (learn.microsoft.com,
 * "Understand Azure Policy for Kubernetes clusters"), Managed Service for Prometheus (cloud.google.com, "Get started with
 * managed collection"), and those of GKE's own controllers.
 */
const CLOUD_NAMESPACES = {
  azure: { service: "AKS", names: /^gatekeeper-system$/ },
  google: { service: "GKE", names: /^(gmp-(public|system)|gke-managed-.+)$/ },
} as const;

/** The service that makes a namespace of this name in its clusters; undefined where none does. */
export function madeByService(namespace: string, cloud: string): "AKS" | "GKE" | undefined {
  if (cloud !== "azure" && cloud !== "google") return undefined;
  const { service, names } = CLOUD_NAMESPACES[cloud];
  return names.test(namespace) ? service : undefined;
}
