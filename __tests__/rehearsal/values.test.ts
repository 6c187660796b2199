import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isObject, type Value, type ValueObject } from "../../rehearsal/protocol/values";
import { plannedState } from "../../rehearsal/provider/plan";
import { projectRoot, providerSchemas } from "../../rehearsal/schema/store";
import { type Block, emptyBlock, type Type } from "../../rehearsal/schema/types";
import { fixtureOf, inventorOf } from "../../rehearsal/values";
import { filled } from "../../rehearsal/values/fill";
import { seed } from "../../rehearsal/values/seed";

const PROVIDERS = ["aws", "azurerm", "google", "helm", "kubernetes"];
const configurations: Readonly<Record<string, ValueObject>> = {
  aws: { region: "eu-west-1", allowed_account_ids: ["111122223333"] },
  azurerm: { subscription_id: "00000000-0000-4000-8000-000000000001" },
  google: { project: "acme", region: "europe-west1" },
};

/** What a resource looks like after it was created from these arguments. */
function created(type: string, config: ValueObject): ValueObject {
  const provider = type.split("_")[0] ?? "";
  const block = (providerSchemas(provider).resource(type) as { block: Block }).block;
  const written = { ...emptyBlock(block), ...config };
  const subject = { type, known: written, provider: configurations[provider] ?? {}, seed: seed(type) };
  return filled(block, plannedState(block, null, written, written), subject, inventorOf(type)(subject));
}

/** Where a value is not of its type; Terraform would refuse it as a provider's fault. */
function misfits(type: Type, value: Value, path: string): string[] {
  if (value === null || type === "dynamic") return [];
  if (type === "string" || type === "number")
    return typeof value === type ? [] : [`${path} is no ${type}: ${JSON.stringify(value)}`];
  if (type === "bool") return typeof value === "boolean" ? [] : [`${path} is no bool`];
  if (type[0] === "object") {
    if (!isObject(value)) return [`${path} is no object: ${JSON.stringify(value)}`];
    const members = Object.entries(type[1]);
    const missing = members.filter(([name]) => !(name in value)).map(([name]) => `${path}.${name} is missing`);
    const extra = Object.keys(value)
      .filter((name) => !(name in (type[1] as object)))
      .map((name) => `${path}.${name} is no member`);
    return [
      ...missing,
      ...extra,
      ...members.flatMap(([name, member]) => misfits(member, value[name] ?? null, `${path}.${name}`)),
    ];
  }
  if (type[0] === "map")
    return isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => misfits(type[1], item, `${path}.${key}`))
      : [`${path} is no map`];
  if (type[0] === "tuple") return [];
  return Array.isArray(value)
    ? value.flatMap((item: Value, i) => misfits(type[1], item, `${path}.${i}`))
    : [`${path} is no ${type[0]}: ${JSON.stringify(value)}`];
}

function blockMisfits(block: Block, state: ValueObject, path: string): string[] {
  const wrong: string[] = [];
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const value = state[name];
    if (value === undefined) wrong.push(`${path}.${name} is missing`);
    else if (attribute.type) wrong.push(...misfits(attribute.type, value, `${path}.${name}`));
    if (value === null && attribute.computed && !attribute.write_only && attribute.type !== "dynamic")
      wrong.push(`${path}.${name} stays null`);
  }
  return wrong;
}

test.each(PROVIDERS)("every computed attribute of every type of %s gets a value of its own type", (provider) => {
  const version = providerSchemas(provider).version;
  const packed = JSON.parse(
    gunzipSync(readFileSync(join(projectRoot(), "rehearsal/schemas", `${provider}-${version}.json.gz`))).toString(),
  );
  const wrong: string[] = [];
  for (const [kind, types] of [
    ["resource", packed.resources],
    ["data", packed.dataSources],
  ] as const)
    for (const type of Object.keys(types)) {
      const schema = kind === "data" ? providerSchemas(provider).dataSource(type) : providerSchemas(provider).resource(type);
      const { block } = schema as { block: Block };
      const config = emptyBlock(block);
      const subject = { type, known: config, provider: configurations[provider] ?? {}, seed: seed(type) };
      const hints = kind === "data" ? fixtureOf(type)(subject) : inventorOf(type)(subject);
      wrong.push(...blockMisfits(block, filled(block, plannedState(block, null, config, config), subject, hints), type));
    }
  expect(wrong).toEqual([]);
});

test("what other stacks compute with has the form of the real thing", () => {
  const member = (value: Value | undefined, ...path: (string | number)[]): string =>
    String(path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value));

  const eks = created("aws_eks_cluster", { name: "one", vpc_config: [{ subnet_ids: [] }] });
  expect(eks.endpoint).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
  expect(eks.arn).toBe("arn:aws:eks:eu-west-1:111122223333:cluster/one");
  expect(member(eks.identity, 0, "oidc", 0, "issuer")).toMatch(
    /^https:\/\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
  );
  const certificate = Buffer.from(member(eks.certificate_authority, 0, "data"), "base64").toString();
  expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);

  const aks = created("azurerm_kubernetes_cluster", {
    name: "two",
    location: "West Europe",
    resource_group_name: "rg",
    oidc_issuer_enabled: true,
  });
  expect(aks.oidc_issuer_url).toMatch(/^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\/[0-9a-f-]{36}\/[0-9a-f-]{36}\/$/);
  expect(aks.id).toBe(
    "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/two",
  );
  expect(member(aks.kube_config, 0, "host")).toMatch(/^https:\/\/two-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io:443$/);

  const gke = created("google_container_cluster", { name: "three", location: "europe-west1" });
  expect(gke.endpoint).toMatch(/^203\.0\.113\.\d+$/);
  expect(gke.id).toBe("projects/acme/locations/europe-west1/clusters/three");

  const zone = created("aws_route53_zone", { name: "example.com" });
  expect(zone.name_servers).toHaveLength(4);
  expect(created("aws_eip", { domain: "vpc" }).public_ip).toMatch(/^203\.0\.113\.\d+$/);
});
