import { clusterAt } from "../../../routing/fleets";
import { azure, type Names, one, type Parts, problems } from "./fixtures";

const GENERATIONS = { name: "sydney", policy: "weighted", members: [{ cluster: "sydney", weight: 90 }, "toronto"] } as const;

test("sound names have no problems, with either engine", () => {
  const names: Names = {
    app: { policy: "latency", app: "shop", probe: { path: "/healthz" } },
    "@": { policy: "failover", members: ["toronto", "saopaulo"] },
    "*.apps": {
      policy: "weighted",
      members: [
        { cluster: "toronto", weight: 3 },
        { name: "rest", policy: "latency", members: ["sydney", "saopaulo"] },
      ],
    },
    geo: {
      policy: "geolocation",
      default: "toronto",
      members: ["toronto", "sydney", { cluster: "saopaulo", locations: [{ country: "US", state: "TX" }, { continent: "SA" }] }],
    },
    all: { policy: "multivalue", members: ["saopaulo", "sydney"] },
    one: { policy: "simple", members: ["sydney"] },
  };
  expect(problems({ names, drain: ["saopaulo"] })).toEqual([]);
  expect(problems({ names, drain: ["saopaulo"], engine: "azure" })).toEqual([]);
});

test.each<[string, Parts, string[]]>([
  [
    "half a place of a member",
    one({ policy: "latency", members: [{ cluster: "sydney", place: { latitude: 10 } }, "toronto"] }),
    ["names.app.members.0.place: latitude and longitude are one place: give both or neither"],
  ],
  [
    "a location that one member names twice",
    one({
      policy: "geolocation",
      members: [
        { cluster: "sydney", locations: ["default"] },
        { cluster: "toronto", locations: [{ country: "US" }, { country: "US", state: "CA" }, { country: "US" }] },
      ],
    }),
    ["names.app.members.1.locations: country US stands here twice; once is enough"],
  ],
  [
    "a name for profiles that there are none of",
    one({ policy: "latency", trafficManagerName: "shop" }),
    ["names.app.trafficManagerName: it names profiles of Traffic Manager, and this name's engine is route53; leave it out"],
  ],
  [
    "a member that doesn't exist",
    one({ policy: "latency", members: ["sidney"] }),
    ["names.app.members.0: no cluster is called 'sidney'; did you mean 'sydney'?"],
  ],
  [
    "a name that has the zone in it",
    { names: { "app.k8s.example.com": { policy: "latency" }, "k8s.example.com": { policy: "latency" } } },
    [
      "names.app.k8s.example.com: 'app.k8s.example.com' has the zone in it, and would be app.k8s.example.com.k8s.example.com: names are relative to the zone: write 'app'",
      "names.k8s.example.com: 'k8s.example.com' has the zone in it, and would be k8s.example.com.k8s.example.com: names are relative to the zone: write '@'",
    ],
  ],
  [
    "a retired member",
    one({ policy: "latency", members: ["sydney", "old"] }),
    ["names.app.members.1: cluster 'old' is retired and takes no traffic; take it out of the members"],
  ],
  [
    "a member without the application",
    one({ policy: "latency", app: "shop", members: ["saopaulo"] }),
    [
      "names.app.members.0: application 'shop' doesn't run on 'saopaulo', only on sydney, toronto; add the cluster to apps.shop.clusters, or take it out of the members",
    ],
  ],
  [
    "the same member twice",
    one({ policy: "weighted", members: ["sydney", { cluster: "sydney", weight: 2 }] }),
    ["names.app.members.1: 'sydney' is a member of this group twice; name it once"],
  ],
  [
    "two clusters behind simple",
    one({ policy: "simple", members: ["sydney", "toronto"] }),
    ["names.app.members: simple leads to one cluster, not to 'sydney', 'toronto'; name one member, or choose another policy"],
  ],
  [
    "simple without members",
    { ...one({ policy: "simple" }), clusters: { sydney: clusterAt(0, 2, 1), toronto: clusterAt(2, 1, 1) } },
    [
      "names.app: `members` is missing: simple leads to one cluster, and any of 'sydney', 'toronto' could be meant; name one, or choose another policy",
    ],
  ],
  [
    "a name whose clusters are all retired",
    { ...one({ policy: "latency" }), clusters: { sydney: { ...clusterAt(0, 2, 1), retired: true } } },
    ["names.app: has no members: every cluster is retired; take the name out, or keep a cluster for it"],
  ],
  [
    "a name whose application's clusters are all retired",
    {
      ...one({ policy: "latency", app: "shop" }),
      clusters: { sydney: { ...clusterAt(0, 2, 1), retired: true }, saopaulo: clusterAt(1, 0, 3) },
    },
    ["names.app: has no members: every cluster that runs 'shop' is retired; take the name out, or keep a cluster for it"],
  ],
  [
    "a name whose application runs nowhere",
    { ...one({ policy: "latency", app: "shop" }), clusters: { saopaulo: clusterAt(1, 0, 3) } },
    ["names.app: has no members: no cluster runs 'shop'; name members, or place the application"],
  ],
  [
    "a name of a fleet without clusters",
    { ...one({ policy: "latency" }), clusters: {} },
    ["names.app: has no members: the fleet has no clusters; take the name out, or add a cluster"],
  ],
  [
    "a failover of one",
    one({ policy: "failover", members: ["sydney"] }),
    ["names.app: failover needs at least two members, and 'sydney' is the only one; add another, or use policy simple"],
  ],
  [
    "weights of zero only",
    one({ policy: "weighted", members: [{ cluster: "sydney", weight: 0 }] }),
    ["names.app: every weight is 0, so no member takes traffic; give at least one of them 1 or more"],
  ],
  [
    "a weight without a weighted policy",
    one({ policy: "latency", members: [{ cluster: "sydney", weight: 2 }] }),
    ["names.app.members.0.weight: weight counts only under weighted, and this group is latency; leave it out"],
  ],
  [
    "geolocation below another policy",
    one({ policy: "latency", members: [{ name: "eu", policy: "geolocation", members: ["sydney"] }] }),
    [
      "names.app.members.0.policy: a geolocation policy can't stand below another: neither service documents whether it goes back when all members for one client fail; put it outermost; nested policies are weighted, latency, geoproximity, failover",
    ],
  ],
  [
    "a group that is called like a cluster",
    one({ policy: "latency", members: [{ name: "sydney", policy: "failover", members: ["toronto", "saopaulo"] }] }),
    ["names.app.members.0.name: 'sydney' is the name of a cluster that is not in it; call the group otherwise"],
  ],
  [
    "a group that has taken the place of a cluster",
    one({ policy: "latency", members: [{ ...GENERATIONS, members: [...GENERATIONS.members] }, "saopaulo"] }),
    [],
  ],
  [
    "addresses of a group",
    one({ policy: "multivalue", members: [{ name: "all", policy: "weighted", members: ["sydney"] }] }),
    [
      "names.app.members.0: multivalue answers with addresses of clusters, and 'all' is a weighted policy; list its clusters instead",
    ],
  ],
  [
    "a name of a cluster",
    { names: { "app.sydney": { policy: "latency" } } },
    [
      "names.app.sydney: 'app.sydney' belongs to cluster 'sydney', whose own records are everything at and below sydney.k8s.example.com; choose another name",
    ],
  ],
  [
    "an application that doesn't exist",
    one({ policy: "latency", app: "shopp" }),
    ["names.app.app: no application is called 'shopp'; did you mean 'shop'?"],
  ],
  [
    "a probe of no application",
    one({ policy: "latency", probe: { host: "app" } }),
    ["names.app.probe.host: host app asks the name's application, and the name has none; set `app`, or use host ingress"],
  ],
  [
    "a path for tcp",
    one({ policy: "latency", probe: { protocol: "tcp", path: "/x" } }),
    ["names.app.probe.path: a tcp probe opens a connection and asks for no path, and '/x' is given; leave it out, or use https"],
  ],
  [
    "a timeout as long as the interval",
    azure({ policy: "latency", probe: { intervalSeconds: 10, timeoutSeconds: 10 } }),
    ["names.app.probe.timeoutSeconds: 10 seconds is too long for probes every 10 seconds; at most 9"],
  ],
  [
    "a long TTL under health checks",
    { ...one({ policy: "latency" }), ttlSeconds: 300 },
    [
      "dns.ttlSeconds: 300 seconds is too long for name 'app', which health checks decide: clients would keep a dead address; at most 60",
    ],
  ],
])("refused: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});

test.each<[string, Parts, string[]]>([
  [
    "no default",
    one({ policy: "geolocation", members: ["sydney", "toronto"] }),
    [
      "names.app: has no default: clients that no location covers, or whose place isn't known, would get no answer; set `default` to a member, or give one the location `default`",
    ],
  ],
  [
    "a default that is no member",
    one({ policy: "geolocation", default: "saopaulo", members: ["sydney"] }),
    ["names.app.default: 'saopaulo' is no member of the name; members: sydney"],
  ],
  [
    "a default for another policy",
    one({ policy: "latency", default: "sydney" }),
    ["names.app.default: default is for policy geolocation, and this name's is latency; leave it out"],
  ],
  [
    "two clusters of one continent",
    one({ policy: "geolocation", default: "toronto", members: ["toronto", "montreal"] }),
    [
      "names.app.members.1: both 'toronto' and 'montreal' serve continent NA, and a client can be sent to one only; give them different `locations`, or nest them in one member",
    ],
  ],
  [
    "a country that doesn't exist",
    one({ policy: "geolocation", members: [{ cluster: "sydney", locations: ["default", { country: "XX" }] }] }),
    ["names.app.members.0.locations: 'XX' is no country of ISO 3166-1; give its two letters, such as BR"],
  ],
  [
    "a state of another country",
    one({ policy: "geolocation", members: [{ cluster: "sydney", locations: ["default", { country: "CA", state: "ON" }] }] }),
    [
      "names.app.members.0.locations: state 'ON' of country 'CA': only the USA's states can be told apart (country US); leave state out",
    ],
  ],
  [
    "two biases at one place",
    one({ policy: "geoproximity", members: ["toronto", { cluster: "montreal", bias: 20 }] }),
    [
      "names.app.members.1: 'toronto' (bias 0) and 'montreal' (bias 20) are at the same place and share its clients; give them the same bias",
    ],
  ],
  [
    "a region of nobody",
    one({ policy: "latency", members: [{ cluster: "sydney", place: { awsRegion: "ap-southeast-22" } }] }),
    [
      "names.app.members.0.place.awsRegion: 'ap-southeast-22' is no AWS region whose latency is known; did you mean 'ap-southeast-2'?",
    ],
  ],
])("refused of places: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});
