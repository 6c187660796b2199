import { COUNTRIES, knowsCountry } from "../../model/catalog/countries";
import { parseFleet } from "../../model/reading/load";
import { routingProblems, routingWarnings } from "../../routing/limits";
import { routingTrees } from "../../routing/tree";

const AZURE = "azure: { subscriptionId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002 }";

/** A fleet of existing clusters, which need the fewest words. */
function treesOf(count: number, names: string, apps = "", ips: readonly string[] = []) {
  const clusters = Array.from(
    { length: count },
    (_, i) =>
      `  c${i}: { cloud: existing, region: eu-west-1, existing: { endpoint: "https://c${i}.example.com", exec: { command: x }, ingress: { ips: [${ips.length > 0 ? ips.join(", ") : `192.0.2.${i % 250}`}] } } }`,
  );
  const text = `fleet: f\ndns: { zone: k8s.example.com, aws: { accountId: "111122223333" }, ${AZURE} }\nclusters:\n${clusters.join("\n")}\n${apps}names: ${names}\n`;
  return routingTrees(parseFleet(text, "fleet.yaml"));
}

const told = (count: number, names: string, ips: readonly string[] = []) =>
  routingProblems(treesOf(count, names, "", ips)).map(({ path, message }) => `${path.join(".")}: ${message}`);

/** A policy nested so many times. */
const nested = (levels: number, policy: string): string =>
  levels === 0 ? "[c0, c1]" : `[c0, { name: n${levels}, policy: ${policy}, members: ${nested(levels - 1, policy)} }]`;

describe("Route53", () => {
  test("failover takes as many members as record names have room for, and says what they would need", () => {
    expect(told(14, "{ shop: { policy: failover } }")).toEqual([]);
    expect(told(16, "{ shop: { policy: failover } }")).toEqual([
      expect.stringMatching(
        /^names\.shop: its policies make records whose names have up to 254 characters, and DNS takes 253: 29 of their parts are levels .*name fewer members/,
      ),
    ]);
  });

  test("a longer name has room for fewer members, a group inside takes levels like a member", () => {
    const long = "a23456789012345678901234567890.b23456789012345678901234567890.c2345678901234567890";
    expect(told(13, `{ ${long}: { policy: failover } }`)).toHaveLength(1);
    expect(told(10, `{ ${long}: { policy: failover } }`)).toEqual([]);
    expect(told(2, `{ shop: { policy: weighted, members: ${nested(12, "weighted")} } }`)).toEqual([]);
    expect(told(2, `{ shop: { policy: weighted, members: ${nested(20, "weighted")} } }`)).toHaveLength(1);
  });

  test("a hundred records of one name are taken, thirty of geoproximity; more are refused with the count", () => {
    const located = (count: number) => {
      const locations = COUNTRIES.filter((country) => knowsCountry("route53", country)).slice(0, count - 1);
      return `{ shop: { policy: geolocation, default: c0, members: [{ cluster: c0, locations: [${locations.map((country) => `{ country: "${country}" }`).join(", ")}] }, c1] } }`;
    };
    // and the continent of c1
    expect(told(2, located(99))).toEqual([]);
    expect(told(2, located(100))).toEqual([
      expect.stringContaining(
        "names.shop: geolocation makes 101 records of the name _geolocation.shop.k8s.example.com, and Route53 takes 100 of one name; put members into nested groups, or name fewer locations",
      ),
    ]);
    const placed = (count: number) =>
      `{ shop: { policy: geoproximity, members: [${Array.from({ length: count }, (_, i) => `{ cluster: c${i}, place: { latitude: ${i}, longitude: ${i} } }`).join(", ")}] } }`;
    expect(told(30, placed(30))).toEqual([]);
    expect(told(31, placed(31))).toEqual([expect.stringContaining("geoproximity makes 31 records")]);
  });

  test("more than two hundred health checks are warned of, with the count; names that ask the same share them", () => {
    const apps = (count: number) =>
      `apps: { ${Array.from({ length: count }, (_, i) => `a${i}: { chart: x, repository: "https://charts.example.com", version: 1.0.0 }`).join(", ")} }\n`;
    const names = (count: number, more = "") =>
      `{ ${Array.from({ length: count }, (_, i) => `n${i}: { policy: latency, app: a${i}${more} }`).join(", ")} }`;
    expect(routingWarnings(treesOf(10, names(12), apps(12)))).toEqual([
      expect.stringMatching(/^names: 240 Route53 health checks, two for each of 120 questions.* has 200/),
    ]);
    expect(routingWarnings(treesOf(10, names(10), apps(10)))).toEqual([]);
    expect(routingWarnings(treesOf(10, names(12, ", probe: { host: ingress, path: / }"), apps(12)))).toEqual([]);
  });
});

describe("Traffic Manager", () => {
  const named = (policy: string, members: string) =>
    `{ shop: { engine: traffic-manager, policy: ${policy}, members: ${members} } }`;

  test("takes ten levels of profiles; the order of members under geolocation is one of them", () => {
    expect(told(2, named("weighted", nested(9, "weighted")))).toEqual([]);
    expect(told(2, named("weighted", nested(10, "weighted")))).toEqual([
      expect.stringContaining("names.shop: needs 11 levels of Traffic Manager profiles"),
    ]);
    const located = (levels: number) =>
      `[{ cluster: c0, locations: [default] }, { name: top, policy: weighted, locations: [{ continent: EU }], members: ${nested(levels, "weighted")} }]`;
    expect(told(2, named("geolocation", located(7)))).toEqual([]);
    expect(told(2, named("geolocation", located(8)))).toEqual([expect.stringContaining("needs 11 levels")]);
  });

  test("takes two hundred endpoints in a profile: where only addresses will do, each is one", () => {
    const addresses = (members: number) =>
      told(members, "{ shop: { engine: traffic-manager, policy: multivalue } }", ["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
    expect(addresses(66)).toEqual([]);
    expect(addresses(67)).toEqual([
      expect.stringContaining(
        "names.shop: a profile of method MultiValue would have 201 endpoints, and Traffic Manager takes 200",
      ),
    ]);
  });
});
