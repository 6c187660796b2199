import type { Fleet } from "../../model/schema/fleet";
import { everywhere, type NamedClient } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { shares, simulate } from "../../routing/simulate";
import { type NameTree, routingTrees } from "../../routing/tree";

/** Who a name serves elsewhere than before. */
export interface TrafficChange {
  readonly name: string;
  /** `dublin`, or `dublin 90 %, toronto 10 %`; nothing where the name was not there, or answers nothing. */
  readonly from: string;
  readonly to: string;
  /** Countries, and states of the USA, by ISO 3166. */
  readonly places: readonly string[];
}

/** What all countries are answered before and after, every cluster healthy; only what differs. */
export function trafficChanges(before: Fleet, after: Fleet): readonly TrafficChange[] {
  const clients = everywhere();
  const [was, is] = [treesOf(before), treesOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].sort();
  return names.flatMap((name) => {
    const moves = new Map<string, string[]>();
    for (const client of clients) {
      const [from, to] = [answer(was.get(name), client), answer(is.get(name), client)];
      if (from !== to) moves.set(`${from}\n${to}`, [...(moves.get(`${from}\n${to}`) ?? []), client.from]);
    }
    return [...moves].map(([key, places]) => {
      const [from = "", to = ""] = key.split("\n");
      return { name, from, to, places };
    });
  });
}

const treesOf = (fleet: Fleet): ReadonlyMap<string, NameTree> => new Map(routingTrees(fleet).map((tree) => [tree.fqdn, tree]));

function answer(tree: NameTree | undefined, { client }: NamedClient): string {
  if (!tree) return "";
  const parts = shares(simulate(tree, client, () => true, latencyByDistance));
  const said = (cluster: string, share: number) => (share > 0.9995 ? cluster : `${cluster} ${Math.round(share * 1000) / 10} %`);
  return Object.keys(parts)
    .sort()
    .map((cluster) => said(cluster, parts[cluster]!))
    .join(", ");
}
