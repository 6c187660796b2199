import type { AwsCluster, Cluster, MadeCluster } from "../schema/cluster";
import type { ClusterPins, Pins } from "../schema/fleet";
import type { Pool } from "../schema/pool";
import { isMap } from "./merge";

type Data = Readonly<Record<string, unknown>>;

/**
 * The Kubernetes version of a cluster that the lock file has and the fleet file doesn't say; a default may have moved on.
 * @param data a fleet file with its defaults merged
 */
export function withPinnedVersions(data: Data, pins: Pins): Data {
  if (!isMap(data.clusters) || Object.keys(pins).length === 0) return data;
  const clusters = Object.entries(data.clusters).map(([name, cluster]) => {
    const kubernetes = pinsOf(pins, name)?.kubernetes;
    const silent = isMap(cluster) && cluster.cloud !== "existing" && cluster.kubernetes === undefined;
    return [name, silent && kubernetes !== undefined ? { ...cluster, kubernetes } : cluster];
  });
  return { ...data, clusters: Object.fromEntries(clusters) };
}

/** A cluster with the versions of its pools, and of what EKS installs, that the lock has and the file doesn't say. */
export function withPinnedPools(cluster: Cluster, pins: Pins): Cluster {
  const own = pinsOf(pins, cluster.name);
  if (own === undefined || cluster.cloud === "existing" || cluster.cloud === "google") return cluster;
  const pools = Object.fromEntries(Object.entries(cluster.pools).map(([name, pool]) => [name, pinned(pool, name, cluster, own)]));
  if (cluster.cloud === "aws") return { ...cluster, pools, aws: withAddOns(cluster, own) };
  const { systemPool } = cluster.azure;
  const kubernetes = systemPool.kubernetes ?? older(own.pools.system, cluster);
  return { ...cluster, pools, azure: { ...cluster.azure, systemPool: { ...systemPool, ...(kubernetes && { kubernetes }) } } };
}

function pinned(pool: Pool, name: string, cluster: MadeCluster, pins: ClusterPins): Pool {
  const kubernetes = pool.kubernetes ?? older(pins.pools[name], cluster);
  const image = pool.image ?? pins.images[name];
  // an image is of one minor version: it goes when that moves on
  const fits = image?.startsWith(`${kubernetes ?? cluster.kubernetes}.`);
  return { ...pool, ...(kubernetes && { kubernetes }), ...(fits && { image }) };
}

/** EKS's add-ons stay as they are pinned, until the control plane moves on. */
function withAddOns({ aws, kubernetes }: AwsCluster, pins: ClusterPins): AwsCluster["aws"] {
  return pins.kubernetes === kubernetes ? { ...aws, addonVersions: { ...pins.eksAddons, ...aws.addonVersions } } : aws;
}

/** The lock's version of a pool, where it is behind the control plane: that waits until the pools are told to follow. */
function older(version: string | undefined, { kubernetes }: MadeCluster): string | undefined {
  return version !== undefined && minor(version) < minor(kubernetes) ? version : undefined;
}

const pinsOf = (pins: Pins, name: string): ClusterPins | undefined => (Object.hasOwn(pins, name) ? pins[name] : undefined);
const minor = (version: string): number => Number(version.split(".")[1]);
