import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { main } from "../../cli/verify";
import { visitWith } from "../../cli/verify/web";
import { SAMPLES } from "../../verify/clients";
import { shellFacts } from "../../verify/for-shell";
import type { Report } from "../../verify/report";
import { fleetOf, root } from "../support/fleet";
import { program } from "../support/kubernetes/parts";
import { Authority, type Certified } from "../support/verify/certificates";
import { a, countryOf, FakeWorld } from "../support/verify/world";
import { FLEET_FILE as FULL } from "./fleet";

/** One address for each cluster: each costs a program. */
const FLEET_FILE = FULL.replace(", 203.0.113.2]", "]");
const FLEET = fleetOf(FLEET_FILE);

/** The bundle's own verify, with the real dig and curl: it must say what the program says. */
const absent = ["dig", "curl", "jq", "openssl", "sh"].find((name) => program(name) === undefined);
if (absent) process.stdout.write(`the bundle's verify.sh is not tried: ${absent} is not on PATH\n`);

const COUNTRIES = ["AU", "DE"];
const NAMES = ["app", "geo", "azure"];
const folder = mkdtempSync(join(tmpdir(), "shell-"));
const file = join(folder, "fleet.yaml");
writeFileSync(file, FLEET_FILE);

let world: FakeWorld;
let authority: Authority;
let ports: Record<string, number> = {};
const servers: Server[] = [];

beforeAll(async () => {
  if (absent) return;
  world = await FakeWorld.of(FLEET);
  authority = new Authority();
  const hosts = ["*.k8s.example.com", ...["dublin", "newyork", "sydney"].map((cluster) => `ingress.${cluster}.k8s.example.com`)];
  const [good, expired] = [authority.sign(hosts), authority.sign(hosts, [-95, -5])];
  ports = { good: await serving(good), expired: await serving(expired) };
  const facts = shellFacts(FLEET);
  const networks = Object.fromEntries(COUNTRIES.map((country) => [country, facts.networks[country]!.slice(0, 2)]));
  const names = facts.names.filter(({ name }) => NAMES.some((key) => name === `${key}.k8s.example.com`));
  mkdirSync(join(folder, "bin"));
  copyFileSync(join(root, "handoff/bundle/verify.sh"), join(folder, "verify.sh"));
  writeFileSync(join(folder, "verify.json"), JSON.stringify({ ...facts, names, networks }));
});
afterAll(async () => {
  await world?.close();
  authority?.remove();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  if (world) {
    world.twist = () => undefined;
    world.down = [];
  }
});

async function serving(certified: Certified): Promise<number> {
  const server = createServer(certified, (_, response) => response.writeHead(200).end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const ALL = ["203.0.113.1", "203.0.113.11", "203.0.113.21"];

/** Puts dig and curl on the way to loopback: nothing else is ever asked. */
function standIns(web: Readonly<Record<string, number>>): void {
  const dns = Object.entries(world.servers());
  const write = (name: string, lines: readonly string[]) => {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${lines.join("\n")}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  };
  write("dig", [
    "port= said=; for word; do shift; case $word in",
    ...dns.map(([name, port], index) => `@127.0.0.${index + 10}) port=${port} word=@127.0.0.1 ;; # ${name}`),
    '@*) exit 9 ;; esac; set -- "$@" "$word"; said="$said $word"; done',
    `[ -z "$port" ] || exec ${program("dig")} -p "$port" "$@"`,
    "case $said in",
    ...dns.map(([name], index) => `*" A ${name}" | *" A ${name}.") echo 127.0.0.${index + 10} ;;`),
    ...Object.entries(world.zones()).map(
      ([zone, named]) => `*" NS ${zone}") printf '%s\\n' ${named.map((name) => `${name}.`).join(" ")} ;;`,
    ),
    "esac",
  ]);
  write("curl", [
    "to=; for word; do shift; case $word in",
    ...Object.entries(web).map(([address, port]) => `*:*:${address}) to=${port} ;;`),
    'esac; set -- "$@" "$word"; done',
    'if [ -z "$to" ]; then case "$*" in *http_code*) printf 000 ;; esac; exit 7; fi',
    `exec ${program("curl")} --cacert "${join(folder, "ca.pem")}" --connect-to "::127.0.0.1:$to" "$@"`,
  ]);
  writeFileSync(join(folder, "ca.pem"), authority.cert);
}

interface Said {
  readonly code: number;
  readonly lines: readonly string[];
}

/** What the script says; addresses without a port refuse connections. */
async function script(web: Readonly<Record<string, number>>, ...args: string[]): Promise<Said> {
  standIns(web);
  const env = {
    ...process.env,
    PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`,
  };
  return new Promise((resolve) =>
    execFile("sh", [join(folder, "verify.sh"), ...args], { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({
        code: error ? Number(error.code) : 0,
        lines: `${stdout}${stderr}`.trim().split("\n"),
      }),
    ),
  );
}

/** The verdicts of the program about the same. */
async function programSays(web: Readonly<Record<string, number>>, name: string): Promise<{ code: number; report: Report }> {
  let out = "";
  let now = Date.now();
  const quiet = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    const samples = SAMPLES.filter(({ country }) => COUNTRIES.includes(country));
    const code = await main([file, "--json", "--expect-no-difference", "--name", name], (text) => (out += text), {
      ...world.surroundings(
        (request) =>
          visitWith(
            {
              ...request,
              address: "127.0.0.1",
              port: web[request.address] ?? 1,
            },
            authority.cert,
          ),
        samples,
      ),
      now: () => now,
      sleep: async () => (now += 3_600_000),
    });
    return { code, report: JSON.parse(out) as Report };
  } finally {
    quiet.mockRestore();
  }
}

const everywhere = () => Object.fromEntries(ALL.map((address) => [address, ports.good!]));

(absent ? describe.skip : describe)("the bundle's verify.sh", () => {
  test("says of a fleet that is as its file says that it is, along CNAMEs too", async () => {
    const { code, lines } = await script(everywhere());
    expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([expect.stringMatching(/^Networks of countries as of /)]);
    expect(lines.filter((line) => line.startsWith("ok          name "))).toEqual(
      NAMES.map((name) => `ok          name         ${name}.k8s.example.com: 2 countries as expected, 0 different, 0 not judged`),
    );
    expect(code).toBe(0);
  });

  test.each([
    [
      "geo",
      "a record wrong",
      "203.0.113.21",
      24,
      [
        "DIFFERS     name         geo.k8s.example.com in DE: sydney instead of dublin",
        "DIFFERS     name         geo.k8s.example.com: 1 countries as expected, 1 different, 0 not judged",
      ],
    ],
    [
      "app",
      "an address that is no cluster's",
      "198.51.100.9",
      24,
      [
        "DIFFERS     name         app.k8s.example.com in DE: 198.51.100.9 may not answer anywhere",
        "DIFFERS     name         app.k8s.example.com: 1 countries as expected, 1 different, 0 not judged",
      ],
    ],
    [
      "azure",
      "an answer without the option",
      "203.0.113.11",
      undefined,
      [
        "not judged  name         azure.k8s.example.com in DE: replies have no client-subnet option",
        "not judged  name         azure.k8s.example.com: 1 countries as expected, 0 different, 1 not judged",
      ],
    ],
  ])("says the same as the program of %s: %s", async (key, _, address, scope, expected) => {
    world.twist = ({ name }, subnet) =>
      name === `${key}.k8s.example.com` && countryOf(subnet) === "DE" ? { answers: [a(name, address)], scope } : undefined;
    const said = await script(everywhere(), key);
    expect(said.lines.filter((line) => !/^ok |^Networks/.test(line))).toEqual(expected);
    expect(said.code).toBe((await programSays(everywhere(), key)).code);
  });

  test("says that nobody leads to the zone", async () => {
    world.twist = ({ type }) => (type === "DELEGATION" ? { code: "NXDOMAIN" } : undefined);
    const { code, lines } = await script(everywhere());
    expect([code, ...lines]).toEqual([2, "DIFFERS     delegation   k8s.example.com: example.com names no server for it"]);
  });

  test("says the same as the program: one cluster dead, one certificate expired", async () => {
    const { "203.0.113.21": _, ...alive } = everywhere();
    const web = { ...alive, "203.0.113.11": ports.expired! };
    const said = await script(web, "app");
    expect(said.lines.filter((line) => !/^ok |^Networks/.test(line))).toEqual([
      "not judged  ingress      newyork (203.0.113.11): SSL certificate problem: certificate has expired; the fleet file promises no certificate for this name",
      "DIFFERS     ingress      sydney (203.0.113.21): nobody answers there",
      "DIFFERS     name         app.k8s.example.com in AU: sydney answers, though its probe fails from here",
      "DIFFERS     name         app.k8s.example.com: 1 countries as expected, 1 different, 0 not judged; failing from here: sydney",
      "DIFFERS     public-name  app.k8s.example.com at newyork (203.0.113.11): SSL certificate problem: certificate has expired",
      "DIFFERS     public-name  app.k8s.example.com at sydney (203.0.113.21): nobody answers there",
    ]);
    expect(said.code).toBe(2);
    const { code, report } = await programSays(web, "app");
    expect(code).toBe(2);
    const differing = report.results.filter(({ verdict }) => verdict === "differs").map(({ subject }) => subject);
    expect(differing).toEqual(["name", "ingress", "public-name", "public-name"]);
  });

  test("says that its table of networks is old", async () => {
    const facts = readFileSync(join(folder, "verify.json"), "utf8");
    const words = "That is more than a year ago, and networks move: use a bundle of a newer Meridian.";
    const old = { ...(JSON.parse(facts) as object), names: [] };
    const dated = async (date: string) => {
      writeFileSync(join(folder, "verify.json"), JSON.stringify({ ...old, date }));
      return (await script(everywhere())).lines;
    };
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    expect(await dated(ago(364))).not.toContain(words);
    expect(await dated(ago(367))).toContain(words);
    writeFileSync(join(folder, "verify.json"), facts);
  });

  test("refuses a name that there is not", async () => {
    const { code, lines } = await script(everywhere(), "ap");
    expect([code, lines.at(-1)]).toEqual([
      1,
      "no public name is called 'ap'; there are app.k8s.example.com, geo.k8s.example.com, azure.k8s.example.com",
    ]);
  });
});
