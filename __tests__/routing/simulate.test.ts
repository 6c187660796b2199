import { clientFrom } from "../../routing/clients";
import { shares, simulate } from "../../routing/simulate";
import { routingTrees } from "../../routing/tree";
import { clusterAt, type FleetFile, fleetFileOf, fleetOf, PLACES } from "./fleets";

const CLUSTERS: FleetFile["clusters"] = {
  saopaulo: clusterAt(0, 0, 3),
  toronto: clusterAt(1, 1, 1),
  sydney: clusterAt(2, 2, 1),
  frankfurt: clusterAt(3, 3, 1),
  montreal: clusterAt(4, 1, 1),
};

interface Asked {
  readonly from?: string;
  readonly down?: string[];
  readonly drain?: string[];
  readonly engine?: "route53" | "azure";
}

type Spec = NonNullable<FleetFile["names"]>[string];

/** The answers for a name, with milliseconds that grow from São Paulo to Frankfurt. */
function answersOf(spec: Spec, { from = "BR", down = [], drain = [], engine = "route53" }: Asked = {}) {
  const fleet = fleetOf(fleetFileOf({ clusters: CLUSTERS, names: { app: spec }, drain }, engine));
  const latency = (_: unknown, region: string) =>
    10 * (1 + PLACES.findIndex(({ awsRegion, azureRegion }) => [awsRegion, azureRegion].includes(region as never)));
  return simulate(routingTrees(fleet)[0]!, clientFrom(from).client, (cluster) => !down.includes(cluster), latency);
}

const answered = (spec: Spec, asked?: Asked) => shares(answersOf(spec, asked));

const weighted = {
  policy: "weighted",
  members: [
    { cluster: "toronto", weight: 3 },
    { cluster: "sydney", weight: 1 },
    { cluster: "frankfurt", weight: 0 },
  ],
} as const;

test("weights are kept among those that are healthy", () => {
  expect(answered({ ...weighted, members: [...weighted.members] })).toEqual({ toronto: 0.75, sydney: 0.25 });
  expect(answered({ ...weighted, members: [...weighted.members] }, { down: ["toronto"] })).toEqual({ sydney: 1 });
});

test("weight 0 is the reserve of Route53, and off in Traffic Manager", () => {
  const down = ["toronto", "sydney"];
  expect(answered({ ...weighted, members: [...weighted.members] }, { down })).toEqual({ frankfurt: 1 });
  expect(answered({ ...weighted, members: [...weighted.members] }, { down, engine: "azure" })).toEqual({
    toronto: 0.75,
    sydney: 0.25,
  });
});

test("latency leads to the fastest healthy region, whose clusters take equal parts", () => {
  expect(answered({ policy: "latency" })).toEqual({ saopaulo: 1 });
  expect(answered({ policy: "latency" }, { down: ["saopaulo"] })).toEqual({ toronto: 0.5, montreal: 0.5 });
  expect(answered({ policy: "latency" }, { down: ["saopaulo", "toronto"] })).toEqual({ montreal: 1 });
});

test("where everybody fails, all are taken for healthy: Route53 takes drained ones, too, Traffic Manager doesn't", () => {
  const down = ["saopaulo", "toronto", "sydney", "frankfurt", "montreal"];
  expect(answered({ policy: "latency" }, { down, drain: ["saopaulo"] })).toEqual({ saopaulo: 1 });
  expect(answered({ policy: "latency" }, { down, drain: ["saopaulo"], engine: "azure" })).toEqual({
    toronto: 0.5,
    montreal: 0.5,
  });
});

test("geolocation takes the smallest area, and the next larger one when that fails, never a neighbour", () => {
  const members = [
    { cluster: "toronto", locations: [{ country: "US", state: "CA" }] },
    { cluster: "saopaulo", locations: [{ country: "US" }] },
    { cluster: "sydney", locations: [{ continent: "NA" }] },
    { cluster: "frankfurt", locations: ["default"] },
  ];
  const geo = { policy: "geolocation", members } as Spec;
  const order = ["toronto", "saopaulo", "sydney", "frankfurt"];
  for (const [index, expected] of order.entries())
    expect(answered(geo, { from: "US-CA", down: order.slice(0, index) })).toEqual({ [expected]: 1 });
  expect(answered(geo, { from: "US-CA", down: order })).toEqual({ toronto: 1 });
  expect(answered({ ...geo, members: members.toReversed() } as Spec, { from: "US-CA" })).toEqual({ toronto: 1 });
  expect(answered(geo, { from: "US-TX" })).toEqual({ saopaulo: 1 });
  expect(answered(geo, { from: "MX" })).toEqual({ sydney: 1 });
  expect(answered(geo, { from: "MX", down: ["sydney"] })).toEqual({ frankfurt: 1 });
  expect(answered(geo, { from: "BR" })).toEqual({ frankfurt: 1 });
});

test("a bias moves the border of geoproximity", () => {
  const members = (bias: number) => ["saopaulo", { cluster: "toronto", bias }];
  expect(answered({ policy: "geoproximity", members: members(0) }, { from: "VE" })).toEqual({ saopaulo: 1 });
  expect(answered({ policy: "geoproximity", members: members(20) }, { from: "VE" })).toEqual({ toronto: 1 });
});

test("a nested group stands in while one of its members is healthy", () => {
  const nested: NonNullable<FleetFile["names"]>[string] = {
    policy: "failover",
    members: [
      {
        name: "americas",
        policy: "latency",
        members: ["saopaulo", { name: "north", policy: "weighted", members: ["toronto", { cluster: "montreal", weight: 3 }] }],
      },
      "sydney",
    ],
  };
  expect(answered(nested)).toEqual({ saopaulo: 1 });
  expect(answered(nested, { down: ["saopaulo"] })).toEqual({ toronto: 0.25, montreal: 0.75 });
  expect(answered(nested, { down: ["saopaulo", "toronto", "montreal"] })).toEqual({ sydney: 1 });
});

test("a group's members share what the group has", () => {
  const rest = { name: "rest", policy: "weighted", weight: 3, members: ["sydney", { cluster: "montreal", weight: 3 }] };
  const spec = { policy: "weighted", members: [{ cluster: "toronto", weight: 1 }, rest] } as Spec;
  expect(answered(spec)).toEqual({ toronto: 0.25, sydney: 0.1875, montreal: 0.5625 });
});

test("an address of multivalue is as likely as any other", () => {
  expect(answered({ policy: "multivalue", members: ["saopaulo", "sydney"] })).toEqual({ saopaulo: 0.75, sydney: 0.25 });
});

test("simple answers whatever happens", () => {
  expect(answered({ policy: "simple", members: ["sydney"] }, { down: ["sydney"] })).toEqual({ sydney: 1 });
});

test("each answer says why it is that one", () => {
  const reasons = (spec: Spec, asked?: Asked) => answersOf(spec, asked).map(({ because }) => because.join("; "));
  const all = ["saopaulo", "toronto", "sydney", "frankfurt", "montreal"];
  expect(reasons({ policy: "simple", members: ["sydney"] })).toEqual(["simple: its only member"]);
  expect(reasons({ policy: "failover", members: ["toronto", "sydney"] }, { down: ["toronto"] })).toEqual([
    "failover: sydney is first in order (toronto failing)",
  ]);
  expect(reasons({ ...weighted, members: [...weighted.members] }, { drain: ["frankfurt"] })).toEqual([
    "weighted: 75 % for toronto",
    "weighted: 25 % for sydney",
  ]);
  expect(reasons({ ...weighted, members: [...weighted.members] }, { down: ["toronto"], drain: ["sydney"] })).toEqual([
    "weighted: the reserve of weight 0 (toronto failing, sydney drained)",
  ]);
  expect(reasons({ policy: "multivalue", members: ["saopaulo", "sydney"] })).toEqual([
    "multivalue: one of several: 75 % for saopaulo",
    "multivalue: one of several: 25 % for sydney",
  ]);
  expect(reasons({ policy: "latency" })).toEqual(["latency: sa-east-1 is the fastest, about 10 ms"]);
  expect(reasons({ policy: "latency" }, { down: all })).toEqual([
    "latency: sa-east-1 is the fastest, about 10 ms (every member fails: all are taken for healthy)",
  ]);
  const near = (bias: number) => reasons({ policy: "geoproximity", members: [{ cluster: "saopaulo", bias }, "sydney"] });
  expect(near(0)).toEqual([expect.stringMatching(/^geoproximity: saopaulo is the nearest, \d+ km$/)]);
  expect(near(7)).toEqual([expect.stringMatching(/^geoproximity: saopaulo is the nearest with bias 7, \d+ km$/)]);
  const geo: Spec = {
    policy: "geolocation",
    members: [
      { cluster: "saopaulo", locations: [{ country: "BR" }] },
      { cluster: "sydney", locations: ["default"] },
    ],
  };
  expect(reasons(geo)).toEqual(["geolocation: Brazil is for saopaulo"]);
  expect(reasons(geo, { down: ["saopaulo"] })).toEqual(["geolocation: the rest of the world is for sydney (saopaulo failing)"]);
  expect(reasons(geo, { down: ["saopaulo", "sydney"] })).toEqual([
    "geolocation: Brazil is for saopaulo (every member for this client fails: all are taken for healthy)",
  ]);
});
