import { distanceKm } from "../catalog/distance";
import { findRegion } from "../catalog/regions";
import type { AppImage } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import type { Registry } from "../schema/registries";
import { locationOf } from "./location";
import { shorten, shortHash } from "./names";
import { placementOf, selects } from "./placement";

type Named = Pick<Fleet, "name">;

/** Name of a registry in its cloud: on AWS what its repositories' names start with. */
export function registryName({ name: fleet }: Named, key: string, { cloud, name }: Registry): string {
  if (name !== undefined) return name;
  // 16 + 20 + 6 characters of the 50 that Azure takes
  return cloud === "azure" ? `${fleet}${key.replaceAll("-", "")}${shortHash(`registry ${fleet} ${key}`)}` : `${fleet}-${key}`;
}

/** Azure: the group that a registry is in. */
export const registryGroup = ({ name }: Named, key: string): string => `${name}-registry-${key}`;

/** Azure: resource id of a registry. */
export function registryId(fleet: Named, key: string, registry: Registry): string {
  return `/subscriptions/${registry.azure?.subscriptionId}/resourceGroups/${registryGroup(fleet, key)}/providers/Microsoft.ContainerRegistry/registries/${registryName(fleet, key, registry)}`;
}

/** Google: id of the pool that trusts clusters of other clouds. */
export const pullPool = (fleet: Named, key: string, registry: Registry): string =>
  shorten(`pull-${registryName(fleet, key, registry)}`, 32);

/** Regions that a registry is in, its own first; one in all of a continent has none but that. */
export const registryRegions = ({ region, replicas }: Registry): readonly string[] =>
  region === undefined ? [] : [region, ...replicas];

/** AWS's domain, by partition (AWS SDK, partitions.json). */
function awsDomain(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
}

/** Host of a registry in one of its regions; Azure has one for all of them, which leads to the nearest by itself. */
export function registryHost(fleet: Named, key: string, registry: Registry, region: string): string {
  switch (registry.cloud) {
    case "azure":
      return `${registryName(fleet, key, registry)}.azurecr.io`;
    case "aws":
      return `${registry.aws?.accountId}.dkr.ecr.${region}.${awsDomain(region)}`;
    case "google":
      return `${region}-docker.pkg.dev`;
    case "external":
      return registry.host ?? "";
  }
}

/** Path of an image below the host. */
function imagePath(fleet: Named, key: string, registry: Registry, repository: string): string {
  switch (registry.cloud) {
    case "azure":
    case "external":
      return repository;
    case "aws":
      return isCached(registry, repository) ? repository : `${registryName(fleet, key, registry)}/${repository}`;
    case "google":
      return `${registry.google?.projectId}/${registryName(fleet, key, registry)}/${repository}`;
  }
}

/** Whether an image comes from a registry's cache of another one. */
export const isCached = ({ caches }: Registry, repository: string): boolean => Object.hasOwn(caches, repository.split("/")[0]!);

/** The region that a cluster pulls from: its own, or else the nearest by distance. */
export function nearestRegion(registry: Registry, cluster: Cluster): string {
  const regions = registryRegions(registry);
  const [home = ""] = regions;
  const { cloud } = registry;
  if (cloud !== "aws" || regions.length < 2) return home;
  if (cluster.cloud === cloud && regions.includes(cluster.region)) return cluster.region;
  const from = locationOf(cluster);
  if (!from) return home;
  const far = (name: string) => {
    const region = findRegion(cloud, name);
    return region ? distanceKm(from, region) : Number.POSITIVE_INFINITY;
  };
  return regions.reduce((best, name) => (far(name) < far(best) ? name : best));
}

/** AWS: regions that a cache is in: one that logs in is where its secret is, the registry's own. */
export const cacheRegions = (registry: Registry, prefix: string): readonly string[] =>
  registry.caches[prefix]?.secretArn === undefined ? registryRegions(registry) : registryRegions(registry).slice(0, 1);

/** The region that a cluster pulls an image from. */
function regionOfImage(registry: Registry, cluster: Cluster, repository: string): string {
  const near = nearestRegion(registry, cluster);
  if (!isCached(registry, repository)) return near;
  const regions = cacheRegions(registry, repository.split("/")[0]!);
  return regions.includes(near) ? near : regions[0]!;
}

/** Hosts that a cluster pulls from: the nearest, and the home of what is nowhere else. */
export function pulledHosts(fleet: Named, key: string, registry: Registry, cluster: Cluster): readonly string[] {
  const near = nearestRegion(registry, cluster);
  const regions = [near, ...Object.keys(registry.caches).flatMap((prefix) => cacheRegions(registry, prefix).slice(0, 1))];
  return [...new Set(regions.map((region) => registryHost(fleet, key, registry, region)))];
}

/** Registry and path of an application's image, as a cluster pulls it. */
export function imageRepository(fleet: Fleet, cluster: Cluster, { registry: key, repository }: AppImage): string {
  const registry = key === undefined ? undefined : fleet.registries[key];
  if (key === undefined || !registry) return repository;
  const host = registryHost(fleet, key, registry, regionOfImage(registry, cluster, repository));
  return `${host}/${imagePath(fleet, key, registry, repository)}`;
}

/** Names of the applications that have their image from a registry. */
export const appsFrom = (fleet: Fleet, key: string): readonly string[] =>
  Object.entries(fleet.apps).flatMap(([name, { image }]) => (image?.registry === key ? [name] : []));

/** Whether a registry lets a cluster pull. */
export function mayPull(fleet: Fleet, key: string, cluster: Cluster): boolean {
  const registry = fleet.registries[key]!;
  if (registry.pull) return registry.pull.some((entry) => selects(fleet, entry, cluster));
  // another tenant's identities get no right, whoever asks
  if (cluster.cloud === "azure" && registry.cloud === "azure") return cluster.azure.tenantId === registry.azure?.tenantId;
  if (cluster.cloud === registry.cloud) return true;
  return appsFrom(fleet, key).some((name) => placementOf(fleet, fleet.apps[name]!).includes(cluster.name));
}

/** The registries that a cluster may pull from, by key. */
export function registriesOf(fleet: Fleet, cluster: Cluster): readonly (readonly [key: string, registry: Registry])[] {
  return Object.entries(fleet.registries).filter(([key]) => mayPull(fleet, key, cluster));
}

/** Azure: resource id of the network that a subnet is in. */
export const networkOfSubnet = (subnetId: string): string => subnetId.replace(/\/subnets\/[^/]+$/i, "");
