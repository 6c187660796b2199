import { type Data, over, problemsWith } from "../../support";
import { defaults, shop, stock } from "./fixtures";

const blog = { engine: "mysql", cloud: "azure", region: "uksouth", clusters: ["aks"] };
const of = (databases: Data, more: Data = {}) => problemsWith(over({ defaults, databases }, more));
const withShop = (more: Data, rest: Data = {}) => of({ shop: over(shop, more) }, rest);
const withBlog = (more: Data, rest: Data = {}) => of({ blog: over(blog, more) }, rest);
const withStock = (more: Data, rest: Data = {}) => of({ stock: over(stock, more) }, rest);

test("databases whose ranges are apart have no problem", () => {
  expect(of({ blog, shop, stock })).toEqual([]);
});

test("each cloud is told what its range is for", () => {
  expect(withStock({ network: undefined })).toEqual([
    "databases.stock.network: is missing: the range of the addresses by which clusters reach them, such as cidr: 10.250.0.0/24, outside of every cluster's network",
  ]);
});

test.each([
  ["10.250.0.0/19", /^databases.shop.network.cidr: '10.250.0.0\/19' is too large: \/20 to \/24$/],
  ["10.250.0.0/25", /is too small: \/20 to \/24$/],
  ["10.250.0.1/24", /'10.250.0.1\/24' is no private IPv4 range, spelt from its first address/],
  ["8.8.8.0/24", /'8.8.8.0\/24' is no private IPv4 range/],
])("the range %s is refused", (cidr, message) => {
  expect(withShop({ network: { cidr } })).toEqual([expect.stringMatching(message)]);
});

test.each(["10.240.0.0/20", "10.250.0.0/24"])("the range %s is of a size that is taken", (cidr) => {
  expect(withShop({ network: { cidr } })).toEqual([]);
});

test("a range on Google has room for as many clusters as it has blocks for each of four servers", () => {
  const places = (count: number) => [...Array.from({ length: count - 1 }, () => "-"), "gke"];
  expect(withStock({ clusters: places(8) })).toEqual([]);
  expect(withStock({ clusters: places(9) })).toEqual([
    "databases.stock.network.cidr: '10.251.0.0/24' has room for 8 clusters: take a larger one",
  ]);
  expect(withStock({ clusters: places(9), network: { cidr: "10.240.0.0/23" } })).toEqual([]);
});

test("a range is apart from a cluster's pods and services too, and from that of a database before it", () => {
  const pods = { network: { pods: "10.248.0.0/14" } };
  expect(withStock({}, { clusters: { gke: pods } })).toEqual([
    expect.stringMatching(/^databases.stock.network.cidr: 10.251.0.0\/24 overlaps 10.248.0.0\/14 of cluster 'gke': they must be/),
  ]);
  const services = { network: { services: "10.251.0.0/20" } };
  expect(withStock({}, { clusters: { gke: services } })).toEqual([expect.stringMatching(/overlaps 10.251.0.0\/20 of cluster/)]);
  expect(of({ shop, stock: over(stock, { network: { cidr: "10.250.0.0/23" } }) })).toEqual([
    "databases.stock.network.cidr: 10.250.0.0/23 overlaps 10.250.0.0/24 of database 'shop': they must be apart",
  ]);
});

test("a kept place and a name that isn't there are told where they stand", () => {
  expect(withStock({ clusters: ["-", "-", "gke"] })).toEqual([]);
  expect(withStock({ clusters: ["gke", "old"] })).toEqual([
    "databases.stock.clusters[1]: no cluster is called 'old'; clusters: eks, aks, gke",
  ]);
  expect(withShop({ clusters: ["old", "eks"] })).toEqual([
    "databases.shop.clusters[0]: no cluster is called 'old'; clusters: eks, aks, gke",
  ]);
  expect(withStock({ clusters: ["old", "gke"] })).toEqual([expect.stringMatching(/; of a cluster that is gone leave "-"/)]);
  expect(withShop({ clusters: ["eks", "eks"] })).toEqual(["databases.shop.clusters[1]: 'eks' is there twice"]);
});

test("a cluster that something else made has no way to a database", () => {
  const old = {
    cloud: "existing",
    region: "eu-west-1",
    existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.4"] } },
    addons: { externalSecrets: { enabled: false } },
  };
  expect(withShop({ clusters: ["old"] }, { clusters: { old } }).filter((problem) => problem.startsWith("databases"))).toEqual([
    expect.stringMatching(/clusters\[0\]: 'old' is a cluster that something else made, and the database is on aws, where only/),
  ]);
});

test("a cluster in another account than the database is refused on each cloud", () => {
  expect(withShop({ aws: { accountId: "444455556666" } })).toEqual([
    "databases.shop.clusters[0]: 'eks' is in account 111122223333 and the database in 444455556666: a peering between accounts is not made here",
  ]);
  const subscriptionId = "00000000-0000-0000-0000-000000000009";
  expect(withBlog({}, { clusters: { aks: { azure: { subscriptionId } } } })).toEqual([
    `databases.blog.clusters[0]: 'aks' is in subscription ${subscriptionId} and the database in 00000000-0000-0000-0000-000000000001: an endpoint across subscriptions is not made here`,
  ]);
  expect(withStock({ google: { projectId: "acme-data" } })).toEqual([
    "databases.stock.clusters[0]: 'gke' is in project acme-platform and the database in acme-data: logins of another project are not read here",
  ]);
});

test("a VPC that exists has no routes, and a network on Azure without a range no endpoints", () => {
  const existing = { vpcId: "vpc-1a2b3c4d", subnetIds: ["subnet-1a2b3c4d", "subnet-2a2b3c4d"] };
  expect(withShop({}, { clusters: { eks: { network: { cidr: undefined, existing } } } })).toContain(
    "databases.shop.clusters[0]: 'eks' is in a VPC that exists, whose routes are not made here: leave it out and peer the VPC yourself with the outputs of stack …-data-shop",
  );
  expect(withBlog({}, { clusters: { aks: { network: { cidr: undefined } } } })).toContain(
    "databases.blog.clusters[0]: 'aks' has no network.cidr, of which a part is for private endpoints: give it one",
  );
});

test("applications alone get the entries of documents", () => {
  const off = { aks: { addons: { externalSecrets: { enabled: false } } } };
  expect(withBlog({ engine: "mongo" }, { clusters: off })).toEqual([
    "databases.blog.clusters[0]: 'aks' has no external-secrets, by which its applications get the entries: write `addons: { externalSecrets: { enabled: true } }` there",
  ]);
});

const zone = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/${name}`;
const subnet = (name: string, of = "hub") =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/${of}/subnets/${name}`;
const hub = (subnetId: string, part: number) => ({
  network: { cidr: undefined, pods: `10.${part}.0.0/16`, services: `10.${part + 1}.0.0/20`, existing: { subnetId } },
});
const inHub = (more: Data, other = subnet("other"), clusters = ["next"]) =>
  of(
    { blog, more: { ...blog, clusters, ...more } },
    {
      clusters: {
        aks: hub(subnet("nodes"), 16),
        next: { cloud: "azure", region: "uksouth", ...hub(other, 20) },
      },
    },
  ).filter((problem) => problem.startsWith("databases"));

test("two databases of a kind in reach of one network that exists share a zone that somebody gives", () => {
  const said = (key: string, other: string) =>
    `databases.${key}: is in reach of a network that exists, as '${other}' is, and a network is linked to one zone of mysql: give both the \`privateDnsZoneId\` of one`;
  expect(inHub({})).toEqual([said("blog", "more"), said("more", "blog")]);
  expect(inHub({}, subnet("OTHER").replace("/hub/", "/HUB/"))).toHaveLength(2);
  expect(inHub({ engine: "postgres" })).toEqual([]);
  expect(inHub({}, subnet("other", "spoke"))).toEqual([]);
});

test("a zone is told by its own name, in whatever letters", () => {
  expect(withBlog({ privateDnsZoneId: zone("PrivateLink.MySQL.database.azure.com") })).toEqual([]);
  expect(withBlog({ privateDnsZoneId: zone("privatelink.mongo.cosmos.azure.com") })).toEqual([
    expect.stringMatching(/^databases.blog.privateDnsZoneId: 'privatelink.mongo.cosmos.azure.com' is a zone of another service/),
  ]);
});
