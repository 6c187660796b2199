import { clusterAt } from "../../../routing/fleets";
import { azure, one, type Parts, problems, tm } from "./fixtures";

const ONLY = { clusters: { sydney: clusterAt(0, 2, 1), toronto: clusterAt(2, 1, 1) } };

const TAKEN = (name: string, by: string) =>
  `'${name}' is taken by name '${by}', and the whole world shares these names; choose another`;

test.each<[string, Parts, string[]]>([
  [
    "a name of Traffic Manager that an earlier name has",
    {
      names: {
        a: { policy: "latency" },
        b: { policy: "latency", trafficManagerName: "shop" },
        c: { policy: "latency", trafficManagerName: "other" },
        d: { policy: "latency", trafficManagerName: "shop" },
      },
      engine: "azure",
      ...ONLY,
    },
    [`names.d.trafficManagerName: ${TAKEN("shop", "b")}`],
  ],
  [
    "names of Traffic Manager that differ, and two names without",
    {
      names: {
        a: { policy: "latency", trafficManagerName: "a1" },
        b: { policy: "latency" },
        c: { policy: "latency" },
        d: { policy: "latency", trafficManagerName: "d1" },
      },
      engine: "azure",
      ...ONLY,
    },
    [],
  ],
  [
    "a name of Traffic Manager beside a zone in Route53",
    { ...one({ policy: "latency", trafficManagerName: "shop", ...tm }), ...ONLY },
    [],
  ],
  ["a TTL of 60 seconds under health checks", { ...one({ policy: "latency" }), ttlSeconds: 60 }, []],
  [
    "a TTL of 61 seconds under health checks of the second name",
    {
      names: { one: { policy: "simple", members: ["sydney"] }, two: { policy: "latency" }, three: { policy: "latency" } },
      ttlSeconds: 61,
    },
    [
      "dns.ttlSeconds: 61 seconds is too long for name 'two', which health checks decide: clients would keep a dead address; at most 60",
    ],
  ],
  ["a long TTL without health checks", { ...one({ policy: "simple", members: ["sydney"] }), ttlSeconds: 300 }, []],
  ["a probe of tcp without a path", one({ policy: "latency", probe: { protocol: "tcp" } }), []],
  ["a path of https", one({ policy: "latency", probe: { protocol: "https", path: "/x" } }), []],
  ["a timeout of nine seconds", azure({ policy: "latency", probe: { intervalSeconds: 10, timeoutSeconds: 9 } }), []],
  ["a timeout of ten seconds every thirty", azure({ policy: "latency", probe: { intervalSeconds: 30, timeoutSeconds: 10 } }), []],
  ["a probe of the name's application", one({ policy: "latency", app: "shop", probe: { host: "app" } }), []],
  ["a probe of the ingress", one({ policy: "latency", probe: { host: "ingress" } }), []],
  ["a name that ends like the zone", { names: { "appk8s.example.com": { policy: "latency" } } }, []],
  ["a name above one that a cluster has", { names: { "sydney.app": { policy: "latency" } } }, []],
  [
    "a name like a cluster",
    { names: { sydney: { policy: "latency" } } },
    [
      "names.sydney: 'sydney' belongs to cluster 'sydney', whose own records are everything at and below sydney.k8s.example.com; choose another name",
    ],
  ],
])("names: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});

describe("the time to recover that a name promises", () => {
  const seconds = (recoverySeconds: number, more: Parts = one({ policy: "latency" })) =>
    problems({ ...more, names: { app: { ...more.names.app!, recoverySeconds } } });

  test("is kept to the second, or said with what could be lower", () => {
    const [said] = seconds(1);
    expect(said).toMatch(/^names\.app\.recoverySeconds: 1 seconds can't be kept: it takes up to /);
    expect(said).toContain("probe.failureThreshold or dns.ttlSeconds (an AWS load balancer's stays at 60), or allow ");
    const worst = Number(/allow (\d+)$/.exec(said!)![1]);
    expect(seconds(worst)).toEqual([]);
    expect(seconds(worst - 1)).toHaveLength(1);
  });

  test("has the TTL of its own under multivalue and in Traffic Manager", () => {
    for (const parts of [one({ policy: "multivalue" }), azure({ policy: "latency" })])
      expect(seconds(1, parts)[0]).toContain("probe.failureThreshold or ttlSeconds, or allow ");
  });

  test("is none of policy simple", () => {
    expect(seconds(60, one({ policy: "simple", members: ["sydney"] }))).toEqual([
      "names.app.recoverySeconds: policy simple never leads away from a failing cluster; leave it out, or choose another policy",
    ]);
  });
});
