import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import type { Fleet } from "../../model/schema/fleet";
import { rehearse, rehearseChange } from "../../rehearsal";
import { committedFleet, fleetFiles, fleetOf, root, synthFleet } from "../support/fleet";
import { describeWithTerraform } from "./engine";

const made: string[] = [];

/** A fleet's stacks as files. */
function stacksOf(fleet: Fleet): string {
  const out = mkdtempSync(join(tmpdir(), "fleet-out-"));
  made.push(out);
  for (const [path, text] of Object.entries(synthFleet(fleet).files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

/** The fleets of the reference systems (docs/seeds.md): each is rehearsed whole. */
const SYSTEMS = ["arctiq", "aurora", "davies", "jldeen", "stacc"].map((name) => `fleets/${name}.yaml`);
/** Rehearsed down to an empty destroy by __tests__/backing/databases.test.ts. */
const DATABASES = "fleets/data.yaml";
const quickstart = readFileSync(join(root, "fleets/quickstart.yaml"), "utf8");

/** The quickstart fleet with a raw override of one of its cluster's resources: where people put such mistakes. */
function withOverride(address: string, args: object): string {
  return stacksOf(fleetOf(quickstart.replace("    aws:\n", `    overrides: ${JSON.stringify({ [address]: args })}\n    aws:\n`)));
}

describeWithTerraform("the committed fleets", () => {
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });

  test.each(fleetFiles.filter((file) => !SYSTEMS.includes(file) && file !== DATABASES))(
    "%s is rehearsed until its last plan",
    async (file) => {
      const report = await rehearse(stacksOf(committedFleet(file)), { until: "plan" });
      expect(report.errors).toEqual([]);
      expect(report.ok).toBe(true);
    },
    60_000,
  );

  test.each(SYSTEMS)(
    "%s goes from init to an empty destroy, with an empty second plan for each stack",
    async (file) => {
      const fleet = committedFleet(file);
      const report = await rehearse(stacksOf(fleet), { unprotected: stacksOf(withoutDeletionProtection(fleet)) });
      expect(report.errors).toEqual([]);
      const stacks = Object.values(report.stacks);
      expect(stacks.length).toBeGreaterThan(5);
      for (const { steps, applied, destroyed, resources } of stacks) {
        expect(steps.map(({ step }) => step)).toEqual(expect.arrayContaining(["apply", "again"]));
        expect(steps.at(-1)?.step).toBe("destroy");
        expect(new Set(destroyed)).toEqual(new Set(applied));
        expect(resources.length).toBeGreaterThan(0);
      }
    },
    300_000,
  );

  const CLUSTER = "aws_eks_cluster.cluster_A4C38409";
  test.each([
    ["a misspelt attribute", CLUSTER, { deletion_protekshun: true }, /deletion_protekshun/],
    ["a wrong type", CLUSTER, { enabled_cluster_log_types: "api" }, /enabled_cluster_log_types.*set of string required/s],
    ["a reference to nothing", CLUSTER, { role_arn: "${aws_iam_role.gone.arn}" }, /"aws_iam_role" "gone"/],
    [
      "a dependency cycle",
      "aws_vpc.cluster_network_vpc_300AE977",
      { tags: { of: `\${${CLUSTER}.id}` } },
      /Cycle: .*aws_vpc\.cluster_network_vpc/,
    ],
    [
      "a bad enumeration",
      "aws_eks_node_group.cluster_pool-main_nodes_860D49CC",
      { capacity_type: "CHEAP" },
      /"CHEAP"; allowed: ON_DEMAND, SPOT/,
    ],
    [
      "an alias to nothing",
      "aws_route53_record.records_wildcard_DF2C81B0",
      { "alias.name": "nothing.k8s.example.com" },
      /points to nothing\.k8s\.example\.com/,
    ],
  ])(
    "%s in a fleet's overrides is caught with its stack and resource",
    async (_, address, args, message) => {
      const report = await rehearse(withOverride(address, args), {
        stacks: ["quickstart-global", "quickstart-dublin-cluster"],
        until: "apply",
      });
      const [error] = report.errors;
      expect(error?.stack).toBe("quickstart-dublin-cluster");
      expect(`${error?.summary} ${error?.detail}`).toMatch(message);
      expect([error?.place, error?.address, error?.summary].join(" ")).toMatch(/cdk\.tf\.json:\d+|aws_/);
    },
    60_000,
  );

  test("a change of a fleet that replaces its cluster says so", async () => {
    const stacks = ["quickstart-global", "quickstart-dublin-cluster"];
    const before = stacksOf(withoutDeletionProtection(fleetOf(quickstart)));
    const after = withOverride(CLUSTER, {
      "kubernetes_network_config.service_ipv4_cidr": "10.96.0.0/16",
      "lifecycle.prevent_destroy": false,
    });
    const report = await rehearseChange(before, after, { stacks, until: "plan" });
    const replaced = report.after?.stacks["quickstart-dublin-cluster"]?.plan.filter(({ replace }) => replace);
    expect(replaced?.map(({ address }) => address)).toContain(CLUSTER);
  }, 60_000);
});
