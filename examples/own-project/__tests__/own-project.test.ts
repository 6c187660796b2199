import { join } from "node:path";
import { resources, synthStack, synthStacks, theResource } from "meridian/jest";
import { cluster } from "../src/cluster";
import { fleet } from "../src/fleet";
import { names } from "../src/names";

test("the cluster is the one that was reviewed", () => {
  const stack = synthStack(cluster);
  expect(theResource(stack, "aws_eks_cluster")).toMatchObject({ name: "frankfurt", version: "1.36" });
  expect(Object.keys(stack.resource ?? {}).sort()).toMatchSnapshot();
});

test("shop leads to the nearer cluster", () => {
  const records = Object.values(resources(synthStack(names), "aws_route53_record"));
  const regions = records.flatMap(({ latency_routing_policy }) => latency_routing_policy ?? []);
  expect(regions).toEqual([{ region: "eu-central-1" }, { region: "us-east-1" }]);
});

test("the agent runs on every cluster of the fleet, in a namespace of its own", () => {
  const stack = synthStacks((app) => fleet(app, join(__dirname, "../fleet.yaml")))["shop-frankfurt-priming"]!;
  const releases = Object.values(resources(stack, "helm_release"));
  expect(releases.find(({ name }) => name === "agent")).toMatchObject({
    chart: "agent",
    namespace: "agent",
    values: ['{"cluster":"shop-frankfurt"}'],
  });
  expect(Object.values(resources(stack, "kubernetes_namespace_v1")).map(({ metadata }) => metadata)).toContainEqual(
    expect.objectContaining({ name: "agent" }),
  );
});
