import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import type { Fleet } from "../../model/schema/fleet";
import type { CloudSnapshot } from "../../rehearsal/cloud/model";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { describeWithTerraform } from "../rehearsal/engine";
import { committedFleet, synthFleet } from "../support/fleet";

const made: string[] = [];

function stacksOf(fleet: Fleet): string {
  const out = mkdtempSync(join(tmpdir(), "fleet-out-"));
  made.push(out);
  for (const [path, text] of Object.entries(synthFleet(fleet).files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

/** Every password and key that was sent to a store or a server: 32 hexadecimal digits here, or 64 of Cosmos DB's. */
const secretsOf = ({ resources }: CloudSnapshot): readonly string[] => [
  ...new Set(
    resources.flatMap(({ hidden }) => JSON.stringify(hidden ?? {}).match(/(?<![0-9a-f])([0-9a-f]{32}){1,2}(?![0-9a-f])/g) ?? []),
  ),
];

/** Files of a folder, but for the rehearsal's own memory of its clouds, by path. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path !== "cloud.json" && statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "latin1")]));
}

describeWithTerraform("the fleet of databases", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  test("goes from init to an empty destroy; no password is in a state, a plan or JSON but Cosmos DB's own keys in its state", async () => {
    const fleet = committedFleet("fleets/data.yaml");
    const out = stacksOf(fleet);
    const workspace = openWorkspace();
    made.push(workspace.folder, workspace.sockets);
    const up = await rehearseIn(workspace, out, { until: "apply" });
    expect(up.errors).toEqual([]);
    const secrets = secretsOf(workspace.cloud.snapshot());
    expect(secrets.length).toBeGreaterThan(5);
    const found = [...filesIn(workspace.folder), ...filesIn(out)].filter(([, text]) =>
      secrets.some((secret) => text.includes(secret)),
    );
    expect(found.map(([path]) => path)).toEqual(["state/data-data-tweets.tfstate"]);
    const account = up.stacks["data-data-tweets"]?.resources.find(({ type }) => type === "azurerm_cosmosdb_account");
    const known = Object.entries(account?.attributes ?? {}).filter(([, value]) =>
      secrets.some((one) => String(value).includes(one)),
    );
    expect(known.map(([name]) => name).sort()).toEqual([
      "primary_key",
      "primary_mongodb_connection_string",
      "primary_readonly_key",
      "primary_readonly_mongodb_connection_string",
    ]);
    const elsewhere = up.stacks["data-data-tweets"]?.resources.filter((resource) => resource !== account);
    expect(secrets.filter((secret) => JSON.stringify(elsewhere).includes(secret))).toEqual([]);
    const down = await rehearseIn(workspace, out, { unprotected: stacksOf(withoutDeletionProtection(fleet)) }, "down");
    expect(down.errors).toEqual([]);
    for (const [id, { steps }] of Object.entries(down.stacks)) expect([id, steps.at(-1)?.step]).toEqual([id, "destroy"]);
  }, 240_000);
});
