import { stringify } from "yaml";
import { retire } from "../../changes/generations/leave";
import { rollback, shift } from "../../changes/generations/shift";
import type { Step } from "../../changes/generations/step";
import { parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { routingTrees } from "../../routing/tree";
import type { StackJson } from "../support/synth";
import { synthEngines } from "./engines";
import { clusterAt, clusterOfAddress, type FleetFile, fleetFileOf, PLACES } from "./fleets";
import type { Distribution } from "./interpreters/json";
import { Route53Interpreter } from "./interpreters/route53";
import { TrafficManagerInterpreter } from "./interpreters/traffic-manager";
import { partials } from "./partial-applies";

/** old and next are at one place, near beside them, far elsewhere. */
const CLUSTERS = { old: clusterAt(0, 2, 1), next: clusterAt(1, 2, 1), near: clusterAt(2, 2, 1), far: clusterAt(3, 3, 1) };
const NAMES: FleetFile["names"] = {
  shares: { policy: "weighted", members: [{ cluster: "old", weight: 3 }, "far"] },
  fast: { policy: "latency", members: ["old", "far"] },
  crowded: { policy: "latency", members: ["old", "near", "far"] },
  order: { policy: "failover", members: ["old", "far"] },
  second: { policy: "failover", members: ["far", "old", "near"] },
  places: { policy: "geolocation", default: "far", members: [{ cluster: "old", locations: [{ continent: "OC" }] }, "far"] },
  alone: { policy: "latency", members: ["old"] },
  deep: { policy: "latency", members: [{ name: "here", policy: "failover", members: ["old", "near"] }, "far"] },
};
const ROUTE53: FleetFile["names"] = {
  ...NAMES,
  simple: { policy: "simple", members: ["old"] },
  distance: { policy: "geoproximity", members: ["old", "far"] },
};
const AZURE: FleetFile["names"] = {
  ...NAMES,
  simple: { policy: "simple", members: ["old"] },
  "@": { policy: "simple", members: ["old"] },
};

type Walk = readonly (readonly [what: string, take: (text: string, fleet: Fleet) => Step])[];
const WALK: Walk = [
  ["both in one place", (text, fleet) => shift(text, fleet, "next", "old", 10)],
  ["a tenth", (text, fleet) => shift(text, fleet, "next", "old", 10)],
  ["back", (text, fleet) => rollback(text, fleet, "next", "old")],
  ["all", (text, fleet) => shift(text, fleet, "next", "old", 100)],
  ["the old one leaves", (text, fleet) => retire(text, fleet, "old")],
];

const NAMING = { zone: "k8s.example.com" };
/** Every set of clusters that may be dead. */
const DEAD = Array.from({ length: 16 }, (_, bits) => Object.keys(CLUSTERS).filter((_, index) => (bits >> index) & 1));
const CLIENTS = [2, 3].map((place) => PLACES[place]!);
const latency = (client: { readonly awsRegion: string; readonly azureRegion: string }) => (_: unknown, region: string) =>
  region === client.awsRegion || region === client.azureRegion ? 10 : 100;

type Engine = "route53" | "azure";
const reader = (engine: Engine, stack: StackJson, fleet: Fleet) => {
  const naming = { ...NAMING, clusterOfAddress: clusterOfAddress(fleet) };
  return engine === "route53" ? new Route53Interpreter(stack, naming) : new TrafficManagerInterpreter(stack, naming);
};

/** Whether somebody healthy answers, and nobody else. */
const isWell = (answer: Distribution, dead: readonly string[]): boolean =>
  Object.keys(answer).length > 0 && Object.keys(answer).every((cluster) => !dead.includes(cluster));

function stackOf(engine: Engine, fleet: Fleet): StackJson {
  const trees = routingTrees(fleet);
  const stacks = synthEngines(
    fleet,
    engine === "route53" ? { route53: trees, trafficManager: [] } : { route53: [], trafficManager: trees },
  );
  return engine === "route53" ? stacks.route53 : stacks.trafficManager;
}

/** The parts of a stack that one name stands on: names are independent, and all of them at once would be too many sets. */
function only(fleet: Fleet, name: string): Fleet {
  return { ...fleet, names: { [name]: fleet.names[name]! } };
}

describe.each<[string, Engine, FleetFile["names"]]>([
  ["Route53", "route53", ROUTE53],
  ["Traffic Manager", "azure", AZURE],
])("%s: whatever of a step is applied, a name that has a healthy answer before and after it has one", (_, engine, names) => {
  test.each(Object.keys(names!))("%s", (name) => {
    const { dns, ...file } = fleetFileOf({ clusters: CLUSTERS, names: { [name]: names![name]! } }, engine);
    const { aws, ...other } = dns!;
    let text = stringify({ ...file, dns: engine === "route53" ? { ...other, aws } : other });
    let fleet = parseFleet(text, "f.yaml");
    let before = stackOf(engine, only(fleet, name));
    let all = 0;
    for (const [what, take] of WALK) {
      const step = take(text, fleet);
      const next = parseFleet(step.text, "f.yaml");
      const after = stackOf(engine, only(next, name));
      const { sets } = partials(before, after);
      all += sets.length;
      const fqdn = engine === "route53" ? `${name}.${NAMING.zone}` : name;
      const [was, is] = [reader(engine, before, fleet), reader(engine, after, next)];
      for (const { stack, done } of sets) {
        const now = reader(engine, stack, fleet);
        for (const dead of DEAD)
          for (const client of CLIENTS) {
            const question = { client, health: (cluster: string) => !dead.includes(cluster), latency: latency(client) };
            if (!isWell(was.answer(fqdn, question), dead) || !isWell(is.answer(fqdn, question), dead)) continue;
            const answer = now.answer(fqdn, question);
            if (!isWell(answer, dead))
              throw new Error(
                `${what}, after ${done.join(", ") || "nothing"}, with ${dead.join()} dead: ${JSON.stringify(answer)}`,
              );
          }
      }
      [text, fleet, before] = [step.text, next, after];
    }
    expect(all).toBeGreaterThan(10);
  });
});
