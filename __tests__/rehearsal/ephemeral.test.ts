import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { rehearse } from "../../rehearsal";
import type { CloudSnapshot } from "../../rehearsal/cloud/model";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

const VAULT = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";

/** A password that goes into a vault, and from there to a server. */
const stack = (passwordVersion = 1) => ({
  "f-data": {
    config: {
      provider: { azurerm: [{ features: [{}], subscription_id: "00000000-0000-0000-0000-000000000001" }], random: [{}] },
      ephemeral: {
        random_password: { admin: { length: 32, special: false, min_lower: 1, min_numeric: 1, min_upper: 1 } },
        azurerm_key_vault_secret: {
          admin: {
            name: "${azurerm_key_vault_secret.admin.name}",
            key_vault_id: VAULT,
            version: "${azurerm_key_vault_secret.admin.version}",
          },
        },
      },
      resource: {
        azurerm_key_vault_secret: {
          admin: {
            name: "admin",
            key_vault_id: VAULT,
            value_wo: '${jsonencode({"password" = ephemeral.random_password.admin.result})}',
            value_wo_version: passwordVersion,
          },
        },
        azurerm_mysql_flexible_server: {
          blog: {
            name: "blog-1234",
            resource_group_name: "g",
            location: "eastus",
            administrator_login: "root0",
            administrator_password_wo: "${jsondecode(ephemeral.azurerm_key_vault_secret.admin.value).password}",
            administrator_password_wo_version: passwordVersion,
            sku_name: "GP_Standard_D2ds_v4",
          },
        },
      },
    },
  },
});

/** The password that the server has, and the one in the vault. */
function passwords(folder: string): readonly unknown[] {
  const { resources } = JSON.parse(readFileSync(join(folder, "cloud.json"), "utf8")) as CloudSnapshot;
  const hidden = (type: string) => resources.find((resource) => resource.type === type)?.hidden ?? {};
  return [
    hidden("azurerm_mysql_flexible_server").administrator_password_wo,
    JSON.parse(String(hidden("azurerm_key_vault_secret").value_wo)).password,
  ];
}

/** Everything that Terraform wrote, all of it as one text: states, backups, plans that were left. */
function writtenIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path !== "cloud.json" && statSync(join(folder, path)).isFile())
    .map((path) => readFileSync(join(folder, path), "latin1"))
    .join("\n");
}

describeWithTerraform("an ephemeral password", () => {
  afterAll(removeFolders);

  test("reaches vault and server, and no file; raising its version makes another; destroy leaves nothing", async () => {
    const first = await rehearse(synthesizedFolder(stack()), { until: "apply", keep: true });
    expect(first.errors).toEqual([]);
    const folder = first.folder as string;
    const [server, vault] = passwords(folder);
    expect(server).toMatch(/^Aa0[0-9a-f]{29}$/);
    expect(vault).toBe(server);
    const second = await rehearse(synthesizedFolder(stack(2)), { until: "apply", folder, keep: true });
    expect(second.errors).toEqual([]);
    const [rotated, stored] = passwords(folder);
    expect(stored).toBe(rotated);
    expect(rotated).not.toBe(server);
    for (const secret of [server, rotated]) expect(writtenIn(folder).includes(String(secret))).toBe(false);
    const last = await rehearse(synthesizedFolder(stack(2)), { folder });
    expect(last.errors).toEqual([]);
    expect(last.stacks["f-data"]?.destroyed).toHaveLength(2);
  });

  test("is the same in both after an apply that stopped between them, once the next one has gone through", async () => {
    const fault = { type: "azurerm_mysql_flexible_server", on: "update", fail: "busy", times: 1 } as const;
    const first = await rehearse(synthesizedFolder(stack()), { until: "apply", keep: true });
    const folder = first.folder as string;
    const stopped = await rehearse(synthesizedFolder(stack(2)), { until: "apply", folder, keep: true, faults: [fault] });
    expect(stopped.errors.map(({ detail }) => detail)).toEqual(["busy"]);
    const [server, vault] = passwords(folder);
    expect(server).not.toBe(vault);
    const next = await rehearse(synthesizedFolder(stack(2)), { until: "apply", folder, keep: true });
    expect(next.errors).toEqual([]);
    expect(next.stacks["f-data"]?.plan.map(({ type }) => type)).toEqual(["azurerm_mysql_flexible_server"]);
    const [healed, stored] = passwords(folder);
    expect(stored).toBe(vault);
    expect(healed).toBe(vault);
    rmSync(folder, { recursive: true });
  });

  test("that is asked for by a name which isn't there yet fails the first plan", async () => {
    const { "f-data": data } = stack();
    data.config.ephemeral.azurerm_key_vault_secret.admin.name = "admin";
    data.config.ephemeral.azurerm_key_vault_secret.admin.version = "1";
    const report = await rehearse(synthesizedFolder({ "f-data": data }), { until: "plan" });
    expect(report.errors.map(({ detail }) => detail).join()).toContain("SecretNotFound");
  });
});

/** The same on Google, whose provider can't read a secret back: user and entry both take the generator. */
const onGoogle = (version: number) => ({
  "f-data": {
    config: {
      provider: { google: [{ project: "p", region: "europe-west1" }], random: [{}] },
      ephemeral: { random_password: { login: { length: 32, special: false } } },
      resource: {
        google_sql_user: {
          shop: {
            name: "shop",
            instance: "shop-1",
            password_wo: "${ephemeral.random_password.login.result}",
            password_wo_version: version,
          },
        },
        google_secret_manager_secret_version: {
          shop: {
            secret: "projects/p/secrets/shop",
            secret_data_wo: "${ephemeral.random_password.login.result}",
            secret_data_wo_version: version,
          },
        },
      },
    },
  },
});

/** Whether the user's password is the entry's. */
function agree(folder: string): boolean {
  const { resources } = JSON.parse(readFileSync(join(folder, "cloud.json"), "utf8")) as CloudSnapshot;
  const hidden = (type: string) => resources.find((resource) => resource.type === type)?.hidden ?? {};
  return hidden("google_sql_user").password_wo === hidden("google_secret_manager_secret_version").secret_data_wo;
}

describeWithTerraform("a password on Google", () => {
  afterAll(removeFolders);

  test("differs after an apply that stopped between user and entry, stays so, and agrees again after a new version", async () => {
    const fault = { type: "google_sql_user", on: "update", fail: "busy", times: 1 } as const;
    const run = (version: number, more: object = {}) =>
      rehearse(synthesizedFolder(onGoogle(version)), { until: "apply", keep: true, ...more });
    const folder = (await run(1)).folder as string;
    expect(agree(folder)).toBe(true);
    await run(2, { folder, faults: [fault] });
    expect(agree(folder)).toBe(false);
    const next = await run(2, { folder });
    expect(next.errors).toEqual([]);
    expect(agree(folder)).toBe(false);
    expect((await run(3, { folder })).errors).toEqual([]);
    expect(agree(folder)).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
