import fc from "fast-check";
import { routing } from "../../model/rules/names";
import { allowedClusters, dependsOnPlace } from "../../routing/allowed";
import { clientFrom } from "../../routing/clients";
import { simulate } from "../../routing/simulate";
import { routingTrees } from "../../routing/tree";
import { type Case, cases } from "./arbitraries";
import { clusterAt, type FleetFile, fleetFileOf, fleetOf, PLACES } from "./fleets";

const parts = ({ clusters, names, drain }: Case) => ({ clusters, names: names as FleetFile["names"], drain: [...drain] });

test("whatever the simulator answers is allowed, for any fleet, client, latency and failure", () => {
  let answers = 0;
  fc.assert(
    fc.property(cases(3, 6), fc.constantFrom("route53" as const, "azure" as const), (found, engine) => {
      const fleet = fleetOf(fleetFileOf(parts(found), engine));
      if (Object.values(routing).flatMap((rule) => rule(fleet)).length > 0) return;
      for (const tree of routingTrees(fleet))
        for (const { client, down, milliseconds } of found.questions) {
          const health = (cluster: string) => !down.includes(cluster);
          const latency = (_: unknown, region: string) =>
            milliseconds[PLACES.findIndex(({ awsRegion, azureRegion }) => awsRegion === region || azureRegion === region)]!;
          const allowed = allowedClusters(tree, client, health);
          for (const { cluster } of simulate(tree, client, health, latency)) {
            answers++;
            if (!allowed.has(cluster)) throw new Error(`${tree.name}: ${cluster} is answered, and allowed are ${[...allowed]}`);
          }
        }
    }),
    { seed: 14, numRuns: 150 },
  );
  expect(answers).toBeGreaterThan(500);
});

const CLUSTERS = { saopaulo: clusterAt(0, 0, 1), toronto: clusterAt(1, 1, 1), sydney: clusterAt(2, 2, 1) };

function allowed(name: NonNullable<FleetFile["names"]>[string], from: string, down: readonly string[] = []) {
  const tree = routingTrees(fleetOf(fleetFileOf({ clusters: CLUSTERS, names: { app: name } }, "route53")))[0]!;
  return [...allowedClusters(tree, clientFrom(from).client, (cluster) => !down.includes(cluster))].sort();
}

test("what is measured may be anybody who is healthy, what the policy decides is one", () => {
  expect(allowed({ policy: "latency" }, "BR", ["toronto"])).toEqual(["saopaulo", "sydney"]);
  expect(allowed({ policy: "geoproximity" }, "BR")).toEqual(["saopaulo", "sydney", "toronto"]);
  expect(allowed({ policy: "failover", members: ["toronto", "sydney"] }, "BR")).toEqual(["toronto"]);
  expect(allowed({ policy: "failover", members: ["toronto", "sydney"] }, "BR", ["toronto"])).toEqual(["sydney"]);
  expect(allowed({ policy: "geolocation", default: "toronto" }, "BR")).toEqual(["saopaulo"]);
  expect(allowed({ policy: "geolocation", default: "toronto" }, "DE")).toEqual(["toronto"]);
  expect(allowed({ policy: "simple", members: ["sydney"] }, "BR", ["sydney"])).toEqual(["sydney"]);
  const weighted = { policy: "weighted", members: ["toronto", { cluster: "sydney", weight: 0 }] } as const;
  expect(allowed({ ...weighted, members: [...weighted.members] }, "BR")).toEqual(["toronto"]);
});

test("an answer depends on the client's place below any level that does", () => {
  const tree = (name: NonNullable<FleetFile["names"]>[string]) =>
    routingTrees(fleetOf(fleetFileOf({ clusters: CLUSTERS, names: { app: name } }, "route53")))[0]!.root;
  expect(dependsOnPlace(tree({ policy: "failover", members: ["toronto", "sydney"] }))).toBe(false);
  const nested = { name: "rest", policy: "latency", members: ["saopaulo", "sydney"] } as const;
  expect(dependsOnPlace(tree({ policy: "failover", members: ["toronto", { ...nested, members: [...nested.members] }] }))).toBe(
    true,
  );
});

test.each([
  ["latency", true],
  ["geoproximity", true],
  ["geolocation", true],
  ["weighted", false],
  ["failover", false],
  ["multivalue", false],
] as const)("whether %s depends on where the client is", (policy, depends) => {
  const more = policy === "geolocation" ? { default: "toronto" } : {};
  const treeOf = (name: NonNullable<FleetFile["names"]>[string]) =>
    routingTrees(fleetOf(fleetFileOf({ clusters: CLUSTERS, names: { app: name } }, "route53")))[0]!;
  expect(dependsOnPlace(treeOf({ policy, ...more }).root)).toBe(depends);
  if (policy !== "geolocation" && policy !== "multivalue") {
    const inner = { name: "inner", policy, members: ["toronto", "sydney"] };
    expect(dependsOnPlace(treeOf({ policy: "failover", members: [inner, "saopaulo"] }).root)).toBe(depends);
  }
});
