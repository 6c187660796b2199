import { type Data, problemsWith } from "../../support";

const azure = (name: string, octet: number, more: Data = {}): Data => ({
  [name]: { cloud: "azure", region: "uksouth", network: { cidr: `10.${octet}.0.0/16` }, ...more },
});

describe("resource groups of one name", () => {
  test("are refused where one subscription would have both", () => {
    const clusters = { ...azure("a", 10), ...azure("a-nodes", 11), ...azure("dns", 12), ...azure("traffic-manager", 13) };
    expect(problemsWith({ clusters, dns: { engine: "azure" } })).toEqual([
      "clusters.a-nodes: its resource group 'acme-a-nodes' would also be that of the nodes of cluster 'a': choose another name for the cluster",
      "clusters.dns: its resource group 'acme-dns' would also be that of the DNS zone: choose another name for the cluster",
      "clusters.traffic-manager: its resource group 'acme-traffic-manager' would also be that of Traffic Manager's profiles: choose another name for the cluster",
    ]);
  });

  test("are all right in two subscriptions, and where nothing makes the other", () => {
    const elsewhere = { azure: { subscriptionId: "00000000-0000-0000-0000-000000000009" } };
    expect(problemsWith({ clusters: { ...azure("a", 10), ...azure("a-nodes", 11, elsewhere), ...azure("dns", 12) } })).toEqual(
      [],
    );
  });
});
