import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { type Data, over, SOUND } from "../model/support";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, synthFleet } from "../support/fleet";
import { resources, type StackJson, theResource } from "../support/synth";

const sshPublicKey = "ssh-ed25519 AAAA somebody";
const from = { disk: { restoreFrom: { cluster: "old" } } };
const QUIET = { addons: { ingress: { controller: "none" }, certManager: { enabled: false }, storage: { enabled: false } } };

/** Two generations of a cluster with a server each; `undefined` leaves one out. */
function generations(old: Data | undefined, own: Data | undefined, more: Data = {}): Data {
  const cluster = (cidr: string, servers: Data) => ({
    cloud: "azure",
    region: "uksouth",
    network: { cidr },
    deletionProtection: false,
    servers,
    ...more,
  });
  const db = (settings: Data) => ({ db: over({ role: "postgres", sshPublicKey, disk: { sizeGiB: 64 } }, settings) });
  return over(SOUND, {
    defaults: QUIET,
    clusters: {
      eks: undefined,
      aks: undefined,
      gke: undefined,
      ...(own && { own: cluster("10.3.0.0/16", db(own)) }),
      ...(old && { old: cluster("10.2.0.0/16", db(old)) }),
    },
  });
}

const synth = (data: Data) => synthFleet(fleetOf(stringify(data)));
const stack = (data: Data, id: string): StackJson => JSON.parse(synth(data).files[`stacks/${id}/cdk.tf.json`]!);

describe("a server's stack", () => {
  const { files } = synth(generations({ fenced: true }, { ...from, databases: ["shop", "blog"] }, { deletionProtection: true }));
  const own: StackJson = JSON.parse(files["stacks/acme-own-cluster/cdk.tf.json"]!);
  const old: StackJson = JSON.parse(files["stacks/acme-old-cluster/cdk.tf.json"]!);

  test("makes the snapshot by the name of its generation from the other's disk, and follows neither later", () => {
    const snapshot = theResource(own, "azurerm_snapshot");
    expect(snapshot).toMatchObject({
      name: "acme-own-db",
      resource_group_name: "acme-snapshots-uksouth",
      create_option: "Copy",
      source_resource_id:
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme-old/providers/Microsoft.Compute/disks/acme-old-db",
      lifecycle: { ignore_changes: ["source_resource_id"] },
    });
    expect(theResource(own, "azurerm_managed_disk")).toMatchObject({
      create_option: "Copy",
      disk_size_gb: 64,
      network_access_policy: "DenyAll",
      lifecycle: { prevent_destroy: true, ignore_changes: ["source_resource_id", "create_option"] },
    });
    expect(theResource(old, "azurerm_managed_disk").create_option).toBe("Empty");
    const manifest = JSON.parse(files["manifest.json"]!) as { stacks: Record<string, { dependencies: string[] }> };
    expect(manifest.stacks["acme-own-cluster"]?.dependencies).toEqual(
      expect.arrayContaining(["acme-old-cluster", "acme-servers-uksouth"]),
    );
  });

  test("leaves destroyed passwords to Azure's own retention, as the next generation wants them", () => {
    const servers: StackJson = JSON.parse(files["stacks/acme-servers-uksouth/cdk.tf.json"]!);
    expect(servers.provider!.azurerm).toEqual([
      expect.objectContaining({
        features: [{ key_vault: [{ purge_soft_delete_on_destroy: false, purge_soft_deleted_secrets_on_destroy: false }] }],
      }),
    ]);
  });

  test("has no machine where it is fenced, and keeps its disk and address", () => {
    expect(resources(old, "azurerm_linux_virtual_machine")).toEqual({});
    expect(Object.keys(resources(old, "azurerm_managed_disk"))).toHaveLength(1);
    expect(Object.keys(resources(old, "azurerm_network_interface"))).toHaveLength(1);
  });

  test("lets nodes in by one port, and gives no public address", () => {
    const { security_rule: rules } = theResource(own, "azurerm_network_security_group") as { security_rule: Data[] };
    expect(rules.map(({ access, source_address_prefix: who, destination_port_range: port }) => [access, who, port])).toEqual([
      ["Allow", "10.3.0.0/19", "5432"],
      ["Deny", "*", "*"],
    ]);
    expect(JSON.stringify(theResource(own, "azurerm_network_interface"))).not.toContain("public_ip_address_id");
    const { ip_configuration: addresses } = theResource(own, "azurerm_network_interface") as { ip_configuration: Data[] };
    expect(addresses).toEqual([expect.objectContaining({ private_ip_address_allocation: "Static" })]);
  });

  test("gives the machine's identity its own passwords and nothing else; nothing secret is in what it is told", () => {
    const grants = Object.values(resources(own, "azurerm_role_assignment")).filter(({ scope }) =>
      String(scope).includes("Microsoft.KeyVault"),
    );
    const vault =
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme-servers-uksouth/providers/Microsoft.KeyVault/vaults";
    expect(grants.map(({ role_definition_name: role }) => role)).toEqual(["Key Vault Secrets User", "Key Vault Secrets User"]);
    expect(grants.map(({ scope }) => String(scope).replace(/vaults\/[^/]+/, "vaults")).sort()).toEqual([
      `${vault}/secrets/acme-login-db-blog`,
      `${vault}/secrets/acme-login-db-shop`,
    ]);
    const machine = theResource(own, "azurerm_linux_virtual_machine");
    expect(machine).toMatchObject({
      patch_mode: "AutomaticByPlatform",
      disable_password_authentication: true,
      lifecycle: { ignore_changes: ["custom_data", "source_image_reference"] },
    });
    const told = Buffer.from(String(machine.custom_data), "base64").toString("utf8");
    expect(told).toContain("DISK_IS_NEW='no'");
    expect(told).toMatch(/LOGINS='acme-login-db'/);
    expect(JSON.stringify(own)).not.toContain("ephemeral.");
  });

  test("makes another policy before the old one goes, as one in use can't", () => {
    const policies = (everyHours: number) =>
      theResource(
        stack(generations({ backup: { everyHours } }, undefined), "acme-old-cluster"),
        "azurerm_data_protection_backup_policy_disk",
      );
    expect(policies(4).name).not.toBe(policies(6).name);
    expect(policies(6)).toMatchObject({
      backup_repeating_time_intervals: ["R/2026-01-01T02:00:00+00:00/PT6H"],
      lifecycle: { create_before_destroy: true },
    });
  });
});

describeWithTerraform("a generation", () => {
  const made: string[] = [];
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  const out = (data: Data) => {
    const folder = mkdtempSync(join(tmpdir(), "generation-"));
    made.push(folder);
    for (const [path, text] of Object.entries(synth(data).files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };

  test("takes the other's data once it is fenced, lives on without it, and has the same password; a schedule changes in place", async () => {
    const workspace = openWorkspace();
    made.push(workspace.folder, workspace.sockets);
    const run = (data: Data) => rehearseIn(workspace, out(data), { until: "apply" });
    const password = () =>
      workspace.cloud.all("azurerm_key_vault_secret").find(({ attributes }) => attributes.name === "acme-login-db-app")?.hidden;
    const kinds = (plan: readonly { readonly type: string; readonly actions: readonly string[] }[]) =>
      plan
        .filter(({ type }) => /virtual_machine|managed_disk|snapshot/.test(type))
        .map(({ type, actions }) => `${actions.join()} ${type}`);

    expect((await run(generations({}, undefined))).errors).toEqual([]);
    const first = password();
    expect(first).toBeDefined();
    const moved = await run(generations({ fenced: true }, from));
    expect(moved.errors).toEqual([]);
    expect(kinds(moved.stacks["acme-old-cluster"]!.plan).sort()).toEqual([
      "delete azurerm_linux_virtual_machine",
      "delete azurerm_virtual_machine_data_disk_attachment",
    ]);
    expect(kinds(moved.stacks["acme-own-cluster"]!.plan).sort()).toEqual([
      "create azurerm_linux_virtual_machine",
      "create azurerm_managed_disk",
      "create azurerm_snapshot",
      "create azurerm_virtual_machine_data_disk_attachment",
    ]);
    expect(password()).toEqual(first);

    for (const resource of workspace.cloud.all()) if (resource.stack === "acme-old-cluster") workspace.cloud.remove(resource);
    // the old cluster is gone, the line about it is still there, and the backups are to be made less often
    const alone = await run(generations(undefined, { ...from, backup: { everyHours: 12 } }));
    expect(alone.errors).toEqual([]);
    expect(kinds(alone.stacks["acme-own-cluster"]!.plan)).toEqual([]);
    expect(password()).toEqual(first);
  }, 120_000);
});
