import type { Facts } from "../lock/lock";
import { type ChangeRule, type Finding, transition } from "./rule";

/** A network that exists is attached once, at a spot that the first of its clusters says: another first one, and it is made anew there. */
export const waysMoved: ChangeRule = (change) => [
  ...Object.entries(change.after.databases ?? {}).flatMap(([key, is]) =>
    moved(["databases", key, "clusters"], change.before.databases?.[key], is),
  ),
  ...Object.entries(change.after.registries ?? {}).flatMap(([key, is]) =>
    moved(["registries", key, "pull"], change.before.registries?.[key], is),
  ),
];

function moved(path: readonly string[], was: Facts | undefined, is: Facts): readonly Finding[] {
  if (was === undefined || was.cloud !== is.cloud) return [];
  const before = new Map(spots(was.ways));
  return spots(is.ways).flatMap(([network, spot]): Finding[] => {
    const old = before.get(network);
    if (old === undefined || old === spot) return [];
    return [
      {
        id: "way-moved",
        severity: "refused",
        path,
        transition: transition(path, `${network} ${old}`, `${network} ${spot}`),
        message:
          is.cloud === "google"
            ? `the way into '${network}' has the addresses of place ${Number(old) + 1} in this list, that of its first cluster there, and would be made anew with those of place ${Number(spot) + 1}: until then no cluster in that network reaches it. Put a cluster that stays there in place ${Number(old) + 1}, and "-" where it was`
            : `the endpoint in '${network}' is in subnet '${old}', that of its first cluster, and would be made anew in '${spot}': for minutes no cluster in that network reaches it. ${path[0] === "databases" ? "Name a cluster in that subnet first" : "Write a cluster in that subnet first, or that subnet as `ci.subnetId`"}; where none is left, accept this when nobody needs it`,
      },
    ];
  });
}

function spots(ways: Facts[string] | undefined): readonly (readonly [network: string, spot: string])[] {
  return (Array.isArray(ways) ? (ways as readonly string[]) : []).map((way) => {
    const gap = way.lastIndexOf(" ");
    return [way.slice(0, gap), way.slice(gap + 1)];
  });
}
