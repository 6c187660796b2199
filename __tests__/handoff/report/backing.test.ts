import { pageAssets } from "../../../cli/report-assets";
import { backingOf } from "../../../handoff/report/backing";
import { reportOf } from "../../../handoff/report/model";
import { reportPage } from "../../../handoff/report/page";
import { loadFleet } from "../../../model/reading/load";
import { committedFleet } from "../../support/fleet";
import { synthesized } from "../committed";

const data = committedFleet("fleets/data.yaml");
const report = reportOf(data, synthesized(data), "fleets/data.yaml");
const page = reportPage(report, pageAssets());
const rowsOf = (kind: keyof typeof report.backing) => report.backing[kind].map((row) => row.join(" | "));

test("every server of a database is in the report: where it is, what it does, who reaches it", () => {
  expect(rowsOf("databases")).toContainEqual(
    expect.stringMatching(
      /^blog \| MySQL 8\.4 \| Azure \| eastus \| primary \| medium, with a standby \| ghost \| east, west \| /,
    ),
  );
  expect(
    rowsOf("databases")
      .filter((row) => row.startsWith("blog"))
      .map((row) => row.split(" | ")[4]),
  ).toContain("replica");
  expect(page).toMatch(/<caption>Databases<\/caption>[\s\S]*?Cosmos DB for MongoDB/);
});

test("registries show their hosts, replicas and caches, and who pulls", () => {
  const clusters = data.clusters.map(({ name }) => name);
  for (const [key, registry] of Object.entries(data.registries)) {
    const row = report.backing.registries.find(([name]) => name === key)!;
    expect(row[4]).toBe(registry.replicas.join(", "));
    expect(clusters).toEqual(expect.arrayContaining(row[6]!.split(", ").filter(Boolean)));
  }
  expect(page).toMatch(/<caption>Registries<\/caption>[\s\S]*?<code>\w+\.azurecr\.io<\/code>/);
});

test("servers and stores of backups have their tables", () => {
  const servers = loadFleet("__tests__/fleets/unusual/servers.yaml");
  const rows = backingOf(servers).servers;
  const keys = servers.clusters.flatMap((cluster) => ("servers" in cluster ? Object.keys(cluster.servers) : []));
  expect(rows.map(([key]) => key)).toEqual(keys);
  expect(rows.map((row) => row[4])).toContainEqual(expect.stringMatching(/^\d+ GiB$/));
  const stores = backingOf(committedFleet("fleets/all-on.yaml")).backups;
  expect(stores.map(([key, cloud, , , users]) => [key, cloud, users])).toEqual([
    ["west", "AWS", "ireland (0 3 * * *, kept 30 days)"],
    ["low", "Azure", "amsterdam (0 3 * * *, kept 30 days)"],
    ["flat", "Google", "belgium (0 3 * * *, kept 30 days)"],
  ]);
});

test("replicas are counted apart from what they follow", () => {
  const counts = (what: string) => report.billed.filter((one) => one.what === what);
  const followers = rowsOf("databases").filter((row) => row.includes("| replica |")).length;
  const geo = Object.values(data.registries).filter(({ cloud }) => cloud === "azure");
  expect(counts("replicas").reduce((sum, { count }) => sum + count, 0)).toBe(
    followers + geo.reduce((sum, { replicas }) => sum + replicas.length, 0),
  );
  expect(counts("database servers").reduce((sum, { count }) => sum + count, 0)).toBe(Object.keys(data.databases).length);
});

test("a fleet with nothing behind its clusters has no such section", () => {
  const small = committedFleet("fleets/quickstart.yaml");
  expect(reportPage(reportOf(small, synthesized(small), "f.yaml"), pageAssets())).not.toContain('id="backing"');
});
