import { drainedNames } from "../../../../model/rules/names/drain";
import { clusterAt, fleetFileOf, fleetOf } from "../../../routing/fleets";
import { azure, one, type Parts, problems } from "./fixtures";

const GROUP = { name: "na", policy: "failover", members: ["toronto", "montreal"] } as const;
const na = { ...GROUP, members: [...GROUP.members] };
const weights = [{ cluster: "sydney", weight: 0 }, "toronto"];

test.each<[string, Parts, string[]]>([
  ["one of two members", { ...one({ policy: "latency", members: ["sydney", "toronto"] }), drain: ["sydney"] }, []],
  ["one of a nested group", { ...one({ policy: "latency", members: ["sydney", na] }), drain: ["sydney", "toronto"] }, []],
  [
    "all, a nested group among them",
    { ...one({ policy: "latency", members: ["sydney", na] }), drain: ["sydney", "toronto", "montreal"] },
    ["drain: drains every member of name 'app' ('sydney', 'na'): leave one of them, or take the name out"],
  ],
  ["a cluster that a simple name isn't led to", { ...one({ policy: "simple", members: ["sydney"] }), drain: ["toronto"] }, []],
  [
    "a member of geolocation that isn't the default",
    { ...one({ policy: "geolocation", default: "toronto", members: ["sydney", "toronto"] }), drain: ["sydney"] },
    [],
  ],
  [
    "the default of geolocation by its locations, first of two",
    {
      ...one({ policy: "geolocation", members: [{ cluster: "sydney", locations: ["default"] }, "toronto"] }),
      drain: ["sydney"],
    },
    [
      "drain: 'sydney' is the default of name 'app': clients that no location covers would have nobody; put a failover of two clusters there first",
    ],
  ],
  [
    "one cluster of geolocation's default group",
    { ...one({ policy: "geolocation", default: "na", members: ["sydney", na] }), drain: ["toronto", "sydney"] },
    [],
  ],
  [
    "what has weight 0 in Traffic Manager itself",
    { ...azure({ policy: "weighted", members: weights as never }), drain: ["sydney"] },
    [],
  ],
  [
    "all but a weight of zero on Route53, where it is a reserve",
    { ...one({ policy: "weighted", members: weights as never }), drain: ["toronto"] },
    [],
  ],
  [
    "all of two names, each said",
    {
      names: { a: { policy: "latency", members: ["sydney"] }, b: { policy: "multivalue", members: ["sydney"] } },
      drain: ["sydney"],
    },
    ["a", "b"].map((name) => `drain: drains every member of name '${name}' ('sydney'): leave one of them, or take the name out`),
  ],
  [
    "a second cluster that isn't there",
    { ...one({ policy: "latency" }), drain: ["sydney", "nobody"] },
    ["drain.1: no cluster is called 'nobody'; clusters: sydney, saopaulo, toronto, montreal, old, hosted"],
  ],
])("drained: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});

test("what a drain leaves without an answer follows from the name too", () => {
  const fleet = fleetOf(
    fleetFileOf(
      {
        clusters: { sydney: clusterAt(0, 2, 1) },
        names: { app: { policy: "latency", members: ["sydney"] } },
        drain: ["sydney"],
      },
      "route53",
    ),
  );
  expect(drainedNames(fleet, "app")).toEqual([expect.objectContaining({ path: ["drain"], because: [["names", "app"]] })]);
});
