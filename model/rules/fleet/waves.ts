import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";

/** A wave names clusters of this fleet, each in one wave. */
export const waves: Rule = (fleet) => {
  const known = fleet.clusters.map(({ name }) => name);
  const first = new Map<string, string>();
  return Object.entries(fleet.waves).flatMap(([wave, clusters]) =>
    clusters.flatMap((cluster, index): Problem[] => {
      const path = ["waves", wave, index];
      if (!known.includes(cluster))
        return [{ path, message: `no cluster is called '${cluster}'${didYouMean(cluster, known, "clusters")}` }];
      const other = first.get(cluster);
      if (other !== undefined)
        return [{ path, message: `'${cluster}' is in wave '${other}' already: a cluster moves once; name it in one wave` }];
      first.set(cluster, wave);
      return [];
    }),
  );
};
