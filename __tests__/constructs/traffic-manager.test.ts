import { countriesOf } from "../../model/catalog/countries";
import type { Block } from "../support/synth";
import { trafficManagerOf } from "./names-fixtures";

const stack = trafficManagerOf({
  app: { policy: "latency", app: "shop", probe: { intervalSeconds: 10, failureThreshold: 4 } },
  geo: {
    policy: "geolocation",
    default: "toronto",
    members: [
      "toronto",
      "sydney",
      { cluster: "saopaulo", locations: [{ continent: "SA" }, { country: "US" }, { country: "US", state: "TX" }] },
    ],
  },
  api: { policy: "multivalue", members: ["saopaulo", "sydney"] },
  "*.apps": {
    policy: "weighted",
    members: [
      { name: "west", policy: "failover", members: ["toronto", "montreal"], weight: 700 },
      { cluster: "sydney", weight: 0 },
    ],
  },
  status: { policy: "simple", members: ["saopaulo"] },
  "@": {
    policy: "weighted",
    members: [
      { cluster: "saopaulo", weight: 60 },
      { cluster: "sydney", weight: 40 },
    ],
  },
});
const profiles = stack.resource!.azurerm_traffic_manager_profile!;
const profileOf = (relativeName: RegExp) => Object.entries(profiles).find(([, { name }]) => relativeName.test(name as string))!;

function endpointsOf(relativeName: RegExp): Block[] {
  const [id] = profileOf(relativeName);
  return ["external", "nested"].flatMap((kind) =>
    Object.values(stack.resource![`azurerm_traffic_manager_${kind}_endpoint`] ?? {}).filter(
      ({ profile_id }) => profile_id === `\${azurerm_traffic_manager_profile.${id}.id}`,
    ),
  );
}

test("the profiles, endpoints and records of every policy are these", () => {
  expect(stack.resource).toMatchSnapshot();
});

test("an endpoint that is not Azure's stands at the nearest Azure region, and is asked for the application's own host", () => {
  const endpoints = endpointsOf(/^proof-app-.*-latency$/);
  expect(Object.fromEntries(endpoints.map(({ name, endpoint_location }) => [name, endpoint_location]))).toEqual({
    sydney: "australiaeast",
    saopaulo: "brazilsouth",
    toronto: "canadacentral",
    montreal: "canadacentral",
  });
  expect(endpoints.find(({ name }) => name === "sydney")).toMatchObject({
    target: "ingress.sydney.k8s.example.com",
    custom_header: [{ name: "Host", value: "shop.sydney.k8s.example.com" }],
  });
});

test("the monitor stays within the pairs that the service allows, and takes for healthy what Route53 does", () => {
  expect(profileOf(/-latency$/)[1].monitor_config).toEqual({
    protocol: "HTTPS",
    port: 443,
    path: "/",
    interval_in_seconds: 10,
    timeout_in_seconds: 9,
    tolerated_number_of_failures: 3,
    expected_status_code_ranges: ["200-399"],
  });
});

test("each region of the world leads to the members that Route53 would try, in their order", () => {
  const endpoints = endpointsOf(/^proof-geo-.*-geolocation-[0-9a-f]{6}$/);
  expect(Object.fromEntries(endpoints.map(({ name, geo_mappings }) => [name, (geo_mappings as string[]).slice(0, 3)]))).toEqual({
    toronto: ["AG", "AI", "AW"],
    "sydney--toronto": ["AS", "AU", "CK"],
    "saopaulo--toronto": ["AR", "BO", "BR"],
  });
  const codes = endpoints.flatMap(({ geo_mappings }) => geo_mappings as string[]);
  expect(new Set(codes).size).toBe(codes.length);
  expect(endpoints.filter(({ geo_mappings }) => (geo_mappings as string[]).includes("WORLD")).map(({ name }) => name)).toEqual([
    "toronto",
  ]);
});

test("continents are Route53's, written as countries, with the parts that Traffic Manager tells apart", () => {
  const codes = (name: string) =>
    endpointsOf(/^proof-geo-.*-geolocation-[0-9a-f]{6}$/).find((endpoint) => endpoint.name === name)!.geo_mappings as string[];
  expect(codes("sydney--toronto")).toEqual([...countriesOf("OC")].sort());
  expect(codes("toronto")).toEqual(expect.arrayContaining(["BQ", "XE", "XS", "CA", "WORLD"]));
  // the USA and Texas have a member of their own
  expect(codes("toronto")).not.toContain("US");
  expect(codes("saopaulo--toronto")).toEqual(expect.arrayContaining(["US", "US-TX"]));
});

test("a chain is a profile of priorities below the region, which fails over as Route53 does", () => {
  expect(endpointsOf(/^proof-geo-.*-chain-/).map(({ name, priority }) => [name, priority])).toEqual([
    ["saopaulo", 1],
    ["toronto", 2],
  ]);
});

test("a nested policy is a nested profile, healthy while one of its endpoints is; weight 0 is off", () => {
  expect(endpointsOf(/^proof-any-apps-.*-weighted-[0-9a-f]{6}$/)).toMatchObject([
    { name: "sydney", weight: 1, enabled: false },
    { name: "west", weight: 700, enabled: true, minimum_child_endpoints: 1 },
  ]);
});

test("multivalue and the zone's own name have an endpoint for each address", () => {
  expect(profileOf(/-multivalue$/)[1]).toMatchObject({ traffic_routing_method: "MultiValue", max_return: 4 });
  expect(endpointsOf(/^proof-apex-/).map(({ name, target, weight }) => [name, target, weight])).toEqual([
    ["saopaulo-0", "198.18.1.1", 60],
    ["saopaulo-1", "198.18.1.2", 60],
    ["saopaulo-2", "198.18.1.3", 60],
    ["sydney-0", "198.18.0.1", 120],
  ]);
});

test("names are CNAMEs to their profile, but for the zone's own, which is an alias; simple needs no profile", () => {
  const cnames = Object.values(stack.resource!.azurerm_dns_cname_record!);
  expect(cnames.map(({ name }) => name).sort()).toEqual(["*.apps", "api", "app", "geo", "status"]);
  expect(cnames.find(({ name }) => name === "status")).toMatchObject({ record: "ingress.saopaulo.k8s.example.com" });
  const [apex] = Object.values(stack.resource!.azurerm_dns_a_record!);
  expect(apex).toMatchObject({ name: "@", target_resource_id: expect.stringContaining("azurerm_traffic_manager_profile.") });
  expect(apex).not.toHaveProperty("records");
});

test("a record waits for the endpoints of its profile", () => {
  const app = Object.values(stack.resource!.azurerm_dns_cname_record!).find(({ name }) => name === "app")!;
  expect(app.depends_on).toHaveLength(4);
});

test("profiles' names fit 63 characters and differ for every name", () => {
  const names = Object.values(profiles).map(({ name }) => name as string);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9-]{1,63}$/.test(name))).toEqual([]);
});

test("a drain disables the endpoints of its cluster", () => {
  const drained = trafficManagerOf({ app: { policy: "latency" } }, ["sydney"]);
  const endpoints = Object.values(drained.resource!.azurerm_traffic_manager_external_endpoint!);
  expect(endpoints.map(({ name, enabled }) => [name, enabled])).toEqual([
    ["montreal", true],
    ["saopaulo", true],
    ["sydney", false],
    ["toronto", true],
  ]);
});
