import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeLines, closing } from "../../cli/rehearsal-print";
import { rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

const root = join(__dirname, "../..");
const fleets = mkdtempSync(join(tmpdir(), "changes-"));
afterAll(() => {
  removeFolders();
  rmSync(fleets, { recursive: true, force: true });
});

/** A fleet file with these clusters. */
function fleetFile(name: string, ...clusters: readonly string[]): string {
  const path = join(fleets, `${name}.yaml`);
  const lines = clusters.map(
    (cluster, i) => `  ${cluster}: { cloud: aws, region: eu-west-1, network: { cidr: 10.${i}.0.0/16 } }`,
  );
  const account = 'accountId: "111122223333"';
  const people = 'admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r"';
  writeFileSync(
    path,
    `fleet: changes
dns: { zone: k8s.example.com, aws: { ${account} } }
defaults: { api: { allowFrom: [203.0.113.0/24] }, aws: { ${account}, ${people} } }
clusters:
${lines.join("\n")}
`,
  );
  return path;
}

const subnetwork = (range: string, more: object = {}) =>
  synthesizedFolder({
    "f-one": {
      config: {
        provider: { google: [{ project: "arctiq-prod", region: "us-east1" }] },
        resource: {
          google_compute_subnetwork: {
            nodes: { name: "nodes", network: "default", region: "us-east1", ip_cidr_range: range, ...more },
          },
        },
      },
    },
  });

describeWithTerraform("what a change does to what exists", () => {
  test.each([
    ["moves", "10.42.0.0/19", ["delete", "create"]],
    ["shrinks", "10.32.0.0/20", ["delete", "create"]],
    ["shrinks at its end", "10.32.16.0/20", ["delete", "create"]],
    ["grows", "10.32.0.0/18", ["update"]],
    ["grows from another start", "10.0.0.0/8", ["update"]],
  ])("a Google subnetwork whose range %s", async (_, range, actions) => {
    const { after, ok } = await rehearseChange(subnetwork("10.32.0.0/19"), subnetwork(range), { until: "apply" });
    expect(after?.stacks["f-one"]?.plan.map((change) => change.actions)).toEqual([actions]);
    expect(ok).toBe(true);
  });

  test.each([
    [
      { lifecycle: { create_before_destroy: true }, name: "others" },
      "REPLACES google_compute_subnetwork.nodes, new one first (name)",
    ],
    [{ name: "others" }, "REPLACES google_compute_subnetwork.nodes, old one first (name)"],
    [
      { ip_cidr_range: "10.42.0.0/19", private_ip_google_access: true },
      "REPLACES google_compute_subnetwork.nodes, old one first (ip_cidr_range)",
    ],
    [{ private_ip_google_access: true }, "changes google_compute_subnetwork.nodes (private_ip_google_access)"],
    [{ log_config: { metadata: "EXCLUDE_ALL_METADATA" } }, "changes google_compute_subnetwork.nodes (log_config.metadata)"],
    [{ log_config: [] }, "changes google_compute_subnetwork.nodes (log_config)"],
  ])("a change's line says what is first and why, and not what only follows from it: %j", async (more, line) => {
    const usual = { lifecycle: {}, log_config: { metadata: "INCLUDE_ALL_METADATA" } };
    const { lifecycle } = { ...usual, ...more };
    const before = subnetwork("10.32.0.0/19", { ...usual, lifecycle });
    const { after } = await rehearseChange(before, subnetwork("10.32.0.0/19", { ...usual, ...more }), { until: "plan" });
    expect(after && changeLines(after.stacks["f-one"]!)).toEqual([`f-one: ${line}`]);
  });

  test("a cluster that was removed but never retired is refused as synth refuses it", () => {
    const program = [join(root, "scripts/run.mjs"), "rehearse"];
    const change = ["--from", fleetFile("both", "one", "two"), fleetFile("gone", "one"), "--until", "apply"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...change], { cwd: root, encoding: "utf8" });
    expect(stderr).toMatch(/gone\.yaml was not synthesized:\n.*stack changes-two-cluster .* though it was never retired/);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });

  test("the last line counts every stack once, those that go with the change too", async () => {
    const vpc = {
      provider: { aws: [{ region: "eu-west-1" }] },
      resource: { aws_vpc: { network: { cidr_block: "10.0.0.0/16" } } },
    };
    const before = synthesizedFolder({ "f-one": { config: vpc }, "f-two": { config: vpc } });
    const after = synthesizedFolder({ "f-one": { config: vpc }, "f-three": { config: vpc } });
    expect(closing(await rehearseChange(before, after, { until: "apply" }))).toMatch(/went well: 3 stacks, 3 resources applied/);
  });
});
