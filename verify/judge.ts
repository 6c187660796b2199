import { CLIENT_NETWORKS_SOURCE } from "../model/catalog/client-networks";
import { recoveryOf } from "../model/derived/recovery";
import type { Fleet } from "../model/schema/fleet";
import type { NameTree } from "../routing/tree";
import { WITHOUT_NETWORK } from "./clients";
import { judgeName } from "./names";
import type { Observed } from "./observed";
import { type Report, type Result, together } from "./report";
import { healthSeen } from "./requests";
import { judgeWeb } from "./web";
import { judgeZone } from "./zone";

/**
 * What was seen from outside, held against the fleet file.
 * @param trees the public names that were asked
 * @param now milliseconds since 1970, for certificates
 */
export function judge(fleet: Fleet, trees: readonly NameTree[], observed: Observed, now: number): Report {
  const results: Result[] = [
    ...(observed.rewrites ? [REWRITING] : []),
    ...judgeZone(fleet, observed.zone),
    ...trees
      .filter(({ fqdn }) => observed.names[fqdn] !== undefined)
      .map((tree) => judgeName(fleet, tree, observed, healthSeen(tree, observed))),
    ...judgeWeb(fleet, trees, observed, now),
  ];
  return {
    fleet: fleet.name,
    zone: fleet.dns.zone,
    networks: { ...CLIENT_NETWORKS_SOURCE, missing: [...WITHOUT_NETWORK] },
    recovery: Object.fromEntries(
      trees.map(({ name, fqdn }) => [fqdn, recoveryOf(fleet, name, fleet.names[name]!)?.seconds ?? null]),
    ),
    verdict: together(results.map(({ verdict }) => verdict)),
    results,
  };
}

const REWRITING: Result = {
  subject: "network",
  of: "port 53",
  verdict: "not-judged",
  found: "an address that nobody has answers",
  why: "the network that this runs in answers for other people's name servers; run it elsewhere",
};
