import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../cli/where";
import { COUNTRIES, US_STATES } from "../../model/catalog/countries";
import { clientFrom } from "../../routing/clients";
import { latencyByDistance } from "../../routing/estimate";
import { clusterAt, fleetFileOf, printed } from "./fleets";

const folder = mkdtempSync(join(tmpdir(), "where-"));
const file = join(folder, "fleet.yaml");
writeFileSync(
  file,
  printed(
    fleetFileOf(
      {
        clusters: {
          sydney: clusterAt(0, 2, 1),
          saopaulo: clusterAt(1, 0, 3),
          toronto: clusterAt(2, 1, 1),
        },
        names: {
          app: { policy: "latency" },
          geo: { policy: "geolocation", default: "toronto" },
          mix: {
            policy: "weighted",
            members: [
              { cluster: "sydney", weight: 1 },
              {
                name: "rest",
                policy: "failover",
                members: ["toronto", "saopaulo"],
                weight: 3,
              },
            ],
          },
        },
        drain: ["sydney"],
      },
      "route53",
    ),
  ),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function where(...args: string[]): { code: number; out: string; err: string } {
  let out = "";
  const err: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const code = main([file, ...args], (text) => {
      out += text;
    });
    return { code, out, err: err.join("") };
  } finally {
    write.mockRestore();
  }
}

test("a table says who is served by what, and why, and that latency is an estimate", () => {
  expect(where("--from", "BR,AU").out).toMatchInlineSnapshot(`
    "NAME                 FROM       SERVED BY  WHY
    app.k8s.example.com  Brazil     saopaulo   latency: sa-east-1 is the fastest, about 23 ms (sydney drained)
    app.k8s.example.com  Australia  saopaulo   latency: sa-east-1 is the fastest, about 224 ms (sydney drained)
    geo.k8s.example.com  Brazil     saopaulo   geolocation: South America is for saopaulo
    geo.k8s.example.com  Australia  toronto    geolocation: the rest of the world is for toronto (sydney drained)
    mix.k8s.example.com  Brazil     toronto    weighted (sydney drained); failover: toronto is first in order
    mix.k8s.example.com  Australia  toronto    weighted (sydney drained); failover: toronto is first in order

    Drained: sydney.
    Latency is ESTIMATED from distance. Route53 measures to AWS regions, Traffic Manager to Azure regions, and neither to other clouds' regions: the nearest region of their own stands for those.
    Clients are where their resolver is, or the network that it passes on. IPv4 only.
    A failing cluster is led away from within 150 s (a probe every 30 s × 3 failures + TTL 60 s): app.k8s.example.com, geo.k8s.example.com, mix.k8s.example.com.
    "
  `);
});

test("on a narrow terminal each answer is a line, with its reason below it; a pipe has no width", () => {
  let out = "";
  main([file, "--from", "BR", "--name", "geo"], (text) => (out += text), 60);
  expect(out.split("\n").slice(0, 3)).toEqual([
    "geo.k8s.example.com, Brazil: saopaulo",
    "  geolocation: South America is for saopaulo",
    "",
  ]);
});

test("a cluster that is down gives way, and the reason says so", () => {
  const { out } = where("--from", "BR", "--down", "saopaulo", "--name", "app");
  expect(out).toContain("toronto    latency: ca-central-1 is the fastest");
  expect(out).toContain("(sydney drained, saopaulo failing)");
  expect(out).toContain("Taken for failing: saopaulo.");
});

test("programs get the shares and reasons as JSON", () => {
  const found = JSON.parse(where("--from", "US-CA", "--name", "mix.k8s.example.com", "--json").out);
  expect(found).toMatchObject({
    fleet: "proof",
    drained: ["sydney"],
    down: [],
    latency: "estimated by distance",
  });
  expect(found.rows).toMatchObject([
    {
      name: "mix.k8s.example.com",
      engine: "route53",
      from: "US-CA",
      place: "CA, United States",
      answers: [{ cluster: "toronto", share: 1 }],
    },
  ]);
});

test("how long a failure can last is said of each name, for programs by its parts", () => {
  const { recovery } = JSON.parse(where("--from", "BR", "--json").out);
  expect(recovery["app.k8s.example.com"]).toEqual({ intervalSeconds: 30, failureThreshold: 3, ttlSeconds: 60, seconds: 150 });
});

test("every state of the USA stands where it is, and every country and territory somewhere", () => {
  const states = US_STATES.map((state) => `US-${state}`);
  const points = [...states, ...COUNTRIES].map((from) => {
    const { latitude, longitude } = clientFrom(from).client;
    return `${latitude} ${longitude}`;
  });
  expect(points).not.toContain("0 0");
  expect(new Set(points.slice(0, states.length)).size).toBe(states.length);
  const near = (from: string, region: string) => latencyByDistance(clientFrom(from).client, region);
  for (const west of ["US-CA", "US-WA", "US-OR", "US-NV", "US-HI", "US-AK"])
    expect([west, near(west, "us-west-2") < near(west, "us-east-1")]).toEqual([west, true]);
  for (const east of ["US-NY", "US-FL", "US-ME", "US-DC", "US-GA"])
    expect([east, near(east, "us-east-1") < near(east, "us-west-2")]).toEqual([east, true]);
  // a territory is a country of its own, and may be far from the state that it belongs to
  expect(near("CW", "sa-east-1")).toBeLessThan(near("CW", "eu-central-1"));
  expect(near("SS", "af-south-1")).toBeLessThan(near("SS", "us-east-1"));
});

test("a client without a country can be put anywhere", () => {
  expect(where("--from", "CL", "--at", "-33.45,-70.67", "--name", "app").out).toContain(
    "saopaulo   latency: sa-east-1 is the fastest, about 44 ms",
  );
});

test.each([
  [["--from", "XX"], "'XX' is no country of ISO 3166-1; give two letters such as BR, or a state such as US-CA"],
  [["--from", "DE-BY"], "'DE-BY' is no state of the USA, and other countries' states aren't told apart"],
  [["--at", "91,0"], "--at: '91,0' is no place; give degrees north and east, such as -23.55,-46.63"],
  [["--down", "sidney"], "--down: no cluster is called 'sidney'; did you mean 'sydney'?"],
  [["--name", "ap"], "--name: no public name is called 'ap'; did you mean 'app'?"],
])("%p is refused with a sentence", (args, message) => {
  const { code, out, err } = where(...args);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain(message);
});
