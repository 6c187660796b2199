import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Fault } from "../../rehearsal";
import { type RehearsalOptions, rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace, type Workspace } from "../../rehearsal/runner/workspace";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, synthFleet } from "../support/fleet";

const made: string[] = [];

const ACCOUNTS = {
  aws: { accountId: "111122223333" },
  azure: {
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
    runner: "00000000-0000-0000-0000-000000000004",
  },
  google: { projectId: "acme-platform" },
};

/** One database on one cloud, with what changes in the walk. */
function stacksWith(cloud: keyof typeof ACCOUNTS, engine: string, more: object): string {
  const regions = {
    aws: ["eu-west-1", "eu-central-1"],
    azure: ["eastus", "westeurope"],
    google: ["europe-west1", "europe-west4"],
  };
  const [region, other] = regions[cloud];
  const database = {
    engine,
    cloud,
    region,
    size: "medium",
    replicas: [other],
    ...(cloud === "google" ? {} : { secretsRegion: other }),
    ...(cloud === "azure" ? {} : { network: { cidr: "10.250.0.0/24" } }),
    deletionProtection: false,
    [cloud]: ACCOUNTS[cloud],
    ...more,
  };
  const dns = { zone: "acme.example", existing: true, aws: ACCOUNTS.aws };
  const out = mkdtempSync(join(tmpdir(), "promotion-"));
  made.push(out);
  const { files } = synthFleet(fleetOf(stringify({ fleet: "acme", dns, clusters: {}, databases: { shop: database } })));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

const SERVERS = [
  "azurerm_mysql_flexible_server",
  "azurerm_postgresql_flexible_server",
  "aws_db_instance",
  "google_sql_database_instance",
];

/** What the entry of the primary leads to. */
function primaryHost({ cloud }: Workspace): unknown {
  const hosts = cloud.all().flatMap(({ attributes, hidden }) => {
    const [value] = Object.values(hidden ?? {});
    const name = `${attributes.name ?? ""} ${attributes.secret ?? ""} ${attributes.secret_id ?? ""}`;
    return typeof value === "string" && value.includes('"host"') && !name.includes("-read-") ? [JSON.parse(value).host] : [];
  });
  expect(hosts).toHaveLength(1);
  return hosts[0];
}

describeWithTerraform("a promotion", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  test.each<["azure" | "aws" | "google", string, string, string, string]>([
    ["azure", "mysql", "eastus", "westeurope", "replication_role"],
    ["azure", "postgres", "eastus", "westeurope", "replication_role"],
    ["aws", "postgres", "eu-west-1", "eu-central-1", "replicate_source_db"],
    ["google", "postgres", "europe-west1", "europe-west4", "instance_type"],
  ])(
    "of %s's %s goes through while nothing in %s answers: one server changes in place, the entry leads to it, and the way back is a new server",
    async (cloud, engine, down, primary, argument) => {
      const workspace = openWorkspace();
      made.push(workspace.folder, workspace.sockets);
      const run = (out: string, options: RehearsalOptions = {}) => rehearseIn(workspace, out, { until: "apply", ...options });
      const first = await run(stacksWith(cloud, engine, {}));
      expect(first.errors).toEqual([]);
      const before = primaryHost(workspace);

      const silent: Fault = { region: down, on: "call", fail: `no answer from ${down}` };
      const promotion = stacksWith(cloud, engine, { primary });
      const refreshed = await run(promotion, { faults: [silent], until: "plan" });
      expect(refreshed.errors.map(({ detail }) => detail)).toContain(`no answer from ${down}`);

      const promoted = await run(promotion, { faults: [silent], env: { TF_CLI_ARGS_plan: "-refresh=false" } });
      expect(promoted.errors).toEqual([]);
      const servers = promoted.stacks["acme-data-shop"]!.plan.filter(({ type }) => SERVERS.includes(type));
      expect(servers.map(({ actions }) => actions)).toEqual([["update"]]);
      expect(servers[0]?.changedAttributes).toContain(argument);
      const after = primaryHost(workspace);
      expect(after).not.toBe(before);
      expect(promoted.stacks["acme-data-shop"]!.plan.filter(({ replace }) => replace).map(({ type }) => type)).toEqual(
        expect.not.arrayContaining(SERVERS),
      );

      const replicas = [primary, down];
      const rebuilt = await run(stacksWith(cloud, engine, { primary, replicas, removed: [down] }));
      expect(rebuilt.errors).toEqual([]);
      const actions = rebuilt.stacks["acme-data-shop"]!.plan.filter(({ type }) => SERVERS.includes(type)).map((change) =>
        change.actions.join(),
      );
      expect(actions.sort()).toEqual(["create", "delete"]);
      const home = stacksWith(cloud, engine, { primary: `${down}-2`, replicas, removed: [down] });
      expect((await run(home)).errors).toEqual([]);
      expect(primaryHost(workspace)).not.toBe(after);
      expect((await rehearseIn(workspace, home, {}, "down")).errors).toEqual([]);
    },
    120_000,
  );
});
