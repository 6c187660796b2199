import { fleetOf, synthFleet } from "../support/fleet";
import { resources, theResource } from "../support/synth";

/** A fleet of one existing cluster, so that only zone and records are in its stacks. */
const fleet = (dns: string, cluster = "") => `
fleet: zones
dns: ${dns}
clusters:
  old:
    cloud: existing
    region: eu-west-1
    existing:
      endpoint: https://old.example.com
      exec: { command: get-token }
      ingress: { ips: [198.51.100.7, 198.51.100.8] ${cluster} }
`;
const route53 = 'zone: k8s.example.com, aws: { accountId: "111122223333" }';
const azure = `zone: k8s.example.com, engine: azure,
  azure: { subscriptionId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002 }`;
const synth = (dns: string, cluster?: string) => synthFleet(fleetOf(fleet(`{ ${dns} }`, cluster))).stacks;

test("a Route53 zone is made, protected, and its name servers are an output", () => {
  const { "zones-global": global } = synth(route53);
  expect(theResource(global!, "aws_route53_zone")).toMatchObject({
    name: "k8s.example.com",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
    tags: { fleet: "zones" },
  });
  expect(global!.output).toMatchObject({
    zone_id: { value: `\${aws_route53_zone.${Object.keys(resources(global!, "aws_route53_zone"))[0]}.zone_id}` },
    name_servers: { value: expect.stringContaining(".name_servers}") },
  });
  expect(global!.provider!.aws).toEqual([{ allowed_account_ids: ["111122223333"], region: "us-east-1" }]);
});

test("an Azure zone is made in a group of its own and needs no AWS at all", () => {
  const stacks = synth(azure);
  expect(theResource(stacks["zones-global"]!, "azurerm_dns_zone")).toMatchObject({
    name: "k8s.example.com",
    lifecycle: { prevent_destroy: true },
  });
  expect(theResource(stacks["zones-global"]!, "azurerm_resource_group")).toMatchObject({
    name: "zones-dns",
    location: "westeurope",
  });
  expect(stacks["zones-global"]!.output!.name_servers).toMatchObject({
    value: expect.stringMatching(/^\$\{tolist\(.*name_servers\)\}$/),
  });
  expect(JSON.stringify(stacks)).not.toMatch(/"aws|hashicorp\/aws/);
});

test("a zone that exists is looked up by the stacks that write into it, and there is no global stack", () => {
  const stacks = synth(`${route53}, existing: true`);
  expect(Object.keys(stacks)).not.toContain("zones-global");
  expect(Object.values(stacks["zones-old-cluster"]!.data!.aws_route53_zone!)[0]).toMatchObject({
    name: "k8s.example.com",
    private_zone: false,
  });
});

test("a parent zone in another account gets the NS record by a provider of its own", () => {
  const { "zones-global": global } = synth(
    `${route53}, parent: { zone: example.com, aws: { accountId: "999988887777", assumeRoleArn: "arn:aws:iam::999988887777:role/dns" } }`,
  );
  const ns = theResource(global!, "aws_route53_record");
  expect(ns).toMatchObject({ name: "k8s.example.com", type: "NS", ttl: 172800, provider: "aws.parent" });
  expect(ns.records).toMatch(/name_servers\}$/);
  expect(global!.provider!.aws).toContainEqual({
    alias: "parent",
    allowed_account_ids: ["999988887777"],
    assume_role: [{ role_arn: "arn:aws:iam::999988887777:role/dns" }],
    region: "us-east-1",
  });
});

test("a Route53 zone can be delegated from an Azure zone", () => {
  const { "zones-global": global } = synth(
    `${route53}, parent: { zone: example.com, engine: azure, azure: { subscriptionId: 00000000-0000-0000-0000-000000000009, tenantId: 00000000-0000-0000-0000-000000000002, resourceGroup: dns } }`,
  );
  expect(theResource(global!, "azurerm_dns_ns_record")).toMatchObject({
    name: "k8s",
    zone_name: "example.com",
    resource_group_name: "dns",
  });
});

test("a cluster's names are in its own stack: the addresses, and a wildcard that refers to them", () => {
  const { "zones-old-cluster": cluster } = synth(route53);
  const records = resources(cluster!, "aws_route53_record");
  const ingress = Object.entries(records).find(([, record]) => record.name === "ingress.old.k8s.example.com")!;
  expect(ingress[1]).toMatchObject({ type: "A", ttl: 60, records: ["198.51.100.7", "198.51.100.8"] });
  const wildcard = Object.values(records).find((record) => record.name === "*.old.k8s.example.com")!;
  expect(wildcard).toMatchObject({
    type: "A",
    alias: { name: `\${aws_route53_record.${ingress[0]}.fqdn}`, evaluate_target_health: false },
  });
});

test("an existing cluster without fixed addresses is known by a CNAME", () => {
  const { "zones-old-cluster": cluster } = synthFleet(
    fleetOf(fleet(`{ ${route53} }`).replace("ips: [198.51.100.7, 198.51.100.8]", "hostname: lb.example.net")),
  ).stacks;
  expect(Object.values(resources(cluster!, "aws_route53_record")).map((record) => record.type)).toEqual(["CNAME", "CNAME"]);
});
