import { type Data, over, problemsWith } from "../../support";

const net = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${name}/providers/Microsoft.Network/virtualNetworks/ci`;
const images = {
  cloud: "azure",
  region: "uksouth",
  access: "private",
  ci: { subnetId: `${net("net")}/subnets/run` },
  pull: ["aks"],
};
const closed = (more: Data = {}, clusters: Data = {}) => problemsWith({ registries: { images: over(images, more) }, clusters });
const inNetwork = (existing: Data) => ({
  aks: { network: { cidr: undefined, pods: "10.6.0.0/16", services: "10.7.0.0/20", existing } },
});

test("a private registry whose pipelines and clusters have networks has no problem", () => {
  expect(closed()).toEqual([]);
});

test("several clusters of other clouds are told in one sentence, in the plural", () => {
  expect(closed({ pull: ["aks", "gke", "eks"] })).toEqual([
    "registries.images.access: 'private', and eks, gke pull from another cloud, from where it can't be reached: leave it public, whose images nobody has without a right either",
  ]);
  expect(closed({ pull: ["gke"] })).toEqual([expect.stringMatching(/and gke pulls from another cloud/)]);
});

test("each cloud but Azure is told what closes its registry", () => {
  const of = (registry: Data) => problemsWith({ registries: { r: { access: "private", ...registry } } });
  expect(of({ cloud: "google", region: "europe" })).toEqual([
    "registries.r.access: 'private': Artifact Registry has no network of its own, only rights say who pulls; for pulls without the internet make Private Google Access in the cluster's network, and remove this",
  ]);
  expect(of({ cloud: "external", host: "ghcr.io/x" })).toEqual([
    "registries.r.access: is for registries that are made here: remove it",
  ]);
});

test("a zone of private names is for private registries", () => {
  const privateDnsZoneId =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io";
  expect(closed({ access: undefined, ci: undefined, privateDnsZoneId })).toEqual([
    "registries.images.privateDnsZoneId: is for registries with `access: private`: remove it",
  ]);
  expect(closed({ privateDnsZoneId })).toEqual([]);
});

test("a cluster in another subscription is refused", () => {
  const subscriptionId = "00000000-0000-0000-0000-000000000009";
  expect(closed({}, { aks: { azure: { subscriptionId } } })).toEqual([
    `registries.images.access: 'private', and 'aks' is in subscription ${subscriptionId}: an endpoint across subscriptions is not made here`,
  ]);
});

test("a network that exists is spelt as that of the pipelines, or is another one", () => {
  expect(closed({}, inNetwork({ subnetId: `${net("net")}/subnets/nodes` }))).toEqual([]);
  expect(closed({}, inNetwork({ subnetId: `${net("other")}/subnets/nodes` }))).toEqual([]);
  expect(closed({}, inNetwork({ subnetId: `${net("NET")}/subnets/nodes` }))).toEqual([
    `registries.images.ci.subnetId: '${net("net")}' is the network of 'aks', which spells it '${net("NET")}': write both alike`,
  ]);
});

test("a cluster without a range of its own has no place for an endpoint", () => {
  expect(closed({}, { aks: { network: { cidr: undefined } } })).toContain(
    "registries.images.access: 'private', and 'aks' has no network.cidr, of which a part is for private endpoints: give it one",
  );
});
