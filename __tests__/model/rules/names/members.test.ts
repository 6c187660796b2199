import { clusterAt } from "../../../routing/fleets";
import { azure, one, type Parts, problems } from "./fixtures";

const COUNTS = (field: string, policies: string, policy: string) =>
  `${field} counts only under ${policies}, and this group is ${policy}; leave it out`;
const BELOW = "nested policies are weighted, latency, geoproximity, failover";
const nested = (policy: "simple" | "multivalue" | "weighted" | "latency" | "geoproximity" | "failover") =>
  one({ policy: "latency", members: ["saopaulo", { name: "na", policy, members: ["sydney", "toronto"] }] });
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, clusterAt(index, index % 6, 1)]));

test.each<[string, Parts, string[]]>([
  [
    "simple below another policy",
    nested("simple"),
    [`names.app.members.1.policy: a simple policy can't stand below another: name the cluster itself; ${BELOW}`],
  ],
  [
    "multivalue below another policy",
    nested("multivalue"),
    [
      `names.app.members.1.policy: a multivalue policy can't stand below another: it answers with addresses, which a record can't lead to; ${BELOW}`,
    ],
  ],
  ["weighted below another policy", nested("weighted"), []],
  ["latency below another policy", nested("latency"), []],
  ["geoproximity below another policy", nested("geoproximity"), []],
  ["failover below another policy", nested("failover"), []],
  [
    "a group behind simple",
    one({ policy: "simple", members: [{ name: "na", policy: "failover", members: ["sydney", "toronto"] }] }),
    ["names.app.members: simple leads to one cluster, not to 'na'; name one member, or choose another policy"],
  ],
  [
    "a bias, a place and locations of a weighted group, in a nested one",
    one({
      policy: "latency",
      members: [
        "saopaulo",
        {
          name: "na",
          policy: "weighted",
          members: [
            { cluster: "sydney", bias: 1 },
            { cluster: "toronto", place: { awsRegion: "eu-west-1" } },
            { cluster: "montreal", locations: ["default"] },
          ],
        },
      ],
    }),
    [
      `names.app.members.1.members.0.bias: ${COUNTS("bias", "geoproximity", "weighted")}`,
      `names.app.members.1.members.1.place: ${COUNTS("place", "latency and geoproximity", "weighted")}`,
      `names.app.members.1.members.2.locations: ${COUNTS("locations", "geolocation", "weighted")}`,
    ],
  ],
  [
    "a place under geoproximity",
    one({ policy: "geoproximity", members: [{ cluster: "sydney", place: { latitude: 1, longitude: 2 } }, "toronto"] }),
    [],
  ],
  [
    "a failover of one in a nested group",
    one({ policy: "latency", members: ["saopaulo", { name: "na", policy: "failover", members: ["toronto"] }] }),
    [
      "names.app.members.1: failover needs at least two members, and 'toronto' is the only one; add another, or use policy simple",
    ],
  ],
  [
    "a member of the group twice, beside one of the same name elsewhere",
    one({
      policy: "latency",
      members: ["toronto", { name: "na", policy: "weighted", members: ["toronto", "sydney", "toronto"] }],
    }),
    ["names.app.members.1.members.2: 'toronto' is a member of this group twice; name it once"],
  ],
  [
    "weights of which one is more than zero",
    one({
      policy: "weighted",
      members: [
        { cluster: "sydney", weight: 0 },
        { cluster: "toronto", weight: 1 },
      ],
    }),
    [],
  ],
  [
    "a default that is misspelt",
    one({ policy: "geolocation", default: "torronto", members: ["sydney", "toronto"] }),
    ["names.app.default: 'torronto' is no member of the name; did you mean 'toronto'?"],
  ],
  [
    "a group with the name of a retired cluster that is not in it",
    one({ policy: "latency", members: ["saopaulo", { name: "old", policy: "failover", members: ["toronto", "sydney"] }] }),
    [],
  ],
  [
    "a group that holds its namesake deeper",
    one({
      policy: "latency",
      members: [
        "saopaulo",
        {
          name: "sydney",
          policy: "failover",
          members: ["toronto", { name: "oc", policy: "weighted", members: ["sydney", "montreal"] }],
        },
      ],
    }),
    [],
  ],
  ["a member that runs the application", one({ policy: "latency", app: "shop", members: ["sydney"] }), []],
  ["multivalue of clusters", azure({ policy: "multivalue", members: ["sydney", "toronto"] }), []],
  ["a name of a hundred members", { ...one({ policy: "latency" }), clusters: many(100) }, []],
  [
    "a name of one more",
    { ...one({ policy: "latency" }), clusters: many(101) },
    ["names.app: has 101 members; at most 100 fit a group: nest some of them"],
  ],
  [
    "no clusters for the application, one of whose two is retired",
    {
      ...one({ policy: "latency", app: "shop" }),
      clusters: { sydney: { ...clusterAt(0, 2, 1), retired: true }, toronto: clusterAt(2, 1, 1) },
    },
    [],
  ],
])("members: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});
