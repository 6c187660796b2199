import { compareStacks } from "../../changes/diff/compare";
import { diffSides } from "../../changes/diff/diff";
import { trafficChanges } from "../../changes/diff/traffic";
import { diffLines, diffMarkdown, isEmpty } from "../../changes/diff/words";
import { pinsOf } from "../../changes/lock/pins";
import type { JsonObject } from "../../output/json";
import { isKnown } from "../../output/replaces";
import { fleetWith } from "../model/support";
import { committedFleet, coveringFleets, synthFleet } from "../support/fleet";
import { one, sideOf } from "./support";

const stack = (resource: JsonObject, data: JsonObject = {}): JsonObject => ({ resource, data });
const compared = (before: JsonObject, after: JsonObject) =>
  compareStacks(before, after).map(
    ({ address, action, arguments: names }) => `${action} ${address}${names.length > 0 ? ` (${names.join(", ")})` : ""}`,
  );

describe("two stacks compared", () => {
  const vpc = { cidr_block: "10.0.0.0/16", tags: { a: "1" } };

  test("what is the same, or only Terraform reads, is no change", () => {
    const before = stack({ aws_vpc: { v: { ...vpc, lifecycle: { prevent_destroy: true }, depends_on: ["aws_eip.x"] } } });
    expect(compared(before, stack({ aws_vpc: { v: vpc } }))).toEqual([]);
  });

  test("another order of a set, and another value that is only written, are no change; another order of a list is", () => {
    const made = (subnets: readonly string[], roles: readonly string[], host: string) =>
      stack({
        aws_eks_cluster: { c: { vpc_config: { subnet_ids: subnets } } },
        azurerm_network_security_group: { n: { security_rule: subnets.map((name) => ({ name })) } },
        x_unknown: { u: { roles } },
        aws_secretsmanager_secret_version: { v: { secret_string_wo: host, secret_string_wo_version: 1 } },
      });
    expect(compared(made(["a", "b"], ["a", "b"], "x"), made(["b", "a"], ["b", "a"], "y"))).toEqual([
      "unknown x_unknown.u (roles)",
    ]);
    expect(compared(made(["a", "b"], [], "x"), made(["b", "c"], [], "x"))).toHaveLength(2);
  });

  test("added, changed, replaced, destroyed, and what nobody knows", () => {
    const before = stack({ aws_vpc: { gone: vpc, moved: vpc, tagged: vpc }, x_unknown: { u: { a: 1 } } });
    const after = stack({
      aws_vpc: { moved: { ...vpc, cidr_block: "10.1.0.0/16" }, tagged: { ...vpc, tags: {} }, added: vpc },
      x_unknown: { u: { a: 2 } },
    });
    expect(compared(before, after)).toEqual([
      "created aws_vpc.added",
      "destroyed aws_vpc.gone",
      "replaced aws_vpc.moved (cidr_block)",
      "changed aws_vpc.tagged (tags)",
      "unknown x_unknown.u (a)",
    ]);
  });

  test("what is taken over is not made, and what has another address is neither made nor destroyed", () => {
    const before = stack({ aws_vpc: { old: vpc, same: vpc } });
    const after = {
      ...stack({ aws_vpc: { fresh: vpc, same: vpc, theirs: vpc } }),
      moved: [{ from: "aws_vpc.old", to: "aws_vpc.fresh" }],
      import: [{ to: "aws_vpc.theirs", id: "vpc-1" }],
    };
    expect(compared(before, after)).toEqual(["unknown aws_vpc.theirs (import)"]);
  });

  test("who reads the id of what is replaced is replaced with it where that argument forces it; who reads its name is not", () => {
    const made = (cidr: string) =>
      stack({
        aws_vpc: { v: { cidr_block: cidr, tags: { name: "n" } } },
        aws_subnet: { s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24" } },
        aws_route_table_association: { a: { subnet_id: "${aws_subnet.s.id}", route_table_id: "rtb" } },
        aws_lb: { l: { name: "l", subnets: ["${aws_subnet.s.id}"] } },
        aws_kms_alias: { k: { name: "alias/${aws_vpc.v.tags}", target_key_id: "k" } },
      });
    expect(compared(made("10.0.0.0/16"), made("10.1.0.0/16"))).toEqual([
      "changed aws_lb.l (subnets)",
      "replaced aws_route_table_association.a (subnet_id)",
      "replaced aws_subnet.s (vpc_id)",
      "replaced aws_vpc.v (cidr_block)",
    ]);
  });

  test("who reads what forced the replacement changes with it", () => {
    const made = (address: string) =>
      stack({
        google_compute_address: { a: { name: "a", address, region: "r" } },
        google_dns_record_set: { r: { name: "r", type: "A", rrdatas: ["${google_compute_address.a.address}"] } },
        google_dns_managed_zone: { z: { name: "z", description: "${google_compute_address.a.name}" } },
      });
    expect(compared(made("10.0.0.2"), made("10.0.0.10"))).toEqual([
      "replaced google_compute_address.a (address)",
      "changed google_dns_record_set.r (rrdatas)",
    ]);
  });

  test("a launch template that changes gives its nodes another version, and what a changed data source feeds may change", () => {
    const made = (size: number) =>
      stack(
        {
          aws_launch_template: { t: { name: "t", block_device_mappings: [{ ebs: { volume_size: size } }] } },
          aws_eks_node_group: {
            n: { launch_template: { id: "${aws_launch_template.t.id}", version: "${aws_launch_template.t.latest_version}" } },
          },
          aws_iam_role_policy: { p: { role: "r", policy: "${data.aws_iam_policy_document.d.json}" } },
        },
        { aws_iam_policy_document: { d: { statement: [{ actions: [`a:${size}`] }] } } },
      );
    expect(compared(made(50), made(100))).toEqual([
      "changed aws_eks_node_group.n (launch_template)",
      "changed aws_iam_role_policy.p (policy)",
      "changed aws_launch_template.t (block_device_mappings)",
    ]);
  });

  test("what Terraform leaves as it is counts for nothing; of a block only a part may be left", () => {
    const ignoring = (ignore: string, value: JsonObject) =>
      stack({ aws_eks_node_group: { n: { scaling_config: value, lifecycle: { ignore_changes: [ignore] } } } });
    expect(compared(ignoring("scaling_config", { min_size: 1 }), ignoring("scaling_config", { min_size: 2 }))).toEqual([]);
    const part = "scaling_config[0].desired_size";
    expect(compared(ignoring(part, { min_size: 1 }), ignoring(part, { min_size: 2 }))).toEqual([
      "changed aws_eks_node_group.n (scaling_config)",
    ]);
  });
});

test("what replaces it is known of at least 95 % of what the committed fleets make", () => {
  const types = coveringFleets.flatMap((file) =>
    Object.values(synthFleet(committedFleet(file)).stacks).flatMap(({ resource = {} }) =>
      Object.entries(resource).flatMap(([type, ofType]) => Object.keys(ofType).map(() => type)),
    ),
  );
  const unknown = types.filter((type) => !isKnown(type));
  expect(unknown.length / types.length).toBeLessThanOrEqual(0.05);
});

describe("a change of a fleet in words", () => {
  const before = sideOf(one("eks", { kubernetes: "1.34" }));
  const after = sideOf(one("eks", { kubernetes: "1.35", pools: { main: {}, more: {} } }), pinsOf(before.lock));
  const diff = diffSides(before, after);

  test("says each stack's changes, the order in which they are applied, and the logins", () => {
    const text = diffLines(diff).join("\n");
    expect(text).toMatch(/^acme-eks-cluster: \d+ created, \d+ changed$/m);
    expect(text).toMatch(/^ {2}changes aws_eks_cluster\.cluster_\w+ \(version\)$/m);
    expect(text).toMatch(/^ {2}creates .*aws_eks_node_group\.cluster_pool-more_nodes_\w+/m);
    expect(text).toMatch(/^To apply:\n {2}2 {2}acme-eks-cluster {2}\(AWS 111122223333\)$/m);
    expect(isEmpty(diff)).toBe(false);
  });

  test("as Markdown has a table and every finding", () => {
    const refused = diffSides(sideOf(one("eks", { kubernetes: "1.36" })), sideOf(one("eks", { kubernetes: "1.34" })));
    const text = diffMarkdown(refused);
    expect(text).toMatch(/^\| `acme-eks-cluster` \| changed \| \d+ changed \|$/m);
    expect(text).toMatch(/^- \*\*refused\*\*: clusters\.eks\.kubernetes: EKS never goes back .* \[kubernetes-lowered-far\]$/m);
    expect(text).toMatchSnapshot();
  });

  test("of nothing is one line", () => {
    const same = diffSides(before, before);
    expect(isEmpty(same)).toBe(true);
    expect(diffLines(same)).toEqual(["Nothing changes."]);
    expect(diffMarkdown(same)).toBe("Nothing changes.\n");
  });

  test("of a stack that was destroyed before says so, and has nobody destroy it again", () => {
    const two = {
      clusters: { old: { cloud: "google", region: "europe-west3", network: { cidr: "10.9.0.0/16" }, retired: true } },
    };
    const was = sideOf(one("gke", {}, two));
    const listed = { destroyedStacks: ["acme-old-cluster", "acme-old-priming"] };
    const lines = diffLines(diffSides(was, sideOf(one("gke", {}, listed), pinsOf(was.lock))));
    expect(lines).toContain("acme-old-cluster: the stack is out of the file; destroyedStacks says that it was destroyed before");
    expect(lines.join("\n")).not.toContain("destroy first");
  });

  test("of a whole stack names it once", () => {
    const lines = diffLines(
      diffSides(sideOf(one("eks", {}, { names: { app: { policy: "simple", members: ["eks"] } } })), sideOf(one("eks"))),
    );
    expect(lines).toMatchSnapshot();
    expect(lines[0]).toMatch(/^acme-eks-priming: /);
    expect(lines.join("\n")).toMatch(/^acme-route53: the stack is destroyed; 1 destroyed$/m);
    expect(lines.join("\n")).toMatch(/^ {2}destroy first, with the last output: acme-route53 {2}\(AWS 111122223333\)$/m);
  });
});

test("traffic is compared for every country: who is drained loses its own, and nobody else's answer changes", () => {
  const names = { app: { policy: "latency", members: ["eks", "gke"] } };
  const changes = trafficChanges(fleetWith({ names }), fleetWith({ names, drain: ["gke"] }));
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({ name: "app.k8s.example.com", from: "gke", to: "eks" });
  expect(changes[0]!.places).toContain("DE");
  expect(changes[0]!.places).not.toContain("IE");
  expect(trafficChanges(fleetWith({ names }), fleetWith({ names }))).toEqual([]);
});

test("traffic that several clusters share is told with each one's part", () => {
  const weighted = (weight: number) => ({
    app: {
      policy: "weighted",
      members: [
        { cluster: "gke", weight },
        { cluster: "eks", weight: 2 },
      ],
    },
  });
  const [change, ...others] = trafficChanges(fleetWith({ names: weighted(1) }), fleetWith({ names: weighted(6) }));
  expect(others).toEqual([]);
  expect(change).toMatchObject({ from: "eks 66.7 %, gke 33.3 %", to: "eks 25 %, gke 75 %" });
});
