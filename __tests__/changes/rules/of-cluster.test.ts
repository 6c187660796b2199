import { clusterOfStack } from "../../../changes/rules/of-cluster";

test("a stack is of the cluster with the longest name that it begins with, applications of their own included", () => {
  const clusters = ["eu", "eu-west"];
  const of = (stack: string) => clusterOfStack("acme", stack, (name) => clusters.includes(name));
  expect(["acme-eu-cluster", "acme-eu-west-priming", "acme-eu-west-app-shop", "acme-eu-app-west-shop"].map(of)).toEqual([
    "eu",
    "eu-west",
    "eu-west",
    "eu",
  ]);
  expect(["acme-global", "acme-data-eu", "acme-us-cluster"].map(of)).toEqual([undefined, undefined, undefined]);
});
