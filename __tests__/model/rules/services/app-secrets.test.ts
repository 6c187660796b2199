import { appSecretsRule } from "../../../../model/rules/services/app-secrets";
import type { Fleet } from "../../../../model/schema/fleet";
import { appsText, chart, image } from "../../../apps/fleet";
import { fleetOf } from "../../../support/fleet";

const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/v/providers/Microsoft.KeyVault/vaults/f-secrets";
const sound = fleetOf(
  appsText(
    { shop: { image, clusters: ["sydney", "saopaulo"] } },
    { defaults: { addons: { externalSecrets: { enabled: true, keyVaultId } } } },
  ),
);
const app = (change: object) => ({ ...sound.apps.shop!, ...change });
const said = (apps: Readonly<Record<string, object>>) => appSecretsRule({ ...sound, apps } as unknown as Fleet);
const texts = (apps: Readonly<Record<string, object>>) => said(apps).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("an entry has 127 characters at most, with the prefix of its cluster, and is no login of a database", () => {
  const secrets = (...names: string[]) => texts({ shop: app({ secrets: names }) });
  expect(secrets("a", "b".repeat(125), "dbs")).toEqual([]);
  expect(secrets("a", "b".repeat(126))).toEqual([
    expect.stringMatching(/^apps\.shop\.secrets\.1: on \w+ its entry would be 'f-b{126}', and Key Vault takes 127 characters$/),
  ]);
  expect(secrets("db-orders")).toEqual([expect.stringContaining("its entry would be 'f-db-orders', and entries that begin so")]);
  expect(secrets("a", "a")).toEqual(["apps.shop.secrets.1: 'a' is there twice"]);
});

test("a variable or a folder comes from one place", () => {
  const uses = (use: object, values: object = {}, more: object = {}) =>
    texts({ shop: app({ values, uses: { x: { login: "password", ...use } }, ...more }) }).filter((one) =>
      one.includes("comes from"),
    );
  const [env, secretEnv] = [{ env: { A: "1" } }, { secretEnv: { A: {} } }];
  expect(uses({ as: "A" }, env)).toEqual(["apps.shop.uses.x.as: 'A' comes from values.env already"]);
  expect(uses({ as: { A: "host" } }, secretEnv)).toEqual(["apps.shop.uses.x.as: 'A' comes from values.secretEnv already"]);
  expect(uses({ mount: "/a" }, { secretFiles: { "/a": {} } })).toEqual([
    "apps.shop.uses.x.mount: '/a' comes from values.secretFiles already",
  ]);
  expect(uses({ as: "A" }, {}, { perCluster: { sydney: { values: env } } })).toHaveLength(1);
  expect(uses({ as: "B", mount: "/b" }, { ...env, secretFiles: { "/a": {} } })).toEqual([]);
  expect(uses({ as: "A" }, env, chart)).toEqual([]);
});

test("a use names a database or a server, and not both or none", () => {
  const both = ["apps.shop.uses.x: names either a `database` of the fleet, or a `server` of its clusters"];
  for (const use of [{}, { database: "d", server: "s" }])
    expect(texts({ shop: app({ uses: { x: { login: "password", ...use } } }) })).toEqual(both);
});

describe("in one namespace", () => {
  const reader = app({ secrets: ["a"], namespace: "n" });
  const other = app({ namespace: "n" });
  const elsewhere = app({ namespace: "m" });

  test("no application is called as the release or the account that brings secrets", () => {
    const clash = {
      path: ["apps", "shop-secrets"],
      atKey: true,
      message: expect.stringContaining("application 'shop' in the same"),
    };
    const found = said({ shop: reader, "shop-secrets": other });
    expect(found).toContainEqual(clash);
    expect(said({ shop: other, "shop-secrets": other })).toEqual([]);
    expect(said({ shop: reader, "shop-secrets": elsewhere })).toEqual([]);
    const account = { path: ["apps", "entries"], atKey: true, message: expect.stringContaining("reads the secrets of 'shop'") };
    expect(said({ shop: reader, entries: other })).toContainEqual(account);
    expect([...said({ shop: reader, entries: elsewhere }), ...said({ shop: other, entries: other })]).toEqual([]);
  });

  test("a chart that is asked has a release of its own for that", () => {
    const smoke = { smoke: { path: "/" } };
    const asked = app({ ...chart, ...smoke, namespace: "n" });
    expect(said({ shop: asked, "shop-smoke": other })).toContainEqual(expect.objectContaining({ path: ["apps", "shop-smoke"] }));
    expect(said({ shop: app({ ...smoke, namespace: "n" }), "shop-smoke": other })).toEqual([]);
    expect(said({ shop: app({ ...chart, namespace: "n" }), "shop-smoke": other })).toEqual([]);
  });

  test("called databases nobody reads secrets but the administrators", () => {
    expect(texts({ shop: app({ secrets: ["a"], namespace: "databases" }) })).toContainEqual(
      expect.stringContaining("apps.shop: it runs in namespace 'databases'"),
    );
    expect(said({ shop: app({ namespace: "databases" }) })).toEqual([]);
  });
});
