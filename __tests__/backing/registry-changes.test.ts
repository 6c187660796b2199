import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
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
  },
};

/** A fleet of nothing but registries. */
function stacksOf(fleet: string, registries: object): string {
  const out = mkdtempSync(join(tmpdir(), "registries-"));
  made.push(out);
  const dns = { zone: "acme.example", existing: true, aws: ACCOUNTS.aws };
  for (const [path, text] of Object.entries(synthFleet(fleetOf(stringify({ fleet, dns, clusters: {}, registries }))).files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

const acr = (more: object) => ({
  images: { cloud: "azure", region: "uksouth", azure: ACCOUNTS.azure, deletionProtection: false, ...more },
});
const ecr = (more: object) => ({
  parts: { cloud: "aws", region: "us-east-1", repositories: ["shop"], aws: ACCOUNTS.aws, deletionProtection: false, ...more },
});

describeWithTerraform("registries", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  function opened(): Workspace {
    const workspace = openWorkspace();
    made.push(workspace.folder, workspace.sockets);
    return workspace;
  }
  const run = (workspace: Workspace, out: string, options: RehearsalOptions = {}) =>
    rehearseIn(workspace, out, { until: "apply", ...options });

  test("replicas come and go without a registry or a repository being made anew", async () => {
    const workspace = opened();
    const few = { ...acr({ replicas: ["westeurope"] }), ...ecr({ replicas: ["eu-west-1"] }) };
    const many = {
      ...acr({ replicas: ["westeurope", "northeurope", "eastus"], keep: { untaggedDays: 30 } }),
      ...ecr({ replicas: ["eu-west-1", "ap-southeast-2"], keep: { newest: 50 } }),
    };
    expect((await run(workspace, stacksOf("acme", few))).errors).toEqual([]);
    for (const registries of [many, few]) {
      const report = await run(workspace, stacksOf("acme", registries));
      expect(report.errors).toEqual([]);
      const changes = Object.values(report.stacks).flatMap(({ plan }) => plan);
      const registry = changes.filter(({ type }) => type === "azurerm_container_registry");
      expect(registry.map(({ actions }) => actions)).toEqual([["update"]]);
      expect(changes.filter(({ type }) => type === "aws_ecr_repository")).toEqual([]);
    }
    expect((await rehearseIn(workspace, stacksOf("acme", few), {}, "down")).errors).toEqual([]);
  }, 120_000);

  test("a second fleet can't take the account's one replication, a name or a prefix; with `replication: external` it lives beside the first", async () => {
    const workspace = opened();
    const replicas = ["eu-west-1"];
    const first = { ...acr({ name: "sharedname" }), ...ecr({ replicas, caches: { quay: { from: "quay.io" } } }) };
    expect((await run(workspace, stacksOf("acme", first))).errors).toEqual([]);
    const second = {
      ...acr({ name: "sharedname" }),
      ...ecr({ replicas, name: "acme-parts", caches: { quay: { from: "quay.io" } } }),
    };
    const refused = (await run(workspace, stacksOf("other", second))).errors.map(({ detail }) => detail).join("\n");
    expect(refused).toContain("azurerm_container_registry sharedname exists already");
    expect(refused).toContain("aws_ecr_repository acme-parts/shop exists already");
    expect(refused).toContain("'acme-parts' is taken in eu-west-1, by stack acme-registry-parts");
    expect(refused).toContain("'quay' is taken in eu-west-1, by stack acme-registry-parts");
    const overwrites = (await run(workspace, stacksOf("third", ecr({ replicas })))).errors.map(({ detail }) => detail);
    expect(overwrites.join("\n")).toContain(
      "The account's only replication configuration in us-east-1 is made by stack acme-registry-parts",
    );
    const beside = await run(workspace, stacksOf("fourth", ecr({ replicas, replication: "external" })));
    expect(beside.errors).toEqual([]);
  }, 120_000);
});
