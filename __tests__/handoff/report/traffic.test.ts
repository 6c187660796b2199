import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { onMap } from "../../../handoff/report/projection";
import { type Answer, FAILURES, trafficOf } from "../../../handoff/report/traffic";
import { everywhere } from "../../../routing/clients";
import { latencyByDistance } from "../../../routing/estimate";
import { shares, simulate } from "../../../routing/simulate";
import { routingTrees } from "../../../routing/tree";
import { committedFleet, fleetFiles, fleetOf, root } from "../../support/fleet";

/** Every fourth place: on one continent or another there is one for each rule. The page in a browser is compared whole. */
const SAMPLED = 4;

test.each(fleetFiles)("%s: the report's answers are the simulator's, for every failure of every cluster", (file) => {
  const fleet = committedFleet(file);
  const { clusters, clients, answers, tables, names } = trafficOf(fleet);
  const named = (answer: Answer) => Object.fromEntries(answer.map(([cluster, part]) => [clusters[cluster], part]));
  for (const [cluster, name] of clusters.entries())
    for (const failure of FAILURES) {
      const trees = routingTrees(failure === "drained" ? { ...fleet, drain: [...fleet.drain, name] } : fleet);
      const isUp = (one: string) => failure === "drained" || one !== name;
      for (const { fqdn, table } of names) {
        const tree = trees.find((one) => one.fqdn === fqdn)!;
        const moved = new Map(pairs(tables[table]!.failures[`${failure} ${cluster}`] ?? []));
        for (const [index, { client }] of clients.entries()) {
          if (index % SAMPLED !== 0) continue;
          const shown = answers[moved.get(index) ?? tables[table]!.answers[index]!]!;
          const parts = Object.entries(shares(simulate(tree, client, isUp, latencyByDistance)));
          expect(named(shown)).toEqual(Object.fromEntries(parts.map(([one, share]) => [one, Math.round(share * 1000)])));
        }
      }
    }
});

function pairs(list: readonly number[]): (readonly [number, number])[] {
  return list.flatMap((value, index) => (index % 2 === 0 ? [[value, list[index + 1]!] as const] : []));
}

test("of an answer that many clusters share no single failure is told, and that is said instead of 'nothing moves'", () => {
  const clusters = Array.from({ length: 14 }, (_, index) => `c${index}`);
  const fleet = fleetOf(`
fleet: many
dns: { zone: many.example, aws: { accountId: "111122223333" } }
clusters:
${clusters
  .map(
    (name, index) =>
      `  ${name}: { cloud: existing, region: eu-west-1, existing: { endpoint: "https://${name}.example", exec: { command: none }, ingress: { ips: [198.51.100.${index + 1}] } } }`,
  )
  .join("\n")}
names:
  all: { policy: weighted }
  two: { policy: failover, members: [c0, c1] }
`);
  const { tables, names } = trafficOf(fleet);
  const of = (name: string) => tables[names.find(({ fqdn }) => fqdn === `${name}.many.example`)!.table]!;
  expect(of("all").shared).toEqual(clusters.map((_, index) => index));
  expect(of("all").failures).toEqual({});
  expect(of("two").shared).toEqual([]);
  expect(Object.keys(of("two").failures)).toEqual(["down 0", "drained 0"]);
});

test("places stand on the map where d3-geo's Equal Earth puts them", () => {
  const clients = everywhere().map(({ client: { longitude, latitude } }) => [longitude, latitude]);
  const script = `import { geoEqualEarth } from "d3-geo";
    const place = geoEqualEarth().scale(369).translate([1000, 488]);
    console.log(JSON.stringify(${JSON.stringify(clients)}.map(place)));`;
  const places = JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" }),
  ) as readonly [number, number][];
  for (const [index, [x, y]] of places.entries()) {
    const here = onMap({ longitude: clients[index]![0]!, latitude: clients[index]![1]! });
    expect(Math.abs(here.x - x) + Math.abs(here.y - y)).toBeLessThan(0.2);
  }
});

test("the map's outlines are what scripts/world-map.mjs makes", () => {
  execFileSync(process.execPath, [join(root, "scripts", "world-map.mjs"), "--check"], { cwd: root, stdio: "pipe" });
});
