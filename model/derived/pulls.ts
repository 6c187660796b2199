import type { App } from "../schema/apps";
import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import type { Registry } from "../schema/registries";
import { appsOn, namespaceOf } from "./placement";

/** A registry in another cloud than a cluster's own, of which applications of the cluster have images. */
export interface TokenPull {
  /** Key of the registry. */
  readonly key: string;
  readonly registry: Registry;
  /** The applications' namespaces: each pulls with an identity of its own. */
  readonly namespaces: readonly string[];
}

/**
 * How a cluster pulls from a registry: as its `nodes`; with a `token` that an identity of the namespace fetches; with a
 * `secret` that somebody keeps in the cluster's secret store; or by whatever it has `itself`.
 */
export function wayToPull(cluster: Cluster, { cloud, secret }: Registry): "nodes" | "token" | "secret" | "itself" {
  if (cloud === "external") return secret === undefined ? "itself" : "secret";
  if (cluster.cloud === "existing") return "itself";
  return cluster.cloud === cloud ? "nodes" : "token";
}

/** The registries that applications of a cluster pull from with tokens. */
export function tokenPulls(fleet: Fleet, cluster: Cluster): readonly TokenPull[] {
  const apps = Object.entries(appsOn(fleet, cluster.name));
  return Object.entries(fleet.registries).flatMap(([key, registry]): TokenPull[] => {
    if (wayToPull(cluster, registry) !== "token") return [];
    const namespaces = apps.flatMap(([name, app]) => (app.image?.registry === key ? [namespaceOf(name, app)] : []));
    return namespaces.length === 0 ? [] : [{ key, registry, namespaces: [...new Set(namespaces)].sort() }];
  });
}

/** Whether any cluster pulls from a registry with tokens. */
export const hasTokenPulls = (fleet: Fleet, key: string): boolean =>
  fleet.clusters.some((cluster) => tokenPulls(fleet, cluster).some((pull) => pull.key === key));

/** Name of what a namespace has for a registry of another cloud: service account, generator and Secret. */
export const tokenSecret = (key: string): string => `registry-${key}`;

/** The Secret that the pods of an application's release pull their image with; undefined where they need none. */
export function pullSecret(fleet: Fleet, cluster: Cluster, release: string, { image }: App): string | undefined {
  const key = image?.registry;
  const registry = key === undefined ? undefined : fleet.registries[key];
  if (key === undefined || !registry) return undefined;
  const way = wayToPull(cluster, registry);
  if (way === "token") return tokenSecret(key);
  return way === "secret" ? `${release}-registry` : undefined;
}
