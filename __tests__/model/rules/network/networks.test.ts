import { networks as rule } from "../../../../model/rules/network/networks";
import { type Data, fleetWith, over } from "../../support";

const SOUND = fleetWith();

/** What the rule alone says where a cluster has more. */
const saidOf = (name: string, more: Data): readonly string[] =>
  rule({
    ...SOUND,
    clusters: SOUND.clusters.map((one) => (one.name === name ? over(one as never, more) : one) as typeof one),
  }).map(({ path, message, atKey }) => `${path.slice(2).join(".")}${atKey ? " key" : ""}: ${message}`);

const spelt = (field: string, id: string, example: string, at = field) =>
  `network.existing.${at}: '${id}' is not spelt as ${field} is, for instance ${example}`;

const VPC = { vpcId: "vpc-0a1b", privateSubnetIds: ["subnet-0a"], publicSubnetIds: ["subnet-0b"] };
const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes";
const ID_EXAMPLE = "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>";
const GOOGLE = { network: "shared", subnetwork: "nodes", podsRange: "pods", servicesRange: "services" };
const RANGES = { pods: "10.200.0.0/16", services: "10.250.0.0/20" };

test.each<[string, Data, string, string]>([
  ["eks", VPC, "vpcId", "vpc-0a1b2c3d"],
  ["aks", { subnetId: ID }, "subnetId", ID_EXAMPLE],
  ["gke", GOOGLE, "network", "shared-network"],
  ["gke", GOOGLE, "subnetwork", "nodes"],
  ["gke", GOOGLE, "podsRange", "pods"],
  ["gke", GOOGLE, "servicesRange", "services"],
])("on %s with %j, %s is anchored at both ends and needed", (name, sound, field, example) => {
  const of = (value: unknown) => saidOf(name, { network: { existing: { ...sound, [field]: value }, ...RANGES } });
  expect(of(sound[field])).toEqual([]);
  for (const wrong of [`x ${String(sound[field])}`, `${String(sound[field])} x`])
    expect(of(wrong)).toEqual([spelt(field, wrong, example)]);
  expect(of(undefined)).toEqual([`network.existing: an existing network also needs ${field}`]);
});

test.each(["privateSubnetIds", "publicSubnetIds"])("each of %s is spelt as subnets are", (field) => {
  const wrong = ["subnet-0a", "nodes", "subnet-0b x", "x subnet-0c"];
  expect(saidOf("eks", { network: { existing: { ...VPC, [field]: wrong } } })).toEqual(
    [1, 2, 3].map((at) => spelt(field, wrong[at]!, "subnet-0a1b2c3d", `${field}.${at}`)),
  );
  expect(saidOf("eks", { network: { existing: { ...VPC, [field]: undefined } } })).toEqual([
    `network.existing: an existing network also needs ${field}`,
  ]);
});

test("GKE's networks and subnetworks may be paths and URLs, in another project too", () => {
  const of = (network: string, subnetwork: string) =>
    saidOf("gke", { network: { existing: { ...GOOGLE, network, subnetwork } } });
  const url = "https://www.googleapis.com/compute/v1/";
  expect(of("projects/hub/global/networks/shared", "projects/hub/regions/r/subnetworks/nodes")).toEqual([]);
  expect(of(`${url}projects/hub/global/networks/shared`, `${url}projects/hub/regions/r/subnetworks/nodes`)).toEqual([]);
  expect(of("xprojects/hub/global/networks/a b", "xprojects/hub/regions/r/subnetworks/a/b")).toHaveLength(2);
  expect(of("x/projects/hub/global/networks/shared", "x/projects/hub/regions/r/subnetworks/nodes")).toHaveLength(2);
});

test("all that is missing and all that is another cloud's is said at once", () => {
  expect(saidOf("gke", { network: { existing: { podsRanges: "pods", network: "shared", vpcId: undefined } } })).toEqual([
    "network.existing.podsRanges key: 'podsRanges' is not for this cloud; did you mean 'podsRange'?",
    "network.existing: an existing network also needs subnetwork, podsRange, servicesRange",
  ]);
});

test("of AKS's ranges those that an existing network lacks are said, and of other clouds none", () => {
  const lack = (field: string) =>
    `network.${field}: is missing: in an existing network the ${field} of AKS need a range of their own, outside of that network and of all that it is connected with`;
  const existing = { subnetId: ID };
  expect(saidOf("aks", { network: { existing, pods: RANGES.pods } })).toEqual([lack("services")]);
  expect(saidOf("aks", { network: { existing, services: RANGES.services } })).toEqual([lack("pods")]);
  expect(saidOf("gke", { network: { existing: GOOGLE } })).toEqual([]);
  expect(saidOf("aks", {})).toEqual([]);
});

const OF_THE_NETWORK = "network.egressAddresses: a network that exists has its NAT and the addresses of that: remove it";
const gateways = (count: number, needed: number) =>
  `network.egressAddresses: there are ${count} and ${needed} NAT gateways, which have an address each: give ${needed}, or another \`nat\``;
const address = (region: string) => `projects/p/regions/${region}/addresses/out`;
const publicIp = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/out";

test.each<[string, string, Data, string[]]>([
  ["an address for each zone", "eks", { egressAddresses: ["eipalloc-0a", "eipalloc-0b", "eipalloc-0c"] }, []],
  [
    "an address for each of two zones",
    "eks",
    { zones: ["eu-west-1a", "eu-west-1b"], egressAddresses: ["eipalloc-0a"] },
    [gateways(1, 2)],
  ],
  ["one address for one NAT gateway", "eks", { nat: "single", egressAddresses: ["eipalloc-0a"] }, []],
  [
    "two addresses for one NAT gateway",
    "eks",
    { nat: "single", egressAddresses: ["eipalloc-0a", "eipalloc-0b"] },
    [gateways(2, 1)],
  ],
  ["addresses in a VPC that exists", "eks", { existing: VPC, egressAddresses: ["eipalloc-0a"] }, [OF_THE_NETWORK]],
  [
    "addresses in a network of GKE that exists",
    "gke",
    { existing: GOOGLE, egressAddresses: [address("europe-west3")] },
    [OF_THE_NETWORK],
  ],
  [
    "addresses in a network of AKS that exists",
    "aks",
    { existing: { subnetId: ID }, ...RANGES, egressAddresses: [publicIp] },
    [],
  ],
  [
    "a second address that is none of Azure's",
    "aks",
    { egressAddresses: [publicIp, "out"] },
    [
      "network.egressAddresses.1: 'out' is no resource id of a public IP: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/publicIPAddresses/<name>",
    ],
  ],
  [
    "a second address of another region on GKE",
    "gke",
    { egressAddresses: [address("europe-west3"), address("europe-west1")] },
    [
      `network.egressAddresses.1: '${address("europe-west1")}' is no address in the cluster's region: projects/<project>/regions/europe-west3/addresses/<name>`,
    ],
  ],
])("egress: %s", (_what, name, network, problems) => {
  expect(saidOf(name, { network })).toEqual(problems);
});

test("a region whose zones nobody knows has no count of gateways", () => {
  expect(saidOf("eks", { region: "eu-west-99", network: { egressAddresses: ["eipalloc-0a"] } })).toEqual([]);
});

test("flow logs are of networks that are made here", () => {
  const aws = { flowLogs: { retentionDays: 30 } };
  expect(saidOf("eks", { aws, network: { existing: VPC } })).toEqual([
    "aws.flowLogs: a network that exists is logged by whoever owns it, once for all that is in it: remove it, or make the log there",
  ]);
  expect(saidOf("eks", { aws })).toEqual([]);
  expect(saidOf("eks", { network: { existing: VPC } })).toEqual([]);
});
