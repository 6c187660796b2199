import { type App, Lazy, TerraformResource } from "cdktf";
import { literalDeep } from "../../constructs/cdktf/escape";
import type { EksClusterProps } from "../../constructs/clusters/eks";
import { build as buildAksExample } from "../../examples/standalone-aks";
import { build as buildEksExample } from "../../examples/standalone-eks";
import { build as buildGkeExample } from "../../examples/standalone-gke";
import { type Block, type StackJson, synthStacks } from "../support/synth";
import { terraformValidate } from "../support/terraform";
import { buildEks, synthEks, unusual, usual } from "./eks-fixtures";

/** Resources whose class takes tags, by address, and what was synthesized of them. */
function taggable(props: EksClusterProps): Map<string, Block> {
  const addresses: string[] = [];
  const { alone } = synthStacks((app: App) => {
    for (const element of buildEks(app, props).node.findAll())
      if (element instanceof TerraformResource && "tagsInput" in element)
        addresses.push(`${element.terraformResourceType}.${element.friendlyUniqueId}`);
  });
  return new Map(
    addresses.map((address) => {
      const [type, id] = address.split(".") as [string, string];
      return [address, alone!.resource![type]![id]!];
    }),
  );
}

describe("tags", () => {
  test.each([
    ["usual", usual],
    ["unusual", unusual],
  ])("of the user are on everything of the %s cluster that takes tags", (_, props) => {
    const blocks = taggable(props);
    expect(blocks.size).toBeGreaterThan(20);
    const without = [...blocks].filter(([, block]) =>
      Object.entries(props.tags!).some(([key, value]) => (block.tags as Block | undefined)?.[key] !== value),
    );
    expect(without.map(([address]) => address)).toEqual([]);
  });

  test("are on the machines, their disks and their network interfaces, too", () => {
    const templates = [...taggable(unusual)].filter(([address]) => address.startsWith("aws_launch_template."));
    expect(templates).toHaveLength(2);
    for (const [, template] of templates)
      expect(template.tag_specifications).toEqual(
        ["instance", "volume", "network-interface"].map((resource_type) => ({
          resource_type,
          tags: expect.objectContaining(unusual.tags!),
        })),
      );
  });

  test("are Terraform's text already and given on as they are", () => {
    const tricky = literalDeep({ motto: "${var.x} %{ if true }" });
    const text = JSON.stringify(synthEks({ ...usual, tags: tricky }));
    expect(text).toContain('"motto":"$${var.x} %%{ if true }"');
    expect(text).not.toContain('"motto":"${var.x}');
  });
});

describe("props that AWS would refuse in the middle of an apply are refused at once", () => {
  const onePool = (pool: NonNullable<EksClusterProps["pools"]>[string]) => ({ pools: { main: {}, other: pool } });
  test.each<[string, Partial<EksClusterProps>, RegExp]>([
    ["a public API for everybody", { api: {} }, /api\.allowFrom: a public API needs/],
    ["one zone", { network: { cidr: "10.20.0.0/16", zones: ["sa-east-1a"] } }, /network\.zones: there is one, and EKS needs two/],
    [
      "five zones",
      { network: { cidr: "10.20.0.0/16", zones: [..."abcde"].map((zone) => `sa-east-1${zone}`) } },
      /a VPC made here has room for 4/,
    ],
    [
      "a zone of elsewhere",
      { network: { cidr: "10.20.0.0/16", zones: ["sa-east-1a", "us-east-1a"] } },
      /network\.zones: 'us-east-1a' is no zone of sa-east-1/,
    ],
    ["a zone twice", { network: { cidr: "10.20.0.0/16", zones: ["sa-east-1a", "sa-east-1a"] } }, /a zone stands there twice/],
    [
      "zones that differ between accounts",
      { region: "us-west-1", network: { cidr: "10.20.0.0/16" } },
      /which zones of us-west-1 an account has differs/,
    ],
    [
      "host bits",
      { network: { cidr: "10.20.0.5/16" } },
      /'10\.20\.0\.5\/16' has bits behind its prefix length: write 10\.20\.0\.0\/16/,
    ],
    ["services in the VPC", { network: { cidr: "172.20.0.0/16" } }, /network\.services: 172\.20\.0\.0\/16 overlaps/],
    [
      "services outside the private ranges",
      { network: { cidr: "10.20.0.0/16", services: "100.64.0.0/16" } },
      /EKS takes services from 10\.0\.0\.0\/8, .* not 100\.64\.0\.0\/16/,
    ],
    ["a small VPC", { network: { cidr: "10.20.0.0/25" } }, /network\.cidr: '10\.20\.0\.0\/25' is too small: \/16 to \/20/],
    [
      "half a network",
      { network: { cidr: "10.20.0.0/16", existing: { privateSubnetIds: ["subnet-1"] } } },
      /vpcId: is missing[\s\S]*privateSubnetIds: there are 1[\s\S]*publicSubnetIds: there is none/,
    ],
    [
      "a session as the runner",
      { runner: "arn:aws:sts::123456789012:assumed-role/ci/me" },
      /is a session, which ends: name its role/,
    ],
    ["another retention", { logRetentionDays: 100 }, /logRetentionDays: CloudWatch can't keep logs for 100 days/],
    ["min above max", onePool({ min: 7 }), /pools\.other\.min: 7 is above `max`, which is 6/],
    [
      "arm machines in a pool of others",
      onePool({ machines: ["m7g.large"] }),
      /pools\.other\.machines: 'm7g\.large' is an arm64 machine/,
    ],
    ["a zone that the cluster is not in", onePool({ zones: ["sa-east-1d"] }), /zones: 'sa-east-1d' is none of the cluster's/],
    [
      "no node for cluster DNS",
      { pools: { main: { min: 0 }, gpu: { taints: [{ key: "gpu", effect: "NoSchedule" }] } } },
      /pools: cluster DNS and add-ons would have nowhere to run/,
    ],
    ["a name with a dot", { name: "prod.1" }, /name: 'prod\.1' is no name that load balancers take too/],
  ])("%s", (_, props, message) => {
    expect(() => synthEks({ ...usual, ...props })).toThrow(message);
  });

  test("and several are reported together", () => {
    expect(() => synthEks({ ...usual, api: {}, logRetentionDays: 2 })).toThrow(
      /api\.allowFrom[\s\S]*logRetentionDays: CloudWatch/,
    );
  });
});

describe("in a program of one's own", () => {
  test("the example becomes a stack with the defaults: three zones, a pool each for work and batches", () => {
    const { frankfurt } = synthStacks(buildEksExample);
    expect(Object.keys(frankfurt!.resource!.aws_nat_gateway!)).toHaveLength(3);
    expect(Object.keys(frankfurt!.resource!.aws_eks_node_group!)).toHaveLength(2);
    expect(frankfurt!.output?.ingress_ips?.value).toHaveLength(3);
  });

  test("the examples share neither a stack nor a state, so that one doesn't destroy what another made", () => {
    const examples = [buildEksExample, buildAksExample, buildGkeExample].map((build) => Object.entries(synthStacks(build)));
    const ids = examples.map(([entry]) => entry![0]);
    const states = examples.map(([entry]) => (entry![1].terraform as { backend: Block }).backend);
    expect(new Set(ids).size).toBe(3);
    expect(states).toEqual(ids.map((id) => ({ local: { path: `../../../state/${id}.tfstate` } })));
  });

  test("ids that only another resource of the stack knows are taken as they are", () => {
    const unknown = (name: string) => Lazy.stringValue({ produce: () => `\${aws_other.x.${name}}` });
    const alone = synthEks({
      ...usual,
      runner: unknown("arn"),
      network: {
        cidr: "10.20.0.0/16",
        existing: {
          vpcId: unknown("vpc"),
          privateSubnetIds: [unknown("a"), unknown("b")],
          publicSubnetIds: [unknown("c"), unknown("d")],
        },
      },
    });
    expect(JSON.stringify(alone.resource!.aws_eks_access_entry)).toContain("${aws_other.x.arn}");
    expect(Object.keys(alone.resource!.aws_eip!).map((id) => id.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "cluster_ingress_address-0",
      "cluster_ingress_address-1",
    ]);
  });
});

describe("the real aws provider", () => {
  const validate = terraformValidate({ source: "hashicorp/aws", version: "5.100.0" });
  /** What came with 6.x, after the version at hand. */
  const NEWER: readonly (readonly [type: string, argument: string])[] = [["aws_eks_cluster", "deletion_protection"]];

  function asOld(stack: StackJson): StackJson {
    const copy: StackJson = structuredClone(stack);
    for (const [type, argument] of NEWER) for (const block of Object.values(copy.resource?.[type] ?? {})) delete block[argument];
    return copy;
  }

  if (typeof validate === "string") {
    test("is not at hand", () => {
      process.stdout.write(`terraform validate of the EKS stacks was left out: ${validate}\n`);
    });
  } else {
    test("accepts both clusters but for what is newer than it, and refuses a wrong value, so that accepting means something", () => {
      const wrong = asOld(synthEks(usual));
      Object.values(wrong.resource!.aws_eks_node_group!)[0]!.capacity_type = "CHEAP";
      process.stdout.write(`aws 5.100.0 judges the EKS stacks without ${NEWER.map((newer) => newer.join(".")).join(", ")}\n`);
      expect(validate({ usual: asOld(synthEks(usual)), unusual: asOld(synthEks(unusual)), wrong })).toEqual({
        usual: { valid: true, messages: [] },
        unusual: { valid: true, messages: [] },
        wrong: { valid: false, messages: [expect.stringContaining("CHEAP")] },
      });
    }, 120_000);
  }
});
