import { rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

afterAll(removeFolders);

/** Subnets in the zones a, b and c, a second one in b, and a cluster in some of them or in others by their ids. */
const clusterIn = (...subnets: readonly string[]) =>
  synthesizedFolder({
    "f-one": {
      config: {
        provider: { aws: [{ region: "eu-west-1" }] },
        resource: {
          aws_vpc: { network: { cidr_block: "10.0.0.0/16" } },
          aws_subnet: Object.fromEntries(
            ["a", "b", "c", "b2"].map((name, index) => [
              name,
              {
                vpc_id: "${aws_vpc.network.id}",
                cidr_block: `10.0.${index}.0/24`,
                availability_zone: `eu-west-1${name[0]}`,
              },
            ]),
          ),
          aws_eks_cluster: {
            cluster: {
              name: "one",
              role_arn: "arn:aws:iam::123456789012:role/eks",
              vpc_config: {
                subnet_ids: subnets.map((name) => (name.startsWith("subnet-") ? name : `\${aws_subnet.${name}.id}`)),
              },
            },
          },
        },
      },
    },
  });

describeWithTerraform("an EKS cluster whose subnets change", () => {
  test.each([
    ["enter a third zone", ["a", "b"], ["a", "b", "c"], /cluster one would enter eu-west-1c: /],
    ["leave a zone", ["a", "b", "c"], ["a", "b"], /cluster one would leave eu-west-1c: /],
    ["move to another zone", ["a", "b"], ["a", "c"], /would enter eu-west-1c and leave eu-west-1b: an update must keep the set/],
    ["enter a zone beside a subnet made elsewhere", ["a", "b"], ["a", "subnet-0a1", "c"], /would enter eu-west-1c: /],
  ])("is refused as EKS refuses it when it would %s", async (_, before, after, message) => {
    const report = await rehearseChange(clusterIn(...before), clusterIn(...after), { until: "apply" });
    expect(report.after?.errors.map(({ detail }) => detail)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ["to others in the same zones", ["a", "b"], ["a", "b2"]],
    ["to one more in a zone that it is in", ["a", "b"], ["a", "b", "b2"]],
    ["from a subnet made elsewhere, whose zone nobody knows", ["a", "subnet-0a1"], ["a", "c"]],
  ])("is updated when they change %s", async (_, before, after) => {
    const report = await rehearseChange(clusterIn(...before), clusterIn(...after), { until: "apply" });
    expect(report.after?.errors).toEqual([]);
    expect(report.after?.stacks["f-one"]?.plan).toEqual([
      expect.objectContaining({ address: "aws_eks_cluster.cluster", actions: ["update"], changedAttributes: ["vpc_config"] }),
    ]);
  });
});
