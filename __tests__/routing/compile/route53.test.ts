import { compileRoute53, locationId } from "../../../routing/compile/route53";
import { type NameOptions, nameTree } from "../../../routing/name-tree";

const clusters = {
  dublin: { region: "eu-west-1", addresses: 2 },
  second: { region: "eu-west-1" },
  ohio: { region: "us-east-2" },
};
const planned = (options: Partial<NameOptions>) =>
  compileRoute53([
    nameTree({
      name: "app",
      zone: "k8s.example.com",
      policy: "latency",
      clusters,
      ...options,
    }),
  ]);
/** A record in a line: where it is in the stack, its name, and what it leads to. */
const lines = (options: Partial<NameOptions>) =>
  planned(options).records.map(({ path, name, target, evaluateTargetHealth, check, rule }) => {
    const to = target.kind === "address" ? `${target.cluster}[${target.index}] ${target.ttlSeconds}` : target.name;
    const { setIdentifier = "-", ...rest } = rule ?? {};
    return `${path.join("/")} | ${name} | ${to} | ${evaluateTargetHealth} ${
      check ?? "-"
    } | ${setIdentifier} ${JSON.stringify(rest)}`;
  });

test("clusters of one region share its record by a group of equal weights; one alone has it itself", () => {
  expect(lines({})).toMatchInlineSnapshot(`
    [
      "app/latency/group-_eu-west-1/weighted/dublin | _weighted._eu-west-1._latency.app.k8s.example.com | ingress.dublin.k8s.example.com | true dublin--ingress | dublin {"policy":"weighted","weight":1}",
      "app/latency/group-_eu-west-1/weighted/second | _weighted._eu-west-1._latency.app.k8s.example.com | ingress.second.k8s.example.com | true second--ingress | second {"policy":"weighted","weight":1}",
      "app/latency/eu-west-1 | _latency.app.k8s.example.com | _weighted._eu-west-1._latency.app.k8s.example.com | true - | eu-west-1 {"policy":"latency","region":"eu-west-1"}",
      "app/latency/us-east-2 | _latency.app.k8s.example.com | ingress.ohio.k8s.example.com | true ohio--ingress | us-east-2 {"policy":"latency","region":"us-east-2"}",
      "app/alias | app.k8s.example.com | _latency.app.k8s.example.com | false - | - {}",
    ]
  `);
});

test("failover of three is two levels, and of two one", () => {
  expect(lines({ policy: "failover" })).toMatchInlineSnapshot(`
    [
      "app/failover/primary | _failover.app.k8s.example.com | ingress.dublin.k8s.example.com | true dublin--ingress | primary {"policy":"failover","role":"PRIMARY"}",
      "app/failover/group-_rest/failover/primary | _failover._rest._failover.app.k8s.example.com | ingress.second.k8s.example.com | true second--ingress | primary {"policy":"failover","role":"PRIMARY"}",
      "app/failover/group-_rest/failover/secondary | _failover._rest._failover.app.k8s.example.com | ingress.ohio.k8s.example.com | true ohio--ingress | secondary {"policy":"failover","role":"SECONDARY"}",
      "app/failover/secondary | _failover.app.k8s.example.com | _failover._rest._failover.app.k8s.example.com | true - | secondary {"policy":"failover","role":"SECONDARY"}",
      "app/alias | app.k8s.example.com | _failover.app.k8s.example.com | false - | - {}",
    ]
  `);
  expect(lines({ policy: "failover", members: ["ohio", "dublin"] })).toHaveLength(3);
});

test("multivalue has a record for each address, that knows no other record's health", () => {
  expect(lines({ policy: "multivalue", members: ["dublin", "ohio"], ttlSeconds: 30 })).toMatchInlineSnapshot(`
    [
      "app/multivalue/dublin-0 | _multivalue.app.k8s.example.com | dublin[0] 30 | false dublin--ingress | dublin-0 {"policy":"multivalue"}",
      "app/multivalue/dublin-1 | _multivalue.app.k8s.example.com | dublin[1] 30 | false dublin--ingress | dublin-1 {"policy":"multivalue"}",
      "app/multivalue/ohio-0 | _multivalue.app.k8s.example.com | ohio[0] 30 | false ohio--ingress | ohio-0 {"policy":"multivalue"}",
      "app/alias | app.k8s.example.com | _multivalue.app.k8s.example.com | false - | - {}",
    ]
  `);
});

test("a group that several locations lead to is made once", () => {
  const inner = {
    name: "eu",
    policy: "weighted",
    locations: [{ continent: "EU" }, { country: "IS" }],
    members: ["dublin", { cluster: "second", weight: 3 }],
  };
  expect(lines({ policy: "geolocation", members: [inner, "ohio"], default: "ohio" })).toMatchInlineSnapshot(`
    [
      "app/geolocation/group-eu/weighted/dublin | _weighted.eu._geolocation.app.k8s.example.com | ingress.dublin.k8s.example.com | true dublin--ingress | dublin {"policy":"weighted","weight":1}",
      "app/geolocation/group-eu/weighted/second | _weighted.eu._geolocation.app.k8s.example.com | ingress.second.k8s.example.com | true second--ingress | second {"policy":"weighted","weight":3}",
      "app/geolocation/continent-eu | _geolocation.app.k8s.example.com | _weighted.eu._geolocation.app.k8s.example.com | true - | continent-eu {"policy":"geolocation","location":{"continent":"EU"}}",
      "app/geolocation/country-is | _geolocation.app.k8s.example.com | _weighted.eu._geolocation.app.k8s.example.com | true - | country-is {"policy":"geolocation","location":{"country":"IS"}}",
      "app/geolocation/continent-na | _geolocation.app.k8s.example.com | ingress.ohio.k8s.example.com | true ohio--ingress | continent-na {"policy":"geolocation","location":{"continent":"NA"}}",
      "app/geolocation/default | _geolocation.app.k8s.example.com | ingress.ohio.k8s.example.com | true ohio--ingress | default {"policy":"geolocation","location":"default"}",
      "app/alias | app.k8s.example.com | _geolocation.app.k8s.example.com | false - | - {}",
    ]
  `);
});

test("geoproximity has a record for each place, under its first member's name", () => {
  expect(
    lines({
      policy: "geoproximity",
      members: ["dublin", "second", { cluster: "ohio", bias: 7 }],
    }),
  ).toMatchInlineSnapshot(`
    [
      "app/geoproximity/group-_dublin/weighted/dublin | _weighted._dublin._geoproximity.app.k8s.example.com | ingress.dublin.k8s.example.com | true dublin--ingress | dublin {"policy":"weighted","weight":1}",
      "app/geoproximity/group-_dublin/weighted/second | _weighted._dublin._geoproximity.app.k8s.example.com | ingress.second.k8s.example.com | true second--ingress | second {"policy":"weighted","weight":1}",
      "app/geoproximity/dublin | _geoproximity.app.k8s.example.com | _weighted._dublin._geoproximity.app.k8s.example.com | true - | dublin {"policy":"geoproximity","latitude":"53.35","longitude":"-6.26","bias":0}",
      "app/geoproximity/ohio | _geoproximity.app.k8s.example.com | ingress.ohio.k8s.example.com | true ohio--ingress | ohio {"policy":"geoproximity","latitude":"39.96","longitude":"-83","bias":7}",
      "app/alias | app.k8s.example.com | _geoproximity.app.k8s.example.com | false - | - {}",
    ]
  `);
});

test("a name for all others has a group without a star, and simple leads to its cluster's ingress", () => {
  expect(lines({ name: "*", members: ["ohio"] }).map((line) => line.split(" | ")[1])).toEqual([
    "_latency._any.k8s.example.com",
    "*.k8s.example.com",
  ]);
  expect(lines({ policy: "simple", members: ["ohio"] })).toEqual([
    "app/alias | app.k8s.example.com | ingress.ohio.k8s.example.com | false - | - {}",
  ]);
});

test("names that ask the same share their checks, and a drained cluster's says so", () => {
  const tree = (name: string) =>
    nameTree({
      name,
      zone: "k8s.example.com",
      policy: "latency",
      clusters,
      drain: ["ohio"],
    });
  const { checks } = compileRoute53([tree("app"), tree("www")]);
  expect(checks.map(({ id, host, drained }) => [id, host, drained])).toEqual([
    ["dublin--ingress", "ingress.dublin.k8s.example.com", false],
    ["second--ingress", "ingress.second.k8s.example.com", false],
    ["ohio--ingress", "ingress.ohio.k8s.example.com", true],
  ]);
});

test.each([
  ["default" as const, "default"],
  [{ continent: "EU" as const }, "continent-eu"],
  [{ country: "BR" }, "country-br"],
  [{ country: "US", state: "CA" }, "us-ca"],
])("the location %j is called %s", (location, id) => {
  expect(locationId(location)).toBe(id);
});
