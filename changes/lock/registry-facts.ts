import { placementOf } from "../../model/derived/placement";
import { appsFrom, nearestRegion } from "../../model/derived/registries";
import { registryWays } from "../../model/derived/shared-networks";
import type { Fleet } from "../../model/schema/fleet";
import type { Facts, Lock } from "./lock";

/** Where the copies of each registry are, and which of them the clusters' applications are pulled from. */
export function registryFacts(fleet: Fleet): Pick<Lock, "registries"> {
  const made = Object.entries(fleet.registries).filter(([, { cloud }]) => cloud !== "external");
  if (made.length === 0) return {};
  return {
    registries: Object.fromEntries(
      made.map(([key, registry]): [string, Facts] => {
        const placed = new Set(appsFrom(fleet, key).flatMap((name) => placementOf(fleet, fleet.apps[name]!)));
        const near = fleet.clusters
          .filter(({ name }) => placed.has(name))
          .map((cluster) => `${cluster.name} ${nearestRegion(registry, cluster)}`);
        const { cloud, region = "", replicas, replication } = registry;
        const copied = cloud === "aws" && replicas.length > 0;
        const ways = registryWays(fleet, key, registry);
        const caches = Object.entries(registry.caches).map(([name, { secretArn }]) => (secretArn ? `${name} login` : name));
        return [
          key,
          {
            cloud,
            region,
            replicas: [...replicas].sort(),
            ...(copied && { replication }),
            ...(near.length > 0 && { near: near.sort() }),
            ...(caches.length > 0 && { caches: caches.sort() }),
            ...(ways.length > 0 && { ways: [...ways].sort() }),
          },
        ];
      }),
    ),
  };
}
