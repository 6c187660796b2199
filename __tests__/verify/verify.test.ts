import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../cli/verify";
import { CLIENT_NETWORKS } from "../../model/catalog/client-networks";
import { SAMPLES, type Sample } from "../../verify/clients";
import type { WebRequest, WebSeen } from "../../verify/observed";
import { type Report, report as schema } from "../../verify/report";
import { a, cname, countryOf, FakeWorld } from "../support/verify/world";
import { FLEET, FLEET_FILE } from "./fleet";

const folder = mkdtempSync(join(tmpdir(), "verify-"));
const file = join(folder, "fleet.yaml");
writeFileSync(file, FLEET_FILE);
const NOW = Date.UTC(2026, 11, 1);
const DAY = 86_400_000;

let world: FakeWorld;
/** Clusters' addresses that don't answer. */
let dead: readonly string[] = [];
let certificate: (request: WebRequest) => Partial<NonNullable<WebSeen["certificate"]>> = () => ({});
let time = NOW;
/** A country of each kind; one test asks for all. */
const SOME = SAMPLES.filter(({ country }) => ["AU", "BR", "DE", "ES", "FJ", "FR", "IT", "US"].includes(country));
let samples: readonly Sample[] = SOME;
let onSleep: () => void = () => {};

beforeAll(async () => {
  world = await FakeWorld.of(FLEET);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  world.twist = () => undefined;
  world.down = [];
  dead = [];
  certificate = () => ({});
  onSleep = () => {};
  time = NOW;
  samples = SOME;
});

async function visit(request: WebRequest): Promise<WebSeen> {
  if (dead.includes(request.address)) return { failure: "refuses connections" };
  const common = {
    names: [request.host],
    issuer: "Test",
    notBefore: NOW - 30 * DAY,
    notAfter: NOW + 60 * DAY,
  };
  return { status: 200, certificate: { ...common, ...certificate(request) } };
}

async function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  const err: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const code = await main([file, ...args], (text) => (out += text), {
      ...world.surroundings(visit, samples),
      now: () => time,
      sleep: async (milliseconds) => {
        time += milliseconds;
        onSleep();
      },
    });
    return { code, out, err: err.join("") };
  } finally {
    write.mockRestore();
  }
}

async function reported(...args: string[]): Promise<{ code: number; report: Report }> {
  const { code, out } = await verify("--json", "--expect-no-difference", ...args);
  return { code, report: schema.parse(JSON.parse(out)) };
}

/** Everything that isn't as expected. */
const others = ({ results }: Report) =>
  results
    .filter(({ verdict }) => verdict !== "as-expected")
    .map(({ subject, of, at, verdict, why }) => [subject, of, at, verdict, why].filter(Boolean).join(" | "));

test("a fleet that is as its file says differs nowhere", async () => {
  const { code, report } = await reported();
  expect(others(report)).toEqual([]);
  expect(code).toBe(0);
  const names = report.results.filter(({ subject }) => subject === "name").map(({ of }) => of);
  expect(names).toEqual(["app.", "geo.", "", "*.shop.", "one.", "azure."].map((name) => `${name}k8s.example.com`));
  expect(report.recovery).toMatchObject({ "app.k8s.example.com": 150, "one.k8s.example.com": null });
});

test("every country is asked for, from each of its networks", async () => {
  world.asked.length = 0;
  samples = SAMPLES;
  const { report } = await reported("--name", "geo");
  expect(others(report)).toEqual([]);
  const { countries } = report.results.find(({ subject }) => subject === "name")!;
  expect(countries!.map(({ country }) => country)).toEqual(Object.keys(CLIENT_NETWORKS));
  expect(countries!.find(({ country }) => country === "AU")).toMatchObject({ expected: ["sydney"], answers: { sydney: 5 } });
  expect(world.asked.filter((line) => line.startsWith("A geo."))).toHaveLength(Object.values(CLIENT_NETWORKS).flat().length);
});

test("one record that leads elsewhere is found in the countries that it is for, and nowhere else", async () => {
  world.twist = ({ name }, subnet) =>
    name === "geo.k8s.example.com" && countryOf(subnet) === "DE" ? { answers: [a(name, "203.0.113.21")], scope: 24 } : undefined;
  const { code, report } = await reported();
  expect(others(report)).toEqual(["name | geo.k8s.example.com | differs | 1 of 8 countries: sydney instead of dublin"]);
  expect(code).toBe(2);
});

test("a few networks that the service takes to be elsewhere are no difference: geolocation goes by the majority", async () => {
  const [first = "", second = "", third = ""] = CLIENT_NETWORKS.DE!;
  const wrong = [first, second];
  world.twist = ({ name }, subnet) =>
    name === "geo.k8s.example.com" && wrong.includes(subnet ?? "")
      ? { answers: [a(name, "203.0.113.21")], scope: 24 }
      : undefined;
  expect((await reported("--name", "geo")).code).toBe(0);
  wrong.push(third);
  expect((await reported("--name", "geo")).code).toBe(2);
});

test("an address that is no cluster's differs, from whichever network", async () => {
  const [one] = CLIENT_NETWORKS.FJ!;
  world.twist = ({ name }, subnet) =>
    name === "app.k8s.example.com" && subnet === one ? { answers: [a(name, "198.51.100.9")], scope: 24 } : undefined;
  const { report } = await reported("--name", "app");
  expect(others(report)).toEqual([
    "name | app.k8s.example.com | differs | 1 of 8 countries: 198.51.100.9: that address is no cluster's",
  ]);
});

test("a dead cluster may not be answered; once the services lead away from it, it alone differs", async () => {
  dead = ["203.0.113.21"];
  const before = await reported("--name", "app");
  expect(before.code).toBe(2);
  expect(others(before.report)).toContainEqual(
    expect.stringMatching(
      /^name \| app.k8s.example.com \| differs \| \d+ of 8 countries: sydney answers, though its probe fails from here$/,
    ),
  );
  world.down = ["sydney"];
  const after = await reported();
  expect(others(after.report).filter((line) => line.startsWith("name"))).toEqual([]);
  expect(others(after.report)).toContain("ingress | sydney | 203.0.113.21 | differs | nobody gets an answer there");
});

test("after a change it asks again until interval × threshold + TTL are over, and not a second longer", async () => {
  dead = ["203.0.113.21"];
  onSleep = () => {
    if (time - NOW >= 60_000) world.down = ["sydney"];
  };
  const { report } = await reported("--name", "app");
  expect(others(report).filter((line) => line.startsWith("name"))).toEqual([]);
  expect(time - NOW).toBe(60_000);
  world.down = [];
  onSleep = () => {};
  time = NOW;
  expect((await verify("--name", "app")).err).toContain("app.k8s.example.com: differs, and may for 150 s more");
  expect(time - NOW).toBe(150_000);
});

test("a certificate that expired, is another name's, or is overdue is said with its cluster", async () => {
  certificate = ({ address, host }) =>
    host === "app.k8s.example.com" && address === "203.0.113.11" ? { notBefore: NOW - 95 * DAY, notAfter: NOW - 5 * DAY } : {};
  expect(others((await reported("--name", "app")).report)).toEqual([
    "public-name | app.k8s.example.com | newyork (203.0.113.11) | differs | its certificate expired 5 days ago",
  ]);
  certificate = ({ host }) => (host === "one.k8s.example.com" ? { names: ["*.example.com", "k8s.example.com"] } : {});
  expect(others((await reported("--name", "one")).report)).toEqual([
    "public-name | one.k8s.example.com | sydney (203.0.113.21) | differs | its certificate is for *.example.com, k8s.example.com, not for one.k8s.example.com",
  ]);
  certificate = ({ host }) => (host === "one.k8s.example.com" ? { notBefore: NOW - 80 * DAY, notAfter: NOW + 10 * DAY } : {});
  expect(others((await reported("--name", "one")).report)[0]).toContain(
    "its certificate has 10 days left, and should have been renewed",
  );
  certificate = ({ host }) => (host.startsWith("ingress.") ? { untrusted: "SELF_SIGNED_CERT_IN_CHAIN" } : {});
  expect(others((await reported("--name", "one")).report)[0]).toBe(
    "ingress | dublin | 203.0.113.1 | not-judged | its chain isn't trusted (SELF_SIGNED_CERT_IN_CHAIN); the fleet file promises no certificate for this name",
  );
});

test.each([
  [
    "replies without the option",
    { scope: undefined },
    "replies have no client-subnet option: they are for this machine, not for that network",
  ],
  ["scope 0 where it matters", { scope: 0 }, "the reply's scope is 0: it doesn't depend on the network, and it should"],
  [
    "replies that aren't the zone's own",
    { scope: 24, authoritative: false },
    "a reply isn't authoritative: something on the way answers for the zone's servers",
  ],
])("%s are not judged, with an exit code of its own", async (_, how, why) => {
  world.twist = ({ name }) => (name === "geo.k8s.example.com" ? { answers: [a(name, "203.0.113.11")], ...how } : undefined);
  const { code, report } = await reported("--name", "geo");
  expect(others(report)).toEqual([`name | geo.k8s.example.com | not-judged | everywhere: ${why}`]);
  expect(code).toBe(3);
});

test("scope 0 is right where everybody may get that answer", async () => {
  world.twist = ({ name }) => (name === "app.k8s.example.com" ? { answers: [a(name, "203.0.113.11")], scope: 0 } : undefined);
  expect((await reported("--name", "app")).code).toBe(0);
});

test("a network that rewrites port 53 makes every name not judged", async () => {
  const other = await FakeWorld.of(FLEET);
  try {
    other.rewritePort53();
    const before = world;
    world = other;
    const { code, report } = await reported("--name", "one");
    world = before;
    expect(code).toBe(3);
    expect(others(report)).toEqual([
      "network | port 53 | not-judged | the network that this runs in answers for other people's name servers; run it elsewhere",
      "name | one.k8s.example.com | not-judged | everywhere: this network rewrites port 53",
    ]);
  } finally {
    await other.close();
  }
});

test("CNAMEs are followed to the servers of the zone that they lead to, and a profile that is gone is nobody", async () => {
  world.twist = ({ name }) =>
    name === "azure.k8s.example.com" ? { answers: [cname(name, "gone.trafficmanager.net")] } : undefined;
  expect(others((await reported("--name", "azure")).report)).toEqual([
    "name | azure.k8s.example.com | differs | everywhere: the name has no address",
  ]);
});

test("an answer that is too long for UDP is asked for by TCP", async () => {
  world.twist = ({ name }) =>
    name === "one.k8s.example.com" ? { answers: [a(name, "203.0.113.21")], tooLong: true } : undefined;
  expect((await reported("--name", "one")).code).toBe(0);
});

test("the zone: no delegation, other name servers, a server that doesn't have it, another CAA record", async () => {
  world.twist = ({ type }) => (type === "DELEGATION" ? { code: "NXDOMAIN" } : undefined);
  const { code, report } = await reported();
  expect(code).toBe(2);
  expect(others(report)[0]).toBe(
    "delegation | k8s.example.com | differs | nobody finds the zone: its name servers belong into an NS record of example.com, or at the registrar",
  );
  world.twist = ({ type, name }) =>
    type === "NS" ? { answers: [{ type: "NS", name, data: "ns1.dns.test" }] } : type === "CAA" ? { answers: [] } : undefined;
  expect(others((await reported("--name", "one")).report)).toEqual([
    "name-servers | k8s.example.com | ns1.dns.test (127.0.0.1) | differs | the parent says ns1.dns.test, ns2.dns.test",
    'caa | k8s.example.com | differs | the fleet file says 0 issue "letsencrypt.org"',
  ]);
  world.twist = ({ type }) => (type === "SOA" ? { code: "REFUSED" } : undefined);
  expect(others((await reported("--name", "one")).report)[0]).toBe(
    "name-servers | k8s.example.com | ns1.dns.test (127.0.0.1) | differs | the parent names it, and it doesn't serve the zone",
  );
});

test("a table for people: verdicts first, countries that differ below their name", async () => {
  world.twist = ({ name }, subnet) =>
    name === "geo.k8s.example.com" && ["DE", "FR", "IT", "ES"].includes(countryOf(subnet) ?? "")
      ? { answers: [a(name, "203.0.113.21")], scope: 24 }
      : undefined;
  const { code, out } = await verify("--name", "geo");
  expect(code).toBe(0);
  expect(out.split("\n").filter((line) => /geo\.|Germany|different/.test(line))).toMatchInlineSnapshot(`
    [
      "DIFFERS  name          geo.k8s.example.com                            sydney 75 %, newyork 25 %: 4 of 8 countries: sydney instead of dublin",
      "           DIFFERS     Germany, Spain, France and 1 more              sydney instead of dublin",
      "ok       public-name   geo.k8s.example.com at dublin (203.0.113.1)    200 for /; certificate by Test, 59 days left",
      "ok       public-name   geo.k8s.example.com at dublin (203.0.113.2)    200 for /; certificate by Test, 59 days left",
      "ok       public-name   geo.k8s.example.com at newyork (203.0.113.11)  200 for /; certificate by Test, 59 days left",
      "ok       public-name   geo.k8s.example.com at sydney (203.0.113.21)   200 for /; certificate by Test, 59 days left",
      "12 as expected, 1 different, 0 not judged.",
      "A failing cluster is led away from within 150 s: geo.k8s.example.com.",
    ]
  `);
});

test("an unknown name is refused with a sentence", async () => {
  const { code, err } = await verify("--name", "ap");
  expect([code, err]).toEqual([1, "--name: no public name is called 'ap'; did you mean 'app'?\n"]);
});
