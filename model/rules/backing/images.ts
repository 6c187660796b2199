import { placementOf } from "../../derived/placement";
import { isCached, mayPull } from "../../derived/registries";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { AppImage } from "../../schema/apps";
import type { Fleet } from "../../schema/fleet";
import { REPOSITORY } from "../../schema/registries";

/** An application's image is in a registry that is there, and that its clusters may pull from. */
export const images: Rule = (fleet) =>
  Object.entries(fleet.apps).flatMap(([name, { image }]): Problem[] =>
    image
      ? [...where(fleet, name, image)].map((problem) => ({ ...problem, path: ["apps", name, "image", ...problem.path] }))
      : [],
  );

function where(fleet: Fleet, name: string, { registry: key, repository }: AppImage): readonly Problem[] {
  if (key === undefined)
    return repository.includes("/")
      ? []
      : [
          {
            path: ["repository"],
            message: `'${repository}' has no registry before it: write ghcr.io/team/${repository}, or name one of \`registries\` under \`registry\``,
          },
        ];
  const registry = Object.hasOwn(fleet.registries, key) ? fleet.registries[key] : undefined;
  if (!registry) {
    const known = Object.keys(fleet.registries);
    const outside = key.includes(".") ? `; of a registry outside the fleet write \`repository: ${key}/…\` alone` : "";
    return [{ path: ["registry"], message: `no registry is called '${key}'${outside || didYouMean(key, known, "registries")}` }];
  }
  if (!REPOSITORY.test(repository))
    return [
      {
        path: ["repository"],
        message: `'${repository}' is no path in a registry: with \`registry\` write it without a host, such as shop`,
      },
    ];
  const listed = registry.repositories.length === 0 && registry.cloud !== "aws";
  if (!listed && !registry.repositories.includes(repository) && !isCached(registry, repository))
    return [
      {
        path: ["repository"],
        message: `registry '${key}' has no repository '${repository}'${didYouMean(repository, registry.repositories, "repositories")}; add it under registries.${key}.repositories`,
      },
    ];
  const placed = placementOf(fleet, fleet.apps[name]!);
  const without = fleet.clusters.filter((cluster) => placed.includes(cluster.name) && !mayPull(fleet, key, cluster));
  if (without.length === 0) return [];
  return [
    {
      path: ["registry"],
      message: `'${name}' runs on ${without.map((cluster) => cluster.name).join(", ")}, which may not pull from '${key}': add ${without.length === 1 ? "it" : "them"} under registries.${key}.pull`,
    },
  ];
}
