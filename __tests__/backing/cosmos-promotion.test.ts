import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Fault } from "../../rehearsal";
import { type RehearsalOptions, rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace, type Workspace } from "../../rehearsal/runner/workspace";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, synthFleet } from "../support/fleet";

const made: string[] = [];
const ID = "00000000-0000-0000-0000-000000000001";

/** A database with a write region and one that only reads. */
function stacksWith(more: object = {}): string {
  const tweets = {
    engine: "mongo",
    cloud: "azure",
    region: "eastus",
    replicas: ["westeurope"],
    secretsRegion: "westeurope",
    databases: ["posts"],
    deletionProtection: false,
    azure: { subscriptionId: ID, tenantId: ID, runner: ID },
    ...more,
  };
  const dns = { zone: "acme.example", existing: true, aws: { accountId: "111122223333" } };
  const out = mkdtempSync(join(tmpdir(), "cosmos-"));
  made.push(out);
  const { files } = synthFleet(fleetOf(stringify({ fleet: "acme", dns, clusters: {}, databases: { tweets } })));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

const STACK = "acme-data-tweets";

/** What `az cosmosdb failover-priority-change` does, and the next refresh finds: the two regions have changed places. */
function failedOver({ cloud, folder }: Workspace): void {
  const swapped = (locations: unknown) =>
    (locations as { failover_priority: number }[]).map((one) => ({ ...one, failover_priority: 1 - one.failover_priority }));
  const file = join(folder, "state", `${STACK}.tfstate`);
  const state = JSON.parse(readFileSync(file, "utf8"));
  const account = state.resources.find(({ type }: { type: string }) => type === "azurerm_cosmosdb_account").instances[0];
  account.attributes.geo_location = swapped(account.attributes.geo_location);
  writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1 }));
  const [known] = cloud.all("azurerm_cosmosdb_account");
  const geo_location = swapped(known!.attributes.geo_location);
  cloud.put({ ...known!, attributes: { ...known!.attributes, geo_location } });
}

/** The old region takes no change. An account is read from whichever of its regions answers. */
const silent: readonly Fault[] = (["create", "update", "delete"] as const).map((on) => ({
  region: "eastus",
  on,
  fail: "no answer from eastus",
}));

describeWithTerraform("a promotion of Cosmos DB", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  test("is a failover by the cloud: Terraform can't move the write region and says so, afterwards it changes entries alone while the old region takes nothing, and back likewise", async () => {
    const workspace = openWorkspace();
    made.push(workspace.folder, workspace.sockets);
    const run = (out: string, options: RehearsalOptions = {}) => rehearseIn(workspace, out, { until: "apply", ...options });
    const said = async (out: string) => (await run(out)).errors.map(({ detail }) => detail).join();
    expect((await run(stacksWith())).errors).toEqual([]);

    const promotion = stacksWith({ primary: "westeurope" });
    expect(await said(promotion)).toMatch(
      /The write region eastus can't be changed to westeurope here: run az cosmosdb failover-priority-change/,
    );

    failedOver(workspace);
    const promoted = await run(promotion, { faults: silent });
    expect(promoted.errors).toEqual([]);
    const changed = promoted.stacks[STACK]!.plan.filter(({ actions }) => !["no-op", "read"].includes(actions.join()));
    expect(new Set(changed.map(({ type }) => type))).toEqual(new Set(["azurerm_key_vault_secret"]));
    const entries = workspace.cloud.all("azurerm_key_vault_secret").map(({ attributes }) => attributes.name);
    expect(entries).toEqual(["acme-db-tweets-posts"]);

    expect(await said(stacksWith())).toMatch(/The write region westeurope can't be changed to eastus here/);
    failedOver(workspace);
    expect((await run(stacksWith())).errors).toEqual([]);
    expect((await rehearseIn(workspace, stacksWith(), {}, "down")).errors).toEqual([]);
  }, 180_000);
});
