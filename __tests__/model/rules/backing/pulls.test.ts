import { pulls } from "../../../../model/rules/backing/pulls";
import { type Data, fleetWith, over, problemsWith } from "../../support";

const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const secrets = { addons: { externalSecrets: { enabled: true, keyVaultId } } };
const acr = { cloud: "azure", region: "uksouth" };
const ecr = { cloud: "aws", region: "eu-west-1", repositories: ["shop"], aws: { accountId: "444455556666" } };
const there = { cloud: "external", host: "ghcr.io/x", secret: "ghcr" };
const appOf = (registry: string, clusters: string[]) => ({
  image: { registry, repository: "shop", tag: "1" },
  clusters,
  values: { port: 8080 },
});
const withShop = (registry: Data, clusters: string[], more: Data = {}) =>
  problemsWith(over({ registries: { images: registry }, apps: { shop: appOf("images", clusters) } }, more));

test("an application that lacks the same on two clusters is told once, of the first", () => {
  expect(withShop(acr, ["gke", "eks"])).toEqual([
    "apps.shop.image.registry: 'shop' pulls from 'images' on eks, where external-secrets is missing, which fetches the tokens: write `addons: { externalSecrets: { enabled: true } }` there",
  ]);
});

test("a cluster of the registry's own cloud, and one outside of the placement, need nothing", () => {
  expect(withShop(acr, ["aks"])).toEqual([]);
  expect(withShop(acr, ["eks"], { clusters: { eks: secrets } })).toEqual([]);
});

test("a login on AKS needs the key vault that has it, and a token or a login on another cloud none", () => {
  const enabled = { addons: { externalSecrets: { enabled: true } } };
  expect(withShop(there, ["aks"], { clusters: { aks: enabled } })).toContain(
    "apps.shop.image.registry: 'shop' pulls from 'images' on aks, where external-secrets has no key vault that has the login: write its resource id as `addons.externalSecrets.keyVaultId`",
  );
  expect(withShop(ecr, ["aks"], { clusters: { aks: enabled } }).join("\n")).not.toContain("apps.shop");
  expect(withShop(there, ["aks"], { clusters: { aks: secrets } })).toEqual([]);
  expect(withShop(there, ["eks"], { clusters: { eks: enabled } })).toEqual([]);
});

test("a cluster that exists has no store that is known, for a login alone", () => {
  const old = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
  };
  const said = (registry: Data) =>
    withShop(registry, ["old"], { clusters: { old } }).filter((problem) => problem.startsWith("apps.shop.image.registry"));
  expect(said(there)).toEqual([
    expect.stringMatching(/on old, where no secret store is known that has its login: leave `secret`/),
  ]);
  expect(said({ ...there, secret: undefined })).toEqual([]);
});

test("an application can't be called as the service account that pulls by tokens, and may where none does", () => {
  const apps = { "registry-images": appOf("images", ["aks"]) };
  expect(withShop(acr, ["eks"], { defaults: secrets, apps })).toEqual([
    "apps.registry-images: the service account of that name pulls from 'images': call this application otherwise",
  ]);
  expect(withShop(acr, ["aks"], { defaults: secrets, apps })).toEqual([]);
  const { apps: shop, ...fleet } = fleetWith({
    defaults: secrets,
    registries: { images: acr },
    apps: { shop: appOf("images", ["eks"]) },
  });
  const taken = { ...fleet, apps: { ...shop, "registry-images": { ...shop.shop!, image: undefined } } };
  expect(pulls(taken)).toEqual([expect.objectContaining({ path: ["apps", "registry-images"], atKey: true })]);
});

test("two registries of one account take a cluster's tokens twice, unless the accounts or the clouds differ or the zone brings the trust", () => {
  const twice = (other: Data, more: Data = {}) =>
    problemsWith({
      defaults: secrets,
      registries: { parts: ecr, more: { ...ecr, ...other } },
      apps: { one: appOf("parts", ["gke"]), two: appOf("more", ["gke"]) },
      ...more,
    }).filter((problem) => problem.startsWith("registries.more:"));
  expect(twice({})).toEqual([
    "registries.more: 'gke' pulls from 'parts' in account 444455556666 too, and an account trusts a cluster's tokens once: put the repositories of both into one registry",
  ]);
  expect(twice({ aws: { accountId: "777788889999" } })).toEqual([]);
  expect(twice({ cloud: "azure", region: "uksouth", repositories: [], aws: undefined })).toEqual([]);
  const zone = (accountId: string) => ({ dns: { zone: "k8s.example.com", engine: "route53", aws: { accountId } } });
  expect(twice({}, zone("444455556666"))).toEqual([]);
  expect(twice({}, zone("777788889999"))).toHaveLength(1);
});
