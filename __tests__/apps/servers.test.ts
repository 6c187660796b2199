import { appSecrets } from "../../model/derived/app-secrets";
import { serverShared } from "../../model/derived/servers";
import { fleetOf } from "../support/fleet";
import { resources } from "../support/synth";
import { appsOutput, appsText, problemsText, valuesIn } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const sshPublicKey = "ssh-ed25519 AAAA somebody";
const machine = (more: object = {}) => ({ role: "postgres", sshPublicKey, disk: { sizeGiB: 64 }, ...more });
const addons = (more: object = {}) => ({ externalSecrets: { enabled: true, ...more }, certManager: { enabled: false } });
const ID = "00000000-0000-0000-0000-000000000001";
const aks = (cidr: string, servers: object, more: object = {}) => ({
  cloud: "azure",
  region: "canadacentral",
  network: { cidr },
  api: { allowFrom: ["203.0.113.0/24"] },
  azure: { subscriptionId: ID, tenantId: ID, admins: [ID], runner: ID },
  addons: addons(),
  servers,
  ...more,
});
const old = aks("10.40.0.0/16", { db: machine({ databases: ["shop", "blog"] }), files: machine({ role: "nfs" }) });
const clusters = (more: object = {}) => ({ clusters: { old, ...more } });
const shop = (use: object = {}, more: object = {}) => ({
  image,
  clusters: ["old"],
  uses: { db: { server: "db", name: "shop", as: "URI", ...use } },
  ...more,
});

describe("an application that uses a server of its cluster", () => {
  const next = aks("10.41.0.0/16", {
    db: machine({ databases: ["shop", "blog"], disk: { sizeGiB: 64, restoreFrom: { cluster: "old" } } }),
  });
  const both = { clusters: { old: aks("10.40.0.0/16", { db: machine({ fenced: true, databases: ["shop", "blog"] }) }), next } };
  const { stacks, dependencies } = appsOutput({ shop: shop({}, { clusters: ["old", "next"] }) }, both);
  const objects = (cluster: string, stack: string, release: string) =>
    valuesIn(stacks[`f-${cluster}-${stack}`]!, release).objects as {
      kind: string;
      metadata: { name: string; namespace: string };
      spec: { provider: object; secretStoreRef: object; dataFrom: object[] };
    }[];

  test("gets the login of its own cluster's one, from the vault that outlives generations", () => {
    for (const cluster of ["old", "next"]) {
      const [entry] = objects(cluster, "apps", "shop-secrets").filter(({ kind }) => kind === "ExternalSecret");
      expect(entry!.spec).toMatchObject({
        secretStoreRef: { kind: "SecretStore", name: "servers" },
        dataFrom: [{ extract: { key: `f-server-${cluster}-db-shop` } }],
      });
      expect(valuesIn(stacks[`f-${cluster}-apps`]!, "shop").secretEnv).toEqual({
        URI: { secret: entry!.metadata.name, key: "uri" },
      });
      const store = objects(cluster, "priming", "app-secret-stores").find(({ kind }) => kind === "SecretStore");
      expect(store).toMatchObject({
        metadata: { name: "servers", namespace: "shop" },
        spec: { provider: { azurekv: { vaultUrl: `https://${serverShared.vault("f", "canadacentral")}.vault.azure.net` } } },
      });
      expect(dependencies[`f-${cluster}-cluster`]).toContain("f-servers-canadacentral");
    }
  });

  test("may read that entry and no other, not even the password that it was made from", () => {
    const scopes = Object.values(resources(stacks["f-next-priming"]!, "azurerm_role_assignment"))
      .map(({ scope }) => String(scope))
      .filter((scope) => scope.includes("Microsoft.KeyVault"));
    expect(scopes.map((scope) => scope.split("/").slice(-2).join("/"))).toEqual(["secrets/f-server-next-db-shop"]);
    const subjects = Object.values(resources(stacks["f-next-priming"]!, "azurerm_federated_identity_credential"));
    expect(subjects.map(({ subject }) => subject)).toContain("system:serviceaccount:shop:entries");
  });

  test("is started anew after a rotation, by whichever generation it was asked for, and for a server elsewhere", () => {
    const secret = (oldOne: object, cluster = "next") => {
      const fleet = fleetOf(
        appsText(
          { shop: shop({}, { clusters: ["old", "next"] }) },
          {
            clusters: {
              old: aks("10.40.0.0/16", { db: machine({ fenced: true, databases: ["shop", "blog"], ...oldOne }) }),
              next,
            },
          },
        ),
      );
      const found = fleet.clusters.find(({ name }) => name === cluster)!;
      return appSecrets(fleet, found, "shop", fleet.apps.shop!)[0]!.secret;
    };
    expect(secret({})).toMatch(/^shop-db-1-[0-9a-f]{6}$/);
    expect(secret({ passwordVersion: 2 })).toBe(secret({}).replace("-1-", "-2-"));
    expect(secret({ address: "10.40.56.9" }, "old")).not.toBe(secret({}, "old"));
  });
});

test.each([
  [
    "neither",
    shop({ server: undefined }),
    clusters(),
    "apps.shop.uses.db: names either a `database` of the fleet, or a `server`",
  ],
  ["both", shop({ database: "tweets" }), clusters(), "apps.shop.uses.db: names either a `database` of the fleet, or a `server`"],
  ["a misspelt one", shop({ server: "dbs" }), clusters(), "no server is called 'dbs' on old; did you mean 'db'?"],
  ["one of files", shop({ server: "files" }), clusters(), "'files' serves files on old, which come by storage class `nfs`"],
  ["several databases", shop({ name: undefined }), clusters(), "'db' has 2 databases: say which by `name`: shop, blog"],
  ["another database", shop({ name: "shp" }), clusters(), "uses.db.name: 'shp' is no database on 'db'; did you mean 'shop'?"],
  ["a replica", shop({ read: "local" }), clusters(), "uses.db.read: a server has no replicas: leave it out"],
  [
    "every cluster",
    shop({}, { clusters: undefined }),
    clusters({ other: aks("10.42.0.0/16", {}) }),
    "the application runs on other too, where no server is called 'db'",
  ],
  [
    "no external-secrets",
    shop(),
    clusters({ old: { ...old, addons: { certManager: { enabled: false } } } }),
    "uses.db.server: on old external-secrets is missing, which brings the login",
  ],
  [
    "its entry by name",
    { image, clusters: ["old"], secrets: ["server-old-db-shop"] },
    clusters({
      old: { ...old, addons: addons({ keyVaultId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v" }) },
    }),
    "a login of server 'db': use it by `uses: { db: { server: db } }`",
  ],
  [
    "its password by name",
    { image, clusters: ["old"], secrets: ["login-db-shop"] },
    clusters({
      old: { ...old, addons: addons({ keyVaultId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v" }) },
    }),
    "a login of server 'db'",
  ],
])("%s is refused where it is wrong", (_, app, more, message) => {
  expect(problemsText({ shop: app }, more)).toContain(message);
});

test("add-ons read no vault that has logins in it", () => {
  const vault = `/subscriptions/${ID}/resourceGroups/g/providers/Microsoft.KeyVault/vaults/${serverShared.vault("f", "canadacentral")}`;
  const read = (keyVaultId: string) => problemsText({}, { clusters: { old: { ...old, addons: addons({ keyVaultId }) } } });
  expect(read(vault.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"))).toContain(
    "clusters.old.addons.externalSecrets.keyVaultId: is the vault of the servers' logins in canadacentral",
  );
  expect(read(vault.replace(/[^/]+$/, "somebodys"))).toBe("");
});
