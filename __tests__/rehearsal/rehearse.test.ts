import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rehearse, rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { reader, removeFolders, synthesizedFolder, type WrittenStack } from "./folder";

const network = (role = "eks"): WrittenStack => ({
  config: {
    provider: { aws: [{ region: "eu-west-1", default_tags: [{ tags: { fleet: "f" } }] }] },
    resource: {
      aws_vpc: { network: { cidr_block: "10.0.0.0/16", tags: { Name: "network" } } },
      aws_subnet: { a: { vpc_id: "${aws_vpc.network.id}", cidr_block: "10.0.0.0/24", availability_zone: "eu-west-1a" } },
      aws_eks_cluster: {
        cluster: {
          name: "one",
          role_arn: `arn:aws:iam::123456789012:role/${role}`,
          vpc_config: { subnet_ids: ["${aws_subnet.a.id}"], endpoint_private_access: true },
        },
      },
    },
    output: {
      endpoint: { value: "${aws_eks_cluster.cluster.endpoint}" },
      certificate: { value: "${base64decode(aws_eks_cluster.cluster.certificate_authority[0].data)}" },
    },
  },
});

const priming: WrittenStack = {
  dependencies: ["f-network"],
  config: {
    provider: {
      helm: [{ kubernetes: { host: "${data.terraform_remote_state.cluster.outputs.endpoint}", config_path: "" } }],
      kubernetes: [
        { host: "${data.terraform_remote_state.cluster.outputs.endpoint}", exec: [{ api_version: "v1", command: "aws" }] },
      ],
    },
    data: { terraform_remote_state: { cluster: reader("f-network") } },
    resource: {
      kubernetes_namespace_v1: { system: { metadata: { name: "system", labels: { "a/b": "c" } } } },
      helm_release: {
        ingress: {
          name: "ingress",
          chart: "traefik",
          namespace: "${kubernetes_namespace_v1.system.metadata[0].name}",
          values: ["{}"],
          set: [{ name: "a", value: "b" }],
        },
      },
    },
  },
};

/** A folder of our own for temporary files: what is left in it was left by us. */
const temporary = mkdtempSync(join(tmpdir(), "rt-"));

describeWithTerraform("a rehearsal", () => {
  beforeAll(() => {
    process.env.TMPDIR = temporary;
  });
  afterAll(() => {
    removeFolders();
    rmSync(temporary, { recursive: true });
  });

  test("goes from init to an empty state through the stacks' dependencies, and leaves nothing behind", async () => {
    const steps: string[] = [];
    const folder = synthesizedFolder({ "f-network": network(), "f-priming": priming });
    const before = readdirSync(temporary);
    const report = await rehearse(folder, {
      onStep: (stack, { step }) => steps.push(`${stack} ${step}`),
    });
    expect(report.errors).toEqual([]);
    expect(report.ok).toBe(true);
    const cluster = report.stacks["f-network"];
    expect(cluster?.plan.map(({ address, actions }) => [address, actions])).toEqual(
      expect.arrayContaining([["aws_eks_cluster.cluster", ["create"]]]),
    );
    expect(cluster?.applied).toEqual(["aws_vpc.network", "aws_subnet.a", "aws_eks_cluster.cluster"]);
    expect(cluster?.destroyed).toEqual(["aws_eks_cluster.cluster", "aws_subnet.a", "aws_vpc.network"]);
    expect(cluster?.outputs.endpoint).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
    expect(cluster?.outputs.certificate).toContain("BEGIN CERTIFICATE");
    expect(cluster?.resources.find(({ type }) => type === "aws_vpc")?.attributes.tags_all).toEqual({
      Name: "network",
      fleet: "f",
    });
    expect(cluster?.again).toEqual([]);
    expect(steps.indexOf("f-priming destroy")).toBeLessThan(steps.indexOf("f-network destroy"));
    expect(steps.indexOf("f-network apply")).toBeLessThan(steps.indexOf("f-priming plan"));
    expect(readdirSync(temporary)).toEqual(before);
  });

  test("until plan applies what others read and only plans the last stack of a chain", async () => {
    const report = await rehearse(synthesizedFolder({ "f-network": network(), "f-priming": priming }), { until: "plan" });
    expect(report.ok).toBe(true);
    const stepsOf = (id: string) => report.stacks[id]?.steps.map(({ step }) => step);
    expect(stepsOf("f-network")).toEqual(["init", "validate", "plan", "apply"]);
    expect(stepsOf("f-priming")).toEqual(["init", "validate", "plan"]);
  });

  test("keeps the folder with its state when asked", async () => {
    const report = await rehearse(synthesizedFolder({ "f-network": network() }), { until: "apply", keep: true });
    expect(existsSync(`${report.folder}/state/f-network.tfstate`)).toBe(true);
    const resumed = await rehearse(synthesizedFolder({ "f-network": network() }), { folder: report.folder as string });
    expect(resumed.ok).toBe(true);
    expect(resumed.stacks["f-network"]?.plan).toEqual([]);
    expect(existsSync(report.folder as string)).toBe(false);
  });

  test("a stack that fails keeps those that read it from running, and no others", async () => {
    const broken = { config: { ...network().config, output: { x: { value: "${aws_vpc.nothing.id}" } } } };
    const report = await rehearse(synthesizedFolder({ "f-network": broken, "f-priming": priming, "f-other": network() }));
    expect(report.ok).toBe(false);
    expect(report.stacks["f-priming"]?.skipped).toBe("waits for f-network");
    expect(report.stacks["f-other"]?.applied).toHaveLength(3);
    expect(report.errors).toEqual([expect.objectContaining({ stack: "f-network", detail: expect.stringContaining("aws_vpc") })]);
  });

  test("a change shows what it adds, changes, replaces and destroys, and is applied", async () => {
    const before = synthesizedFolder({ "f-network": network(), "f-priming": priming });
    const changed = network("other");
    const after = synthesizedFolder({ "f-network": changed });
    const report = await rehearseChange(before, after);
    expect(report.after?.errors).toEqual([]);
    expect(report.ok).toBe(true);
    expect(Object.keys(report.dropped?.stacks ?? {})).toEqual(["f-priming"]);
    expect(report.dropped?.stacks["f-priming"]?.destroyed).toEqual(["helm_release.ingress", "kubernetes_namespace_v1.system"]);
    const [cluster, ...others] = report.after?.stacks["f-network"]?.plan ?? [];
    expect(cluster).toMatchObject({ address: "aws_eks_cluster.cluster", replace: true, actions: ["delete", "create"] });
    expect(cluster?.changedAttributes).toContain("role_arn");
    expect(others).toEqual([]);
  });
});
