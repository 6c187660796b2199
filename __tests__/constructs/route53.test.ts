import { checkOf } from "../../routing/compile/checks";
import { readFleetNames, route53Of } from "./names-fixtures";

const stack = route53Of({
  app: { policy: "latency", app: "shop", probe: { path: "/healthz", intervalSeconds: 10, failureThreshold: 2 } },
  near: { policy: "geoproximity", members: ["sydney", { cluster: "toronto", bias: 25 }] },
  geo: {
    policy: "geolocation",
    members: [
      { cluster: "sydney", locations: ["default", { country: "US", state: "CA" }] },
      {
        name: "americas",
        policy: "failover",
        members: ["toronto", "saopaulo", "montreal"],
        locations: [{ continent: "NA" }, { country: "BR" }],
      },
    ],
  },
  api: { policy: "multivalue", members: ["saopaulo", "sydney"] },
  "*.apps": {
    policy: "weighted",
    members: [
      { cluster: "sydney", weight: 3 },
      { cluster: "toronto", weight: 0 },
    ],
  },
  status: { policy: "simple", members: ["saopaulo"] },
});
const records = Object.values(stack.resource!.aws_route53_record!);
const checks = Object.values(stack.resource!.aws_route53_health_check!);
const named = (name: string) => records.filter((record) => record.name === `${name}.k8s.example.com`);

test("the records and checks of every policy are these", () => {
  expect(stack.resource).toMatchSnapshot();
});

test("a public name is one simple alias, which waits for the whole group that it leads to", () => {
  const [alias, ...others] = named("app");
  expect(others).toEqual([]);
  expect(alias).not.toHaveProperty("set_identifier");
  expect(alias).toMatchObject({
    type: "A",
    alias: { name: expect.stringMatching(/^\$\{aws_route53_record\.names_app_latency_\S+\.fqdn\}$/) },
  });
  expect(alias!.depends_on).toHaveLength(named("_latency.app").length - 1);
});

test("a region has one latency record, and clusters that share it stand behind equal weights", () => {
  const regions = named("_latency.app").map((record) => (record.latency_routing_policy as { region: string }).region);
  expect(regions.sort()).toEqual(["ap-southeast-2", "ca-central-1", "sa-east-1"]);
  const shared = named("_weighted._ca-central-1._latency.app");
  expect(shared.map(({ set_identifier }) => set_identifier)).toEqual(["montreal", "toronto"]);
  expect(shared.map(({ weighted_routing_policy }) => weighted_routing_policy)).toEqual([{ weight: 1 }, { weight: 1 }]);
});

test("a nested group that serves several locations is made once", () => {
  expect(named("_failover.americas._geolocation.geo")).toHaveLength(2);
  const areas = named("_geolocation.geo").map((record) => record.geolocation_routing_policy);
  expect(areas).toEqual([{ continent: "NA" }, { country: "BR" }, { country: "*" }, { country: "US", subdivision: "CA" }]);
});

test("a third member of a failover stands behind the secondary", () => {
  expect(named("_failover._rest._failover.americas._geolocation.geo")).toMatchObject([
    { failover_routing_policy: { type: "PRIMARY" }, alias: { name: "ingress.saopaulo.k8s.example.com" } },
    { failover_routing_policy: { type: "SECONDARY" }, alias: { name: "ingress.montreal.k8s.example.com" } },
  ]);
});

test("coordinates are text of at most two decimals", () => {
  expect(named("_geoproximity.near").map((record) => record.geoproximity_routing_policy)).toEqual([
    { coordinates: [{ latitude: "-33.87", longitude: "151.21" }], bias: 0 },
    { coordinates: [{ latitude: "43.65", longitude: "-79.38" }], bias: 25 },
  ]);
});

test("multivalue answers with the addresses, which share their cluster's check and expire within a minute", () => {
  const answers = named("_multivalue.api");
  expect(answers.map((record) => record.records)).toEqual([["198.18.1.1"], ["198.18.1.2"], ["198.18.1.3"], ["198.18.0.1"]]);
  expect(new Set(answers.map((record) => record.health_check_id)).size).toBe(2);
  expect(answers.every((record) => record.ttl === 60 && record.multivalue_answer_routing_policy === true)).toBe(true);
});

test("an endpoint is asked by its own name, with SNI and a stated interval, and never by the public name", () => {
  const endpoints = checks.filter(({ type }) => type !== "CALCULATED");
  expect(endpoints.every(({ request_interval, enable_sni }) => request_interval !== undefined && enable_sni === true)).toBe(true);
  expect(
    endpoints.every(({ fqdn }) => /^(ingress|shop)\.(sydney|saopaulo|toronto|montreal)\.k8s\.example\.com$/.test(fqdn as string)),
  ).toBe(true);
  expect(endpoints.filter(({ fqdn }) => (fqdn as string).startsWith("shop."))).toMatchObject([
    { resource_path: "/healthz", request_interval: 10, failure_threshold: 2 },
    { resource_path: "/healthz" },
    { resource_path: "/healthz" },
    { resource_path: "/healthz" },
  ]);
});

test("a drain raises the threshold of the calculated checks of its cluster above the number of their children", () => {
  const drained = route53Of({ app: { policy: "latency" } }, ["sydney"]);
  const thresholds = Object.entries(drained.resource!.aws_route53_health_check!).flatMap(([id, check]) =>
    check.type === "CALCULATED" ? [[id.replace(/_switch_.*/, ""), check.child_health_threshold]] : [],
  );
  expect(Object.fromEntries(thresholds)).toEqual({
    "names__checks_sydney--ingress": 2,
    "names__checks_saopaulo--ingress": 1,
    "names__checks_toronto--ingress": 1,
    "names__checks_montreal--ingress": 1,
  });
});

test("wildcards and the zone's own name lead to internal names that no cluster and no public name has", () => {
  const { trees } = readFleetNames({ "*.apps": { policy: "latency" }, "@": { policy: "latency" } });
  expect(trees.map(({ fqdn }) => fqdn)).toEqual(["*.apps.k8s.example.com", "k8s.example.com"]);
  expect(named("_weighted._any.apps")).toHaveLength(2);
});

test("clusters whose names begin alike never share a check", () => {
  const shared = readFleetNames({ app: { policy: "latency", app: "shop" }, raw: { policy: "latency" } }).trees.flatMap((tree) =>
    ["a", "a-app", "a-app-shop"].map((cluster) => checkOf(tree, cluster, false).id),
  );
  expect(new Set(shared).size).toBe(shared.length);
});
