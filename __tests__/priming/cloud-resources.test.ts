import { withoutDeletionProtection } from "../../changes/unprotected";
import { fleetOf, synthFleet } from "../support/fleet";
import { type Block, resources, type StackJson, theResource } from "../support/synth";
import { fleetText, nameOf, primingOf, synthClouds } from "./fleets";

const ADDONS = "{ storage: { shared: true }, externalSecrets: { enabled: true }, externalDns: { enabled: true } }";
const MORE = 'tags: { CostCenter: "Platform Team" }';
const text = fleetText(["aws", "google"], { addons: ADDONS, more: MORE });
const output = synthClouds(["aws", "google"], { addons: ADDONS, more: MORE });
const [aws, google] = [primingOf(output, "aws"), primingOf(output, "google")];

describe("a file system that volumes are on", () => {
  test("is not destroyed while the cluster is protected, and is once it isn't", () => {
    const open = synthFleet(withoutDeletionProtection(fleetOf(text)));
    for (const [cloud, type] of [
      ["aws", "aws_efs_file_system"],
      ["google", "google_filestore_instance"],
    ] as const) {
      expect(theResource(primingOf(output, cloud), type).lifecycle).toEqual({ prevent_destroy: true });
      expect(theResource(primingOf(open, cloud), type).lifecycle).toEqual({ prevent_destroy: false });
    }
  });

  test("has labels that Google takes", () => {
    expect(theResource(google, "google_filestore_instance").labels).toEqual({
      costcenter: "platform-team",
      fleet: "test",
      cluster: nameOf("google"),
    });
  });

  test("is reached in each zone by a target that another order of the subnets doesn't move", () => {
    const targetsOf = (stack: StackJson) =>
      Object.entries(resources(stack, "aws_efs_mount_target")).map(
        ([id, target]) => `${id.replace(/_[0-9A-F]{8}$/, "").replace(/.*target-/, "")} ${target.subnet_id}`,
      );
    const subnet = (index: number) => `\${element(data.terraform_remote_state.cluster.outputs.private_subnet_ids, ${index})}`;
    expect(targetsOf(aws)).toEqual(["sa-east-1a", "sa-east-1b", "sa-east-1c"].map((zone, index) => `${zone} ${subnet(index)}`));

    const existing = (ids: string) =>
      `cidr: 10.10.0.0/16, existing: { vpcId: vpc-1, privateSubnetIds: [${ids}], publicSubnetIds: [subnet-0cccccc3] }`;
    const inExisting = (ids: string) =>
      targetsOf(primingOf(synthFleet(fleetOf(text.replace("cidr: 10.10.0.0/16", existing(ids)))), "aws"));
    expect(inExisting("subnet-0aaaaaa1, subnet-0bbbbbb2")).toEqual([
      `subnet-0aaaaaa1 ${subnet(0)}`,
      `subnet-0bbbbbb2 ${subnet(1)}`,
    ]);
    expect(inExisting("subnet-0bbbbbb2, subnet-0aaaaaa1")).toEqual([
      `subnet-0aaaaaa1 ${subnet(1)}`,
      `subnet-0bbbbbb2 ${subnet(0)}`,
    ]);
  });
});

test("the API of Google's secrets is on before external-secrets asks it", () => {
  const [id, service] = Object.entries(resources(google, "google_project_service")).find(
    ([, { service }]) => service === "secretmanager.googleapis.com",
  )!;
  expect(service).toMatchObject({ project: "test-platform", disable_on_destroy: false });
  const release = Object.values(resources(google, "helm_release")).find(({ name }) => name === "external-secrets")!;
  expect(release.depends_on).toContain(`google_project_service.${id}`);
});

test("every role in the cluster's own account has its permissions boundary, and none of another account has", () => {
  const boundary = "arn:aws:iam::111122223333:policy/boundary";
  const bounded = text.replace('runner: "arn:aws', `permissionsBoundaryArn: "${boundary}", runner: "arn:aws`);
  const boundaries = (fleet: string) =>
    Object.values<Block>(resources(primingOf(synthFleet(fleetOf(fleet)), "aws"), "aws_iam_role")).map(
      ({ name, permissions_boundary }) => [String(name).replace("test-gru-", ""), permissions_boundary],
    );
  const own = ["cert-manager", "cluster-autoscaler", "efs-csi", "external-dns", "external-secrets"];
  expect(boundaries(bounded).sort()).toEqual(own.map((name) => [name, boundary]));

  const elsewhere = bounded.replace("engine: route53 }", 'engine: route53, aws: { accountId: "444455556666" } }');
  expect(Object.fromEntries(boundaries(elsewhere))).toMatchObject({
    "cert-manager": undefined,
    "external-dns": undefined,
    "cluster-autoscaler": boundary,
  });
});
