import { fleetWith } from "../model/support";
import { synthFleet } from "../support/fleet";

const output = (overrides: object) => synthFleet(fleetWith({ clusters: { eks: { overrides } } }));

test("a cluster's raw arguments stand over those of its resource", () => {
  const { stacks } = output({ "aws_eks_cluster.cluster_A4C38409": { "timeouts.create": "90m" } });
  expect(stacks["acme-eks-cluster"]?.resource?.aws_eks_cluster).toMatchObject({
    cluster_A4C38409: { timeouts: { create: "90m" } },
  });
});

test("a resource that isn't there is told with the likely one", () => {
  expect(() => output({ "aws_eks_cluster.clustr": { version: "1.36" } })).toThrow(
    /clusters\.eks\.overrides\["aws_eks_cluster\.clustr"\]: stack acme-eks-cluster has no resource 'aws_eks_cluster\.clustr'; did you mean 'aws_eks_cluster\.cluster_A4C38409'\?/,
  );
});
