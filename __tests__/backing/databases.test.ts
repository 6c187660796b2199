import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import type { Database } from "../../model/schema/databases";
import type { Fleet } from "../../model/schema/fleet";
import type { CloudSnapshot } from "../../rehearsal/cloud/model";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { describeWithTerraform } from "../rehearsal/engine";
import { committedFleet, synthFleet } from "../support/fleet";
import { unzipped } from "../support/zip";

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

const renewed = ([key, database]: [string, Database]): [string, Database] => [
  key,
  { ...database, passwordVersion: database.passwordVersion + 1 },
];

/** Every password and key that was sent to a store or a server: `Aa0` and 29 hexadecimal digits here, 64 of Cosmos DB's keys. */
const secretsOf = ({ resources }: CloudSnapshot): readonly string[] => [
  ...new Set(
    resources.flatMap(
      ({ hidden }) =>
        JSON.stringify(hidden ?? {}).match(/Aa0[0-9a-f]{29}(?![0-9a-f])|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [],
    ),
  ),
];

/** What is sent by write-only arguments: all that has a password in the clouds. */
const SENT = [
  "aws_db_instance",
  "aws_secretsmanager_secret_version",
  "azurerm_key_vault_secret",
  "azurerm_mysql_flexible_server",
  "azurerm_postgresql_flexible_server",
  "google_secret_manager_secret_version",
  "google_sql_user",
];

/** Files of a folder, but for the rehearsal's own memory of its clouds, by path; of saved plans what is packed in them. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path !== "cloud.json" && statSync(join(folder, path)).isFile(),
  );
  return new Map(
    paths.flatMap((path): [string, string][] => {
      const data = readFileSync(join(folder, path));
      if (!path.endsWith(".tfplan")) return [[path, data.toString("latin1")]];
      return [...unzipped(data)].map(([name, inner]) => [`${path}/${name}`, inner.toString("latin1")]);
    }),
  );
}

/** Paths of files that hold one of some secrets, as it is or in base64. */
function holding(secrets: readonly string[], folders: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret)
      .toString("base64")
      .replace(/.{0,3}=*$/, ""),
  ]);
  return folders
    .flatMap((folder) => [...filesIn(folder)])
    .flatMap(([path, text]) => (forms.some((form) => text.includes(form)) ? [path] : []));
}

/** How many passwords a synthesized folder has made: one for each generator in it. */
const generators = (fleet: Fleet): number =>
  Object.values(synthFleet(fleet).stacks).reduce((sum, config) => {
    const { random_password: made = {} } = (config as { ephemeral?: Record<string, object> }).ephemeral ?? {};
    return sum + Object.keys(made).length;
  }, 0);

test("every stack that makes or reads a password needs Terraform 1.11, and no other does", () => {
  const needs = Object.values(synthFleet(committedFleet("fleets/data.yaml")).stacks).map((config) => [
    JSON.stringify(config).includes("ephemeral."),
    (config as { terraform: { required_version: string } }).terraform.required_version,
  ]);
  expect([...new Set(needs.map(String))].sort()).toEqual(["false,>= 1.5", "true,>= 1.11"]);
});

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
    const passwords = secrets.filter((secret) => secret.length === 32);
    expect(passwords).toHaveLength(generators(fleet));
    const sent = workspace.cloud
      .snapshot()
      .resources.filter(({ hidden }) => passwords.some((one) => JSON.stringify(hidden ?? {}).includes(one)))
      .map(({ type }) => type);
    expect([...new Set(sent)].sort()).toEqual(SENT);
    const state = "state/data-data-tweets.tfstate";
    const plan = "stacks/data-data-tweets/rehearsal.tfplan/";
    expect(holding(passwords, [workspace.folder, out])).toEqual([]);
    expect(holding(secrets, [workspace.folder, out]).filter((path) => path !== state && !path.startsWith(plan))).toEqual([]);
    expect(holding(secrets, [workspace.folder])).toContain(state);
    // a rotation's plan reads every password back, and keeps none
    const rotated = { ...fleet, databases: Object.fromEntries(Object.entries(fleet.databases).map(renewed)) };
    const stacks = Object.keys(up.stacks).filter((id) => id.startsWith("data-data-"));
    const planned = await rehearseIn(workspace, stacksOf(rotated), { until: "plan", stacks });
    expect(planned.errors).toEqual([]);
    expect(planned.stacks["data-data-blog"]?.plan.length).toBeGreaterThan(2);
    expect(holding(passwords, [workspace.folder])).toEqual([]);
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
  }, 400_000);
});
