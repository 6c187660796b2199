import { routing } from "../../model/rules/names";
import type { Fleet } from "../../model/schema/fleet";
import { shares, simulate } from "../../routing/simulate";
import { type Group, leavesOf, type NameTree, routingTrees } from "../../routing/tree";
import type { Case, Question } from "./arbitraries";
import { type Mutations, synthEngines } from "./engines";
import { clusterOfAddress, type FleetFile, fleetFileOf, fleetOf, onlyName, PLACES, printed } from "./fleets";
import type { Distribution } from "./interpreters/json";
import { Route53Interpreter } from "./interpreters/route53";
import { TrafficManagerInterpreter } from "./interpreters/traffic-manager";

/** How many names met a question, by what was compared. */
export interface Tally {
  /** The model and Route53's JSON. */
  route53: number;
  /** The model and Traffic Manager's JSON. */
  trafficManager: number;
  /** Both engines with each other. */
  both: number;
  /** Both engines, and a documented difference explains another answer. */
  differing: number;
}

/**
 * Puts every question of a case to the model and to what reads the synthesized JSON.
 * @throws where an answer differs, with the fleet file of the one name
 */
export function checkCase(found: Case, tally: Tally, mutations?: Mutations): void {
  const fleet = fleetOf(fleetFile(found, "route53"));
  const trees = { route53: acceptedTrees(fleet), trafficManager: acceptedTrees(fleetOf(fleetFile(found, "azure"))) };
  const stacks = synthEngines(fleet, trees, mutations);
  const naming = { zone: fleet.dns.zone, clusterOfAddress: clusterOfAddress(fleet) };
  const readers = {
    route53: new Route53Interpreter(stacks.route53, naming),
    trafficManager: new TrafficManagerInterpreter(stacks.trafficManager, naming),
  };
  for (const question of found.questions) {
    const world = asked(question);
    const expect = (tree: NameTree, answer: Distribution, expected: Distribution, who: string) => {
      if (!alike(answer, expected)) throw new Error(disagreement(found, tree, question, { expected, answer, who }));
    };
    for (const tree of trees.trafficManager) {
      tally.trafficManager++;
      expect(tree, readers.trafficManager.answer(tree.name, world), modelAnswer(tree, question), "Traffic Manager's JSON");
    }
    for (const tree of trees.route53) {
      tally.route53++;
      const model = modelAnswer(tree, question);
      expect(tree, readers.route53.answer(tree.fqdn, world), model, "Route53's JSON");
      const other = trees.trafficManager.find(({ name }) => name === tree.name);
      if (!other) continue;
      tally.both++;
      if (isDocumentedDifference(tree, model, question)) tally.differing++;
      else expect(tree, modelAnswer(other, question), model, "Traffic Manager");
    }
  }
}

/**
 * Where the engines may answer otherwise (docs/routing.md): when all else fails Route53 falls back on drained clusters,
 * which are off in Traffic Manager; weight 0 is Route53's reserve, but off in Traffic Manager; and Traffic Manager has no
 * region for Western Sahara.
 */
function isDocumentedDifference(tree: NameTree, route53: Distribution, { client, down }: Question): boolean {
  const leaves = leavesOf(tree.root);
  const drainedAnswers = leaves.some(({ cluster, drained }) => drained && (route53[cluster] ?? 0) > 0);
  const failing = leaves.some(({ cluster, drained }) => drained || down.includes(cluster));
  if (tree.root.policy === "geolocation" && client.country === "EH") return true;
  return drainedAnswers || (failing && hasReserve(tree.root));
}

function hasReserve(group: Group): boolean {
  return group.members.some(
    ({ weight, node }) => (group.policy === "weighted" && weight === 0) || (node.kind === "group" && hasReserve(node)),
  );
}

/** The trees of the names that the rules accept. */
function acceptedTrees(fleet: Fleet): readonly NameTree[] {
  return Object.keys(fleet.names)
    .map((key) => onlyName(fleet, key))
    .filter((one) => Object.values(routing).every((rule) => rule(one).length === 0))
    .flatMap((one) => routingTrees(one));
}

function asked({ client, down, milliseconds }: Question) {
  return {
    client,
    health: (cluster: string) => !down.includes(cluster),
    latency: (_: unknown, region: string) =>
      milliseconds[PLACES.findIndex(({ awsRegion, azureRegion }) => awsRegion === region || azureRegion === region)]!,
  };
}

function modelAnswer(tree: NameTree, question: Question): Distribution {
  const { client, health, latency } = asked(question);
  return shares(simulate(tree, client, health, latency));
}

function alike(one: Distribution, other: Distribution): boolean {
  return [...Object.keys(one), ...Object.keys(other)].every(
    (cluster) => Math.abs((one[cluster] ?? 0) - (other[cluster] ?? 0)) < 1e-9,
  );
}

function fleetFile({ clusters, names, drain }: Case, engine: "route53" | "azure"): FleetFile {
  return fleetFileOf({ clusters, names: names as FleetFile["names"], drain: [...drain] }, engine);
}

function disagreement(
  found: Case,
  tree: NameTree,
  question: Question,
  { expected, answer, who }: { readonly expected: Distribution; readonly answer: Distribution; readonly who: string },
): string {
  const members = new Set(leavesOf(tree.root).map(({ cluster }) => cluster));
  const clusters = Object.fromEntries(Object.entries(found.clusters).filter(([name]) => members.has(name)));
  const drain = found.drain.filter((name) => members.has(name));
  const file = fleetFile({ ...found, clusters, drain, names: { [tree.name]: found.names[tree.name]! } }, "route53");
  return [
    `${who} answers ${JSON.stringify(answer)}, and the model says ${JSON.stringify(expected)}`,
    `for name ${tree.name}, a client at ${JSON.stringify(question.client)}, failing: ${question.down.join(", ") || "nobody"}, milliseconds ${question.milliseconds.join(" ")}`,
    printed(file),
  ].join("\n");
}
