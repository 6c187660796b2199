import { registryFacts } from "../../../changes/lock/registry-facts";
import { fleetWith } from "../../model/support";

test("what a registry has stands in order, whatever the order of the fleet file", () => {
  const caches = { zed: { from: "quay.io" }, abc: { from: "registry.k8s.io" } };
  const registries = {
    ours: { cloud: "aws", region: "eu-west-1", repositories: ["shop"], replicas: ["us-east-1", "eu-central-1"], caches },
  };
  const shop = { image: { registry: "ours", repository: "shop", tag: "1" }, clusters: ["abroad", "eks"] };
  const abroad = { cloud: "aws", region: "us-east-1", network: { cidr: "10.9.0.0/16" } };
  const fleet = fleetWith({ clusters: { abroad }, registries, apps: { shop } });
  expect(registryFacts(fleet).registries!.ours).toMatchObject({
    replicas: ["eu-central-1", "us-east-1"],
    near: ["abroad us-east-1", "eks eu-west-1"],
    caches: ["abc", "zed"],
  });
});

test("ways into a private registry stand in order, whichever network is first in the file", () => {
  const subnet = (group: string) =>
    `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/run`;
  const ways = (ci: string, nodes: string) => {
    const images = { cloud: "azure", region: "uksouth", access: "private", ci: { subnetId: subnet(ci) }, pull: ["aks"] };
    const aks = {
      network: { cidr: undefined, pods: "10.6.0.0/16", services: "10.7.0.0/20", existing: { subnetId: subnet(nodes) } },
    };
    return registryFacts(fleetWith({ registries: { images }, clusters: { aks } })).registries!.images!.ways;
  };
  expect(ways("zed", "abc")).toHaveLength(2);
  expect(ways("zed", "abc")).toEqual(ways("abc", "zed"));
});
