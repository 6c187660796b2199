import { hasExtendedSupport, WINDOWS } from "../../model/catalog/kubernetes-versions";
import { poolMachines } from "../../model/catalog/machines";
import { awsLayout, azureLayout, googleLayout } from "../../model/derived/addresses";
import { locationOf, regionOf } from "../../model/derived/location";
import { clusterZones } from "../../model/derived/zones";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";

/** A cluster as the report shows it. What a cluster that something else made lacks is absent. */
export interface ClusterRow {
  readonly name: string;
  /** EKS, AKS, GKE or existing. */
  readonly kind: string;
  readonly region: string;
  /** City or district of the region. @default - an existing cluster outside every region */
  readonly place?: string;
  /** Degrees. @default - a retired cluster whose place nobody knows */
  readonly at?: { readonly latitude: number; readonly longitude: number };
  /** AWS account, Azure subscription, Google project. */
  readonly account?: string;
  readonly zones: readonly string[];
  readonly kubernetes?: string;
  /** Last day of support that costs nothing extra, and of the support that the cluster has. */
  readonly standardEnd?: string;
  readonly extendedEnd?: string;
  readonly ranges: readonly (readonly [what: string, range: string])[];
  readonly pools: readonly string[];
  /** Nodes of all pools, the fewest and the most. @default - somebody else's */
  readonly nodes?: { readonly min: number; readonly max: number };
  /** Who reaches the API. */
  readonly api: string;
  /** Drained, retired, without deletion protection. */
  readonly notes: readonly string[];
}

const KINDS = { aws: "EKS", azure: "AKS", google: "GKE", existing: "existing" } as const;

/** The clusters of a fleet, in the order of the file. */
export function clusterRows(fleet: Fleet): readonly ClusterRow[] {
  return fleet.clusters.map((cluster) => {
    const at = locationOf(cluster);
    const place = regionOf(cluster)?.place;
    return {
      name: cluster.name,
      kind: KINDS[cluster.cloud],
      region: cluster.region ?? "",
      ...(place !== undefined && { place }),
      ...(at && { at: { latitude: at.latitude, longitude: at.longitude } }),
      ...(cluster.cloud === "existing" ? { zones: [], ranges: [], pools: [] } : madeRow(cluster)),
      api: apiOf(cluster),
      notes: [
        ...(cluster.retired ? ["retired"] : []),
        ...(fleet.drain.includes(cluster.name) ? ["drained"] : []),
        ...(cluster.cloud !== "existing" && !cluster.deletionProtection ? ["without deletion protection"] : []),
      ],
    };
  });
}

function madeRow(cluster: MadeCluster): Pick<ClusterRow, "account" | "zones" | "kubernetes" | "ranges" | "pools" | "nodes"> {
  const pools = [...Object.values(cluster.pools), ...(cluster.cloud === "azure" ? [cluster.azure.systemPool] : [])];
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const support = WINDOWS[cluster.kubernetes]?.[cluster.cloud];
  return {
    account: accountOf(cluster),
    zones: clusterZones(cluster),
    kubernetes: cluster.kubernetes,
    ...(support && { standardEnd: support.standard }),
    ...(support?.extended !== undefined && hasExtendedSupport(cluster) && { extendedEnd: support.extended }),
    ranges: rangesOf(cluster),
    nodes: { min: sum(pools.map(({ min }) => min)), max: sum(pools.map(({ max }) => max)) },
    pools: [
      ...(cluster.cloud === "azure" ? [systemPool(cluster.azure.systemPool)] : []),
      ...Object.entries(cluster.pools).map(
        ([name, pool]) =>
          `${name}: ${pool.min}–${pool.max} × ${poolMachines(cluster.cloud, pool).join(" or ")}${pool.spot ? ", spot" : ""}`,
      ),
    ],
  };
}

const systemPool = ({ machine, min, max }: { readonly machine: string; readonly min: number; readonly max: number }) =>
  `system: ${min}–${max} × ${machine}`;

function accountOf(cluster: MadeCluster): string {
  switch (cluster.cloud) {
    case "aws":
      return cluster.aws.accountId;
    case "azure":
      return cluster.azure.subscriptionId;
    case "google":
      return cluster.google.projectId;
  }
}

function rangesOf(cluster: MadeCluster): ClusterRow["ranges"] {
  const { cidr, nodes, pods, services, existing } = cluster.network;
  const given = (ranges: Readonly<Record<string, string | undefined>>) =>
    Object.entries(ranges).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (cidr === undefined || existing) return given({ network: cidr, nodes, pods, services });
  if (cluster.cloud === "aws") return given({ network: cidr, services: awsLayout({ cidr, zones: [], services }).services });
  const layout = (cluster.cloud === "azure" ? azureLayout : googleLayout)({ cidr, nodes, pods, services });
  const controlPlane = cluster.cloud === "google" ? cluster.google.controlPlaneCidr : undefined;
  return given({
    network: cidr,
    nodes: layout.nodes,
    pods: layout.pods,
    services: layout.services,
    "control plane": controlPlane,
  });
}

function apiOf({ api }: Cluster): string {
  if (api.access === "private")
    return `private${api.proxyUrl !== undefined ? `, by ${api.proxyUrl}` : api.runnerInNetwork ? ", from its network" : ""}`;
  return api.allowFrom.length > 0 ? `from ${api.allowFrom.join(", ")}` : "public";
}
