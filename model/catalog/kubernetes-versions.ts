import type { Cluster, MadeCluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";

/** When a cloud stops supporting a Kubernetes minor version; dates are ISO 8601. */
export interface Window {
  /** End of standard support. */
  readonly standard: string;
  /** End of the support that costs extra: EKS extended support, AKS long-term support, GKE's EXTENDED channel. */
  readonly extended?: string;
}

type MadeCloud = MadeCluster["cloud"];

/**
 * Support windows. EKS and GKE: endoflife.date, 2026-08-22; AKS: "Supported Kubernetes versions" of the AKS docs,
 * 2026-08-21. A month without a day stands as its last day. GKE keeps a version on EXTENDED for 24 months from its
 * arrival on REGULAR. Of 1.37 no cloud's dates but AKS's were published then.
 */
export const WINDOWS: Readonly<Record<string, Readonly<Partial<Record<MadeCloud, Window>>>>> = {
  "1.33": {
    aws: { standard: "2026-07-29", extended: "2027-07-29" },
    azure: { standard: "2026-07-31", extended: "2027-07-31" },
    google: { standard: "2026-08-03", extended: "2027-06-03" },
  },
  "1.34": {
    aws: { standard: "2026-12-02", extended: "2027-12-02" },
    azure: { standard: "2026-11-30", extended: "2027-11-30" },
    google: { standard: "2026-10-01" },
  },
  "1.35": {
    aws: { standard: "2027-03-27", extended: "2028-03-27" },
    azure: { standard: "2027-03-31" },
    google: { standard: "2027-04-11", extended: "2028-02-11" },
  },
  "1.36": {
    aws: { standard: "2027-08-02", extended: "2028-08-02" },
    azure: { standard: "2027-06-30" },
    google: { standard: "2027-08-09", extended: "2028-06-09" },
  },
  "1.37": { azure: { standard: "2027-10-31" } },
};

/** Versions that can be asked for, oldest first. */
export const VERSIONS: readonly string[] = Object.keys(WINDOWS);
/** The oldest of them that a cloud still starts clusters with as a matter of course. */
const OLDEST_STANDARD = "1.34";

/** Whether a cloud has ended standard support of a version for all that this catalogue knows. */
export const isUnsupported = (cloud: MadeCloud, version: string): boolean =>
  minor(version) < minor(OLDEST_STANDARD) || WINDOWS[version]?.[cloud] === undefined;

const SERVICE = { aws: "EKS", azure: "AKS", google: "GKE" } as const;
const EXTENDED = {
  aws: "aws.supportType: EXTENDED",
  azure: "azure.longTermSupport: true with azure.tier: Premium",
  google: "google.releaseChannel: EXTENDED",
} as const;

/** Whether the cluster pays for longer support of its version. */
export function hasExtendedSupport(cluster: MadeCluster): boolean {
  switch (cluster.cloud) {
    case "aws":
      return cluster.aws.supportType === "EXTENDED";
    case "azure":
      return cluster.azure.longTermSupport && cluster.azure.tier === "Premium";
    case "google":
      return cluster.google.releaseChannel === "EXTENDED";
  }
}

/** Why a cluster can't have its version, whatever the date; undefined where it can. */
export function versionProblem(cluster: MadeCluster): string | undefined {
  const { kubernetes: version, cloud } = cluster;
  if (!VERSIONS.includes(version)) return `Kubernetes '${version}' is not known here; allowed: ${VERSIONS.join(", ")}`;
  if (minor(version) >= minor(OLDEST_STANDARD) || hasExtendedSupport(cluster)) return undefined;
  return `${SERVICE[cloud]} has ended standard support of Kubernetes '${version}'; take ${OLDEST_STANDARD} or newer, or pay for longer support with ${EXTENDED[cloud]}`;
}

/** Days before the end of support from which a warning is given. */
const NOTICE_DAYS = 60;

/** What the date says about the versions of a fleet's clusters, one line for each cluster that it concerns. */
export function versionWarnings(fleet: Fleet, today: Date): readonly string[] {
  return fleet.clusters.flatMap((cluster) => {
    const warning = isMade(cluster) && !cluster.retired ? versionWarning(cluster, today) : undefined;
    return warning === undefined ? [] : [`clusters.${cluster.name}.kubernetes: ${warning}`];
  });
}

const isMade = (cluster: Cluster): cluster is MadeCluster => cluster.cloud !== "existing";

function versionWarning(cluster: MadeCluster, today: Date): string | undefined {
  const { kubernetes: version, cloud } = cluster;
  const window = WINDOWS[version]?.[cloud];
  const service = SERVICE[cloud];
  if (!window) return `this catalogue doesn't know yet whether ${service} has Kubernetes ${version}, nor how long`;
  const extended = hasExtendedSupport(cluster);
  const end = extended ? window.extended : window.standard;
  if (end === undefined)
    return `this catalogue doesn't know how long ${service} keeps Kubernetes ${version} with ${EXTENDED[cloud]}`;
  const days = Math.floor((Date.parse(end) - today.getTime()) / 86_400_000);
  if (days > NOTICE_DAYS) return undefined;
  const what = `${extended ? "extended" : "standard"} support of Kubernetes ${version} on ${service}`;
  return days < 0 ? `${what} ended on ${end}: upgrade` : `${what} ends on ${end}: plan the upgrade`;
}

const minor = (version: string) => Number(version.split(".")[1]);
