import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../cli/verify";
import { ask } from "../../cli/verify/dns";
import type { Resolver } from "../../cli/verify/resolver";
import { visitWith } from "../../cli/verify/web";
import { CLIENT_NETWORKS } from "../../model/catalog/client-networks";
import { routingTrees } from "../../routing/tree";
import { allowedIn, SAMPLES } from "../../verify/clients";
import { Authority, type Certified, hasOpenssl } from "../support/verify/certificates";
import { findKnot, KnotServer } from "../support/verify/knot";
import { FakeWorld } from "../support/verify/world";
import { FLEET, FLEET_FILE } from "./fleet";

/** Two servers of the real kind: Knot DNS with mod-geoip, and TLS servers with certificates of an authority. */
const knot = findKnot();
const missing = "missing" in knot ? knot.missing : hasOpenssl() ? undefined : "openssl is not on PATH";
if (missing) process.stdout.write(`verify against real servers is skipped: ${missing}\n`);

const SAMPLED = ["AU", "BR", "CN", "DE", "FR", "IN", "JP", "NZ", "US", "ZA"];
const samples = SAMPLES.filter(({ country }) => SAMPLED.includes(country));
const folder = mkdtempSync(join(tmpdir(), "real-"));
const file = join(folder, "fleet.yaml");
writeFileSync(file, FLEET_FILE);

const [DUBLIN, NEWYORK, SYDNEY] = ["203.0.113.1", "203.0.113.11", "203.0.113.21"] as const;
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  dublin: [DUBLIN, "203.0.113.2"],
  newyork: [NEWYORK],
  sydney: [SYDNEY],
};

/** A zone of the test fleet as a person writes it for Knot. */
const RECORDS = [
  "$ORIGIN k8s.example.com.",
  "@ 900 SOA ns1.dns.test. hostmaster.dns.test. 7 7200 900 1209600 86400",
  "@ 172800 NS ns1.dns.test.",
  '@ 3600 CAA 0 issue "letsencrypt.org"',
  "@ 60 A 203.0.113.1",
  ...Object.entries(ADDRESSES).flatMap(([cluster, ips]) => ips.map((ip) => `ingress.${cluster} 60 A ${ip}`)),
  `one 60 A ${SYDNEY}`,
  // what networks get that the module doesn't know
  `geo 60 A ${NEWYORK}`,
];

/** What every network of the table must be answered for `geo`, with some networks of a country changed. */
function geo(wrong: Readonly<Record<string, string>> = {}): Record<string, readonly string[]> {
  const tree = routingTrees(FLEET).find(({ name }) => name === "geo")!;
  return Object.fromEntries(
    SAMPLED.flatMap((country) =>
      CLIENT_NETWORKS[country]!.map((network) => {
        const [cluster = ""] = allowedIn(tree, country, () => true);
        return [network, wrong[country] ? [wrong[country]] : ADDRESSES[cluster]!] as const;
      }),
    ),
  );
}

let authority: Authority;
let good: Certified;
let expired: Certified;
const servers: Server[] = [];
let running: KnotServer | undefined;

beforeAll(() => {
  if (missing) return;
  authority = new Authority();
  const names = [
    "*.k8s.example.com",
    "k8s.example.com",
    "ingress.dublin.k8s.example.com",
    "ingress.sydney.k8s.example.com",
    "ingress.newyork.k8s.example.com",
  ];
  good = authority.sign(names);
  expired = authority.sign(names, [-95, -5]);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});
afterAll(() => {
  authority?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A TLS server; its port. */
async function serving(certified: Certified, status = 200): Promise<number> {
  const server = createServer(certified, (_, response) => response.writeHead(status).end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Whether Knot knows the client-subnet option. */
let clientSubnet = true;

/**
 * Runs verify on a zone in Knot, and on TLS servers in the place of clusters' addresses.
 * @param ports of those servers, by address; another address refuses connections
 */
async function verify(
  byNetwork: Readonly<Record<string, readonly string[]>>,
  ports: Readonly<Record<string, number>>,
  ...args: string[]
) {
  const server = await KnotServer.start("knotd" in knot ? knot.knotd : "", {
    zone: "k8s.example.com",
    records: RECORDS,
    byNetwork: { "geo.k8s.example.com": byNetwork },
    clientSubnet,
  });
  running = server;
  const world = await FakeWorld.of(FLEET);
  world.twist = ({ type, name }) =>
    type === "DELEGATION" ? { authorities: [{ type: "NS", name, data: "ns1.dns.test" }], authoritative: false } : undefined;
  const fake = world.surroundings(async () => ({}), samples).resolver;
  const resolver: Resolver = {
    ...fake,
    servers: async (name) => (name === "ns1.dns.test" ? [{ name, address: "127.0.0.1", port: server.port }] : fake.servers(name)),
  };
  let out = "";
  const quiet = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  let now = Date.now();
  try {
    const code = await main([file, "--json", "--expect-no-difference", ...args], (text) => (out += text), {
      ask,
      samples,
      resolver,
      visit: (request) => visitWith({ ...request, address: "127.0.0.1", port: ports[request.address] ?? 1 }, authority.cert),
      now: () => now,
      sleep: async (milliseconds) => (now += milliseconds),
    });
    const { results } = JSON.parse(out) as {
      results: { verdict: string; subject: string; of: string; at?: string; found: string; why?: string }[];
    };
    const others = results.filter(({ verdict }) => verdict !== "as-expected");
    return {
      code,
      results,
      others: others.map(({ verdict, subject, of, at, why }) => [subject, of, at, verdict, why].filter(Boolean).join(" | ")),
    };
  } finally {
    quiet.mockRestore();
    await world.close();
  }
}

/** Servers for every address of the fleet. */
async function everywhere(change: Readonly<Record<string, number | undefined>> = {}): Promise<Record<string, number>> {
  const port = await serving(good);
  const all = Object.fromEntries(Object.values(ADDRESSES).flatMap((ips) => ips.map((ip) => [ip, port])));
  const changed = Object.entries({ ...all, ...change }).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(changed);
}

(missing ? describe.skip : describe)("against Knot DNS and TLS servers on loopback", () => {
  test("a fleet that is as its file says differs nowhere", async () => {
    const { code, others, results } = await verify(geo(), await everywhere(), "--name", "geo");
    expect(others).toEqual([]);
    expect(code).toBe(0);
    expect(results.find(({ subject }) => subject === "soa")!.found).toBe("ns1.dns.test 7");
    expect(results.find(({ at }) => at === `newyork (${NEWYORK})`)!.found).toMatch(
      /^200 for \/; certificate by Test Authority, (89|90) days left$/,
    );
  });

  test("one record wrong", async () => {
    const { code, others } = await verify(geo({ DE: SYDNEY }), await everywhere(), "--name", "geo");
    expect(others).toEqual(["name | geo.k8s.example.com | differs | 1 of 10 countries: sydney instead of dublin"]);
    expect(code).toBe(2);
  });

  test("one cluster dead: who is still led there, and the cluster", async () => {
    const { code, others } = await verify(geo(), await everywhere({ [SYDNEY]: undefined }), "--name", "geo");
    expect(others).toEqual([
      "name | geo.k8s.example.com | differs | 2 of 10 countries: sydney answers, though its probe fails from here",
      "ingress | sydney | 203.0.113.21 | differs | nobody gets an answer there",
      "public-name | geo.k8s.example.com | sydney (203.0.113.21) | differs | nobody gets an answer there",
    ]);
    expect(code).toBe(2);
  });

  test("one certificate expired", async () => {
    const { code, others } = await verify(geo(), await everywhere({ [NEWYORK]: await serving(expired) }), "--name", "geo");
    expect(others).toEqual([
      "ingress | newyork | 203.0.113.11 | not-judged | its certificate expired 5 days ago; the fleet file promises no certificate for this name",
      "public-name | geo.k8s.example.com | newyork (203.0.113.11) | differs | its certificate expired 5 days ago",
    ]);
    expect(code).toBe(2);
  });

  test("networks that the server has no answer of their own for get scope 0, and aren't judged", async () => {
    const { code, others } = await verify({}, await everywhere(), "--name", "geo");
    expect(others).toEqual([
      "name | geo.k8s.example.com | not-judged | everywhere: the reply's scope is 0: it doesn't depend on the network, and it should",
    ]);
    expect(code).toBe(3);
  });

  test("a server that leaves the client-subnet option out isn't judged where the answer goes by place", async () => {
    clientSubnet = false;
    try {
      const { code, others } = await verify(geo(), await everywhere(), "--name", "geo");
      expect(others).toEqual([
        "name | geo.k8s.example.com | not-judged | everywhere: replies have no client-subnet option: they are for this machine, not for that network",
      ]);
      expect(code).toBe(3);
    } finally {
      clientSubnet = true;
    }
  });

  test("an error of the server, and a certificate that no authority has signed", async () => {
    const stranger = new Authority();
    const unknown = await serving(stranger.sign(["*.k8s.example.com"]));
    stranger.remove();
    const ports = await everywhere({ [NEWYORK]: await serving(good, 503), [SYDNEY]: unknown });
    const { others } = await verify(geo(), ports, "--name", "one");
    expect(others).toEqual([
      "ingress | newyork | 203.0.113.11 | differs | /ping should answer 200 to 399",
      "ingress | sydney | 203.0.113.21 | not-judged | its certificate is for *.k8s.example.com, not for ingress.sydney.k8s.example.com; the fleet file promises no certificate for this name",
      "public-name | one.k8s.example.com | sydney (203.0.113.21) | differs | its chain isn't trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)",
    ]);
  });
});
