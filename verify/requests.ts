import type { Fleet } from "../model/schema/fleet";
import { checkOf } from "../routing/compile/checks";
import { leavesOf, type NameTree, type ProbePlan } from "../routing/tree";
import type { Health } from "../routing/world";
import { type Observed, requestKey, type WebRequest } from "./observed";

/** Why an address is asked: for a cluster's own sake, or for a public name's. */
export interface Visit {
  readonly subject: "ingress" | "public-name";
  /** Cluster or public name. */
  readonly of: string;
  readonly cluster: string;
  readonly request: WebRequest;
  /** Whether the path is known to answer 200 to 399. */
  readonly answers: boolean;
}

type Addresses = Observed["addresses"];

/** What to ask of every cluster that is in use: by its own name, and for each public name that leads to it. */
export function visits(fleet: Fleet, trees: readonly NameTree[], addresses: Addresses): readonly Visit[] {
  const own = fleet.clusters
    .filter(({ retired }) => !retired)
    .flatMap((cluster) =>
      at(addresses, cluster.name, {
        protocol: "https",
        port: 443,
        host: `ingress.${cluster.name}.${fleet.dns.zone}`,
        path: "/ping",
      }).map(
        (request): Visit => ({
          subject: "ingress",
          of: cluster.name,
          cluster: cluster.name,
          request,
          answers: cluster.addons.ingress.controller !== "none",
        }),
      ),
    );
  const names = trees.flatMap((tree) =>
    clustersOf(tree).flatMap((cluster) =>
      at(addresses, cluster, { protocol: "https", port: 443, host: hostOf(tree), path: pathOf(tree) }).map(
        (request): Visit => ({ subject: "public-name", of: tree.fqdn, cluster, request, answers: tree.probe.app !== undefined }),
      ),
    ),
  );
  return [...own, ...names];
}

/** What the names' own probes ask of a cluster: who fails them may not be answered. */
export function probes(tree: NameTree, addresses: Addresses): readonly WebRequest[] {
  return clustersOf(tree).flatMap((cluster) => probesOf(tree, cluster, addresses));
}

function probesOf(tree: NameTree, cluster: string, addresses: Addresses): readonly WebRequest[] {
  const { protocol, port, path } = tree.probe;
  const { host } = checkOf(tree, cluster, false);
  return at(addresses, cluster, { protocol, port, host, path: path ?? "" });
}

/** A cluster is healthy where one of its addresses passes; of one without an address nothing is known but that. */
export function healthSeen(tree: NameTree, { addresses, web }: Pick<Observed, "addresses" | "web">): Health {
  return (cluster) => probesOf(tree, cluster, addresses).some((request) => passes(tree.probe, web[requestKey(request)]));
}

/** 200 to 399 passes for both services, and for tcp a connection. */
function passes({ protocol }: ProbePlan, seen: Observed["web"][string] | undefined): boolean {
  if (seen === undefined || seen.failure !== undefined) return false;
  return protocol === "tcp" || (seen.status! >= 200 && seen.status! < 400);
}

/** A wildcard has no host of its own: any stands for it. */
export const hostOf = ({ fqdn }: Pick<NameTree, "fqdn">): string => fqdn.replace(/^\*/, "verify");

/** An application's own path; of a name without one nothing is known but that it has a first page. */
export const pathOf = ({ probe }: NameTree): string => (probe.app === undefined ? "/" : (probe.path ?? "/"));
const clustersOf = (tree: NameTree): readonly string[] => [...new Set(leavesOf(tree.root).map(({ cluster }) => cluster))];
const at = (addresses: Addresses, cluster: string, question: Omit<WebRequest, "address">): readonly WebRequest[] =>
  (addresses[cluster] ?? []).map((address) => ({ ...question, address }));
