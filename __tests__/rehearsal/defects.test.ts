import { rehearse, rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder, type WrittenStack } from "./folder";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const aws = (resource: Resources): WrittenStack => ({ config: { provider: { aws: [{ region: "eu-west-1" }] }, resource } });

const cluster = (more: object = {}): Resources => ({
  aws_eks_cluster: {
    cluster: {
      name: "prod",
      role_arn: "arn:aws:iam::123456789012:role/eks",
      vpc_config: { subnet_ids: ["subnet-1", "subnet-2"] },
      ...more,
    },
  },
});

const zone = { aws_route53_zone: { zone: { name: "example.com" } } };
const record = (more: object) => ({ zone_id: "${aws_route53_zone.zone.zone_id}", type: "A", ...more });
const simple = (name: string) => record({ name, ttl: 60, records: ["203.0.113.7"] });
const alias = (name: string, target: string, more: object = {}) =>
  record({
    name,
    alias: { name: target, zone_id: "${aws_route53_zone.zone.zone_id}", evaluate_target_health: true },
    depends_on: ["aws_route53_record.one"],
    ...more,
  });

/** Rehearses one stack and shows its first error as a person sees it. */
async function firstError(resources: Resources): Promise<string> {
  const { errors } = await rehearse(synthesizedFolder({ "f-one": aws(resources) }), { until: "apply" });
  const [error] = errors;
  return error ? [error.address, error.place, error.summary, error.detail].filter(Boolean).join(" | ") : "no error";
}

describeWithTerraform("a rehearsal catches", () => {
  afterAll(removeFolders);

  test.each([
    [
      "an alias to nothing",
      { ...zone, aws_route53_record: { one: simple("one.example.com"), app: alias("app.example.com", "two.example.com") } },
      /app\.example\.com points to two\.example\.com, type A, which does not exist in the zone\. Create the target first/,
    ],
    [
      "a name with two routing policies",
      {
        ...zone,
        aws_route53_record: {
          one: simple("app.example.com"),
          two: alias("app.example.com", "app.example.com", { set_identifier: "two", weighted_routing_policy: { weight: 1 } }),
        },
      },
      /exists as a simple record, so no weighted record of that name can be added/,
    ],
    [
      "two latency records for one region",
      {
        ...zone,
        aws_route53_record: {
          one: { ...simple("app.example.com"), set_identifier: "one", latency_routing_policy: { region: "eu-west-1" } },
          two: alias("app.example.com", "app.example.com", {
            set_identifier: "two",
            latency_routing_policy: { region: "eu-west-1" },
          }),
        },
      },
      /has a latency record for eu-west-1 already \("one"\)/,
    ],
    [
      "arguments that exclude each other",
      { ...zone, aws_route53_record: { one: { ...alias("app.example.com", "b"), ...simple("app.example.com") } } },
      /'alias' and '(records|ttl)' exclude each other/,
    ],
    [
      "a name given twice",
      { aws_iam_role: { a: { name: "node", assume_role_policy: "{}" }, b: { name: "node", assume_role_policy: "{}" } } },
      /exists already, made by stack f-one: name "node" can't be given twice/,
    ],
    [
      "a provider that is configured with what is known only after apply",
      { ...cluster(), kubernetes_namespace_v1: { system: { metadata: { name: "system" } } } },
      /'host' is missing|region/,
    ],
  ])("%s", async (_, resources, message) => {
    expect(await firstError(resources)).toMatch(message);
  });

  test("a replaced cluster: the plan says so, and why", async () => {
    const before = synthesizedFolder({ "f-one": aws(cluster()) });
    const after = synthesizedFolder({
      "f-one": aws(cluster({ kubernetes_network_config: { service_ipv4_cidr: "10.96.0.0/16" } })),
    });
    const { after: report } = await rehearseChange(before, after, { until: "plan" });
    expect(report?.stacks["f-one"]?.plan).toEqual([
      expect.objectContaining({
        address: "aws_eks_cluster.cluster",
        replace: true,
        changedAttributes: expect.arrayContaining(["kubernetes_network_config"]),
      }),
    ]);
  });

  test("a cluster under deletion protection that is to be destroyed, unless the protection is applied away before", async () => {
    const guarded = synthesizedFolder({ "f-one": aws(cluster({ deletion_protection: true })) });
    const refused = await rehearse(guarded);
    expect(refused.errors.map(({ detail }) => detail)).toEqual([expect.stringContaining("'deletion_protection' is true")]);
    const freed = await rehearse(guarded, {
      unprotected: synthesizedFolder({ "f-one": aws(cluster({ deletion_protection: false })) }),
    });
    expect(freed.errors).toEqual([]);
    expect(freed.stacks["f-one"]?.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(["apply", "again", "unprotect", "destroy"]),
    );
  });

  test("a resource group that another stack still uses, and a stack that does not wait for what it uses", async () => {
    const azure = (resource: Resources): WrittenStack => ({
      config: { provider: { azurerm: [{ features: [{}], subscription_id: "s" }] }, resource },
    });
    const group = azure({ azurerm_resource_group: { dns: { name: "dns", location: "westeurope" } } });
    const zoneOnly = azure({ azurerm_dns_zone: { zone: { name: "example.com", resource_group_name: "dns" } } });
    const stacks = { "f-zone": zoneOnly, "f-group": { ...group, dependencies: ["f-zone"] } };
    const { errors } = await rehearse(synthesizedFolder(stacks), { until: "apply" });
    expect(errors.map(({ detail }) => detail)).toEqual([expect.stringMatching(/dns is made only now.*f-zone used it already/s)]);

    const wrongWay = { "f-group": group, "f-zone": zoneOnly };
    const applied = await rehearse(synthesizedFolder({ ...wrongWay, "f-zone": { ...zoneOnly, dependencies: ["f-group"] } }), {
      until: "apply",
      keep: true,
    });
    const destroyed = await rehearse(synthesizedFolder(wrongWay), { folder: applied.folder as string, stacks: ["f-group"] });
    expect(destroyed.errors.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/dns is still used by azurerm_dns_zone/),
    ]);
  });
});
