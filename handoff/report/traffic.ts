import type { Fleet } from "../../model/schema/fleet";
import { everywhere, type NamedClient } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { type Answer as Part, shares, simulate } from "../../routing/simulate";
import { type Group, type Member, type NameTree, routingTrees } from "../../routing/tree";
import type { LatencyOracle } from "../../routing/world";

/** Clusters by their place in the list, each with its part in thousandths, the largest first. Empty: nobody answers. */
export type Answer = readonly (readonly [cluster: number, thousandths: number])[];

/** What a failure does to one cluster. */
export const FAILURES = ["down", "drained"] as const;
export type Failure = (typeof FAILURES)[number];

/** Who is served where, by places in the lists of clients and answers. */
export interface TrafficTable {
  /** Each client's answer, with every cluster as the fleet file says. */
  readonly answers: readonly number[];
  /** Why, for each client: places in the list of reasons. */
  readonly reasons: readonly number[];
  /** By failure and place of the cluster, `down 0`: the clients whose answer is another one then, each followed by it. */
  readonly failures: Readonly<Record<string, readonly number[]>>;
  /** Clusters whose failures aren't told one by one: too many share their clients, and take them over. */
  readonly shared: readonly number[];
}

/** What every client is answered for every public name, when all is well and when one cluster is down or drained. */
export interface Traffic {
  readonly clusters: readonly string[];
  readonly clients: readonly NamedClient[];
  readonly answers: readonly Answer[];
  readonly reasons: readonly string[];
  readonly tables: readonly TrafficTable[];
  readonly names: readonly {
    readonly fqdn: string;
    /** Place in the list of tables. */
    readonly table: number;
  }[];
}

/** What more clusters than this share has no single failure worth a map: the rest take it over. */
const MOST_SHARING = 12;

/** Each text once, by its place in a list. */
class Places<T> {
  readonly list: T[] = [];
  private readonly known = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value);
    const place = this.known.get(key) ?? this.list.push(value) - 1;
    this.known.set(key, place);
    return place;
  }
}

/** The traffic of a fleet's public names. Names of one rule over the same members share a table. */
export function trafficOf(fleet: Fleet): Traffic {
  const clusters = fleet.clusters.map(({ name }) => name);
  const clients = everywhere();
  const latency = remembered(latencyByDistance);
  const answers = new Places<Answer>();
  const reasons = new Places<string>();
  const tables = new Places<TrafficTable>();

  const tableOf = (tree: NameTree): TrafficTable => {
    const ask = (asked: NameTree, client: NamedClient, down?: string): readonly Part[] =>
      simulate(asked, client.client, (cluster) => cluster !== down, latency);
    const failures: Record<string, number[]> = {};
    const drained = new Map<number, NameTree>();
    const shared = new Set<number>();
    const parts = clients.map((client) => ask(tree, client));
    const places = parts.map((part) => answers.of(answerOf(part, clusters)));
    clients.forEach((client, index) => {
      const answer = answers.list[places[index]!]!;
      if (answer.length > MOST_SHARING) {
        for (const [cluster] of answer) shared.add(cluster);
        return;
      }
      // whoever isn't sent to a cluster isn't moved by its failure
      for (const [cluster] of answer)
        for (const failure of FAILURES) {
          const name = clusters[cluster]!;
          if (failure === "drained" && !drained.has(cluster)) drained.set(cluster, withDrained(tree, name));
          const then = failure === "down" ? ask(tree, client, name) : ask(drained.get(cluster)!, client);
          const place = answers.of(answerOf(then, clusters));
          if (place === places[index]) continue;
          const key = `${failure} ${cluster}`;
          const moved = failures[key] ?? [];
          moved.push(index, place);
          failures[key] = moved;
        }
    });
    return {
      answers: places,
      reasons: parts.map((part) => reasons.of(reasonOf(part))),
      failures,
      shared: [...shared].sort((one, other) => one - other),
    };
  };

  return {
    clusters,
    clients,
    names: routingTrees(fleet).map((tree) => ({ fqdn: tree.fqdn, table: tables.of(tableOf(tree)) })),
    tables: tables.list,
    answers: answers.list,
    reasons: reasons.list,
  };
}

/** The tree of the same fleet with one more cluster in `drain`. */
function withDrained(tree: NameTree, cluster: string): NameTree {
  const drain = (group: Group): Group => ({ ...group, members: group.members.map(member) });
  const member = (one: Member): Member => {
    if (one.node.kind === "group") return { ...one, node: drain(one.node) };
    return one.node.cluster === cluster ? { ...one, node: { ...one.node, drained: true } } : one;
  };
  return { ...tree, root: drain(tree.root) };
}

function answerOf(parts: readonly Part[], clusters: readonly string[]): Answer {
  return Object.entries(shares(parts))
    .map(([cluster, share]) => [clusters.indexOf(cluster), Math.round(share * 1000)] as const)
    .sort(([one, large], [other, larger]) => larger - large || one - other);
}

/** One way down is told step by step; of several, which have their shares in the answer, the policy alone. */
function reasonOf(parts: readonly Part[]): string {
  const [first, ...others] = parts.map(({ because }) => because);
  if (!first) return "no member may answer";
  if (others.length === 0) return first.join("; ");
  const steps = first.findIndex((step, index) => others.some((because) => because[index] !== step));
  return [...first.slice(0, steps), `${first[steps]!.split(":")[0]}: one of several`].join("; ");
}

/** An oracle that computes each distance once: the scenarios ask the same ones again. */
function remembered(oracle: LatencyOracle): LatencyOracle {
  const known = new WeakMap<object, Map<string, number>>();
  return (client, region) => {
    const ofClient = known.get(client) ?? new Map<string, number>();
    known.set(client, ofClient);
    const milliseconds = ofClient.get(region) ?? oracle(client, region);
    ofClient.set(region, milliseconds);
    return milliseconds;
  };
}
