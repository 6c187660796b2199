import { clientFrom } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { shares, simulate } from "../../routing/simulate";
import { leavesOf, routingTrees } from "../../routing/tree";
import { committedFleet, fleetFiles, synthFleet } from "../support/fleet";
import type { StackJson } from "../support/synth";
import { Route53Interpreter } from "./interpreters/route53";
import { TrafficManagerInterpreter } from "./interpreters/traffic-manager";

const CLIENTS = ["BR", "US-CA", "CA", "DE", "ZA", "IN", "JP", "AU", "AQ"].map((from) => clientFrom(from).client);

/** Addresses are read from the clusters' states: the expression says whose. */
function clusterOfAddress(stack: StackJson | undefined): ReadonlyMap<string, string> {
  const found = JSON.stringify(stack?.resource ?? {}).matchAll(
    /\$\{element\(data\.terraform_remote_state\.cluster-([a-z0-9-]+)\.outputs\.ingress_ips, \d+\)\}/g,
  );
  return new Map([...found].map(([expression, cluster]) => [expression, cluster!]));
}

/** Nobody fails, each cluster alone, each two, and all. */
function failures(clusters: readonly string[]): readonly (readonly string[])[] {
  const pairs = clusters.flatMap((one, index) => clusters.slice(index + 1).map((other) => [one, other]));
  return [[], ...clusters.map((cluster) => [cluster]), ...pairs, clusters];
}

test.each(fleetFiles)("the synthesized names of %s answer as the model says", (file) => {
  const fleet = committedFleet(file);
  const { [`${fleet.name}-route53`]: route53, [`${fleet.name}-traffic-manager`]: trafficManager } = synthFleet(fleet).stacks;
  const zone = fleet.dns.zone;
  const readers = {
    route53: route53 && new Route53Interpreter(route53, { zone, clusterOfAddress: clusterOfAddress(route53) }),
    "traffic-manager":
      trafficManager &&
      new TrafficManagerInterpreter(trafficManager, { zone, clusterOfAddress: clusterOfAddress(trafficManager) }),
  };
  for (const tree of routingTrees(fleet)) {
    const clusters = [...new Set(leavesOf(tree.root).map(({ cluster }) => cluster))];
    for (const client of CLIENTS)
      for (const down of failures(clusters)) {
        const health = (cluster: string) => !down.includes(cluster);
        const model = shares(simulate(tree, client, health, latencyByDistance));
        const name = tree.engine === "route53" ? tree.fqdn : tree.name;
        const answer = readers[tree.engine]!.answer(name, { client, health, latency: latencyByDistance });
        expect({ name, client, down, answer: rounded(answer) }).toEqual({ name, client, down, answer: rounded(model) });
      }
  }
});

const rounded = (distribution: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(distribution).map(([cluster, share]) => [cluster, Math.round(share * 1e9)]));
