import { dns as rule } from "../../../../model/rules/fleet/dns";
import type { Fleet } from "../../../../model/schema/fleet";
import { type Data, fleetWith, problemsWith } from "../../support";

const SUBSCRIPTION = {
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  tenantId: "00000000-0000-0000-0000-000000000002",
};
const AWS = { accountId: "111122223333" };
const parent = (more: Data): Data => ({ zone: "example.com", ...more });

const SOUND = fleetWith();

/** What the rule says where these parts of `dns` are otherwise. */
const saidOf = (dns: Data, of: Partial<Fleet> = {}): readonly string[] =>
  rule({ ...SOUND, ...of, dns: { ...SOUND.dns, ...dns } as Fleet["dns"] }).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

const AZURE: Data = { engine: "azure", aws: undefined, azure: SUBSCRIPTION };

const IN_AZURE = "dns.parent.azure: is missing: subscriptionId, tenantId and resourceGroup of the parent zone in Azure";
const IN_AWS = "dns.parent.aws: is missing: accountId of the parent zone in Route53";
const NOT = (field: string, where: string) =>
  `dns.parent.${field}: the parent zone is in ${where}: remove it, or write another \`engine\``;

test.each<[string, Data, string[]]>([
  ["a zone in Azure DNS with its subscription", AZURE, []],
  [
    "an account beside a zone in Azure DNS",
    { ...AZURE, aws: AWS },
    ["dns.aws: the zone is in Azure DNS: remove it, or write `engine: route53`"],
  ],
  [
    "accelerated recovery of a zone in Azure DNS",
    { ...AZURE, acceleratedRecovery: true },
    ["dns.acceleratedRecovery: only Route53 has it: remove it"],
  ],
  [
    "an existing zone in Azure DNS without its resource group",
    { ...AZURE, existing: true },
    ["dns.azure.resourceGroup: is missing: the resource group that the existing zone is in"],
  ],
  [
    "an existing zone in Azure DNS with its resource group",
    { ...AZURE, existing: true, azure: { ...SUBSCRIPTION, resourceGroup: "dns" } },
    [],
  ],
  [
    "an existing zone in Azure DNS without a subscription",
    { ...AZURE, existing: true, azure: undefined },
    [
      "dns.azure: the Azure subscription of the zone is not known: give subscriptionId and tenantId under dns.azure, or defaults.azure, or AKS clusters that all are in one subscription",
    ],
  ],
  ["what Route53 has", { acceleratedRecovery: true, forceDestroy: true, existing: true }, []],
  ["a parent in the zone's account", { parent: parent({}) }, []],
  ["a parent in an account of its own", { parent: parent({ aws: AWS }) }, []],
  ["a parent of an Azure zone, in Azure too", { ...AZURE, parent: parent({}) }, [IN_AZURE]],
  [
    "a parent in Azure with its place",
    { parent: parent({ engine: "azure", azure: { ...SUBSCRIPTION, resourceGroup: "g" } }) },
    [],
  ],
  [
    "a parent in Azure with an account as well",
    { parent: parent({ engine: "azure", azure: SUBSCRIPTION, aws: AWS }) },
    [NOT("aws", "Azure DNS")],
  ],
  ["a parent in Route53 with a subscription", { parent: parent({ azure: SUBSCRIPTION }) }, [NOT("azure", "Route53")]],
  ["a parent in Route53 of an Azure zone", { ...AZURE, parent: parent({ engine: "route53" }) }, [IN_AWS]],
  ["a parent in Route53 of an Azure zone, with its account", { ...AZURE, parent: parent({ engine: "route53", aws: AWS }) }, []],
  [
    "a parent that only ends alike",
    { zone: "a.b.example.com", parent: { zone: "ample.com" } },
    ["dns.parent.zone: 'ample.com' is no parent of 'a.b.example.com', whose parents are b.example.com, example.com"],
  ],
  [
    "a parent of a zone right below the top",
    { zone: "example.com", parent: { zone: "example.org" } },
    ["dns.parent.zone: 'example.org' is no parent of 'example.com', whose parents are top-level domains"],
  ],
  [
    "authorities of which the second and third are none",
    { caa: ["letsencrypt.org", "https://pki.goog", "pki.goog/x"] },
    [
      "dns.caa.1: 'https://pki.goog' is no certificate authority's domain, such as letsencrypt.org",
      "dns.caa.2: 'pki.goog/x' is no certificate authority's domain, such as letsencrypt.org",
    ],
  ],
])("of %s the rule says what is wrong, or nothing", (_what, dns, problems) => {
  expect(saidOf(dns)).toEqual(problems);
});

test("names in Traffic Manager need a subscription, beside a zone in Route53 too", () => {
  const names = fleetWith({ names: { app: { policy: "latency", engine: "traffic-manager" } } }).names;
  expect(saidOf({ azure: undefined }, { names })).toEqual([
    "dns.azure: the Azure subscription of the names in Traffic Manager is not known: give subscriptionId and tenantId under dns.azure, or defaults.azure, or AKS clusters that all are in one subscription",
  ]);
  expect(saidOf({ azure: SUBSCRIPTION }, { names })).toEqual([]);
});

test("the longest name of an application on a cluster has 253 characters", () => {
  const zone = (length: number) => "a.".repeat(125).slice(0, length);
  const shop = fleetWith({
    apps: { "a-long-name": { chart: "shop", repository: "oci://charts.example.com/shop", version: "1.2.3" } },
  }).apps;
  const message = (name: string, all: number) =>
    `dns.zone: '${name}' is too long: with <application>.<cluster>. before it names come to ${all} characters, and DNS takes 253`;
  // ingress.eks. has 12, a-long-name.eks. has 16
  expect(saidOf({ zone: zone(241) })).toEqual([]);
  expect(saidOf({ zone: zone(242) })).toEqual([message(zone(242), 254)]);
  expect(saidOf({ zone: zone(237) }, { apps: shop })).toEqual([]);
  expect(saidOf({ zone: zone(238) }, { apps: shop })).toEqual([message(zone(238), 254)]);
  expect(saidOf({ zone: zone(244) }, { clusters: [] })).toEqual([]);
  expect(saidOf({ zone: zone(245) }, { clusters: [] })).toEqual([message(zone(245), 254)]);
});

test("a zone in Route53 without an account is refused, one with it isn't", () => {
  expect(saidOf({ aws: undefined })).toEqual([expect.stringMatching(/^dns\.aws: the AWS account of the zone is not known/)]);
  expect(problemsWith({})).toEqual([]);
});
