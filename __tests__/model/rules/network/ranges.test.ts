import type { Rule } from "../../../../model/problems/problem";
import { rangeOverlaps } from "../../../../model/rules/network/range-overlaps";
import { ranges } from "../../../../model/rules/network/ranges";
import { type Data, fleetWith, over } from "../../support";

const SOUND = fleetWith();

/** What a rule alone says where clusters of the sound fleet have more. */
const problemsOf = (rule: Rule, more: Data) =>
  rule({
    ...SOUND,
    clusters: SOUND.clusters.map((one) => over(one as never, (more[one.name] ?? {}) as Data) as never),
  });
const saidOf = (name: string, more: Data): readonly string[] =>
  problemsOf(ranges, { [name]: more }).map(({ path, message }) => `${path.slice(2).join(".")}: ${message}`);

const ID = { subnetId: "/subscriptions/s/x" };
const SHARED = { network: "shared" };
const room = (range: string, what: string, nodes: number, most: number) =>
  `${range} for ${what} has room for ${nodes} nodes, and the pools can grow to ${most} while they are upgraded: give a larger range, or lower \`max\``;

test.each<[string, string, Data, string[]]>([
  [
    "nodes on EKS",
    "eks",
    { network: { nodes: "10.1.0.0/20" } },
    ["network.nodes: on EKS nodes and pods share the subnets of the VPC: remove it"],
  ],
  [
    "nodes and pods on EKS, each",
    "eks",
    { network: { nodes: "10.1.0.0/20", pods: "10.9.0.0/16" } },
    [
      "network.nodes: on EKS nodes and pods share the subnets of the VPC: remove it",
      "network.pods: on EKS nodes and pods share the subnets of the VPC: remove it",
    ],
  ],
  [
    "two misspelt ranges, and nothing more",
    "gke",
    { network: { cidr: "x", nodes: "10.3.0.1/19", pods: "10.3.0.0/19" } },
    [
      "network.cidr: 'x' is no IPv4 range: four numbers to 255, and a prefix length to 32",
      "network.nodes: '10.3.0.1/19' has bits behind its prefix length: write 10.3.0.0/19",
    ],
  ],
  [
    "a misspelt control plane",
    "gke",
    { google: { controlPlaneCidr: "172.16.0.1/28" } },
    ["google.controlPlaneCidr: '172.16.0.1/28' has bits behind its prefix length: write 172.16.0.0/28"],
  ],
  ["a control plane of the right size", "gke", { google: { controlPlaneCidr: "172.16.0.0/28" } }, []],
  [
    "a control plane where the nodes are",
    "gke",
    { google: { controlPlaneCidr: "10.3.0.0/28" } },
    ["google.controlPlaneCidr: 10.3.0.0/28 for the control plane overlaps 10.3.0.0/19 for nodes: they must be apart"],
  ],
  [
    "a network of AKS without its range",
    "aks",
    { network: { cidr: undefined } },
    ["network.cidr: is missing: the range of the cluster's network, such as 10.10.0.0/16"],
  ],
  ["a small VPC that exists", "eks", { network: { cidr: "10.1.0.0/24", existing: { vpcId: "vpc-1" } } }, []],
  ["an existing network of GKE without ranges", "gke", { network: { cidr: undefined, existing: SHARED } }, []],
  [
    "services of AKS in an existing network",
    "aks",
    { network: { existing: ID, pods: "10.200.0.0/16", services: "10.2.0.0/20" } },
    ["network.services: 10.2.0.0/20 for services overlaps 10.2.0.0/16 for the network: they must be apart"],
  ],
  [
    "nodes of AKS in an existing network, which are a part of it",
    "aks",
    {
      network: { existing: ID, nodes: "10.2.0.0/20", pods: "10.200.0.0/16", services: "10.250.0.0/20" },
    },
    [],
  ],
  [
    "nodes of AKS where the whole network isn't known",
    "aks",
    {
      network: { cidr: undefined, existing: ID, nodes: "10.9.0.0/20", pods: "10.9.0.0/16", services: "10.250.0.0/20" },
    },
    ["network.pods: 10.9.0.0/16 for pods overlaps 10.9.0.0/20 for nodes: they must be apart"],
  ],
  [
    "nodes of GKE in an existing network of another range",
    "gke",
    {
      network: { existing: SHARED, nodes: "10.99.0.0/20", pods: "10.200.0.0/16", services: "10.250.0.0/20" },
    },
    [],
  ],
  ["services of AKS as large as it takes", "aks", { network: { services: "10.240.0.0/13" } }, []],
  [
    "services of AKS that are larger",
    "aks",
    { network: { services: "10.240.0.0/12" } },
    [expect.stringMatching(/^network\.services: 10\.240\.0\.0\/12 for services is a \/12, and AKS takes /) as never],
  ],
  [
    "services of GKE that are larger than it takes",
    "gke",
    { network: { services: "10.128.0.0/9" } },
    [expect.stringMatching(/^network\.services: 10\.128\.0\.0\/9 for services is a \/9, and GKE takes /) as never],
  ],
  ["nodes of AKS in just enough room", "aks", { network: { nodes: "10.2.0.0/27" } }, []],
  ["pods of AKS in just enough room", "aks", { network: { pods: "10.200.0.0/20" } }, []],
  [
    "nodes of GKE in too little room",
    "gke",
    { network: { nodes: "10.3.0.0/29" } },
    [
      expect.stringMatching(
        /^network\.nodes: 10\.3\.0\.0\/29 for nodes has room for 4 nodes, and the pools can grow to \d+ while/,
      ) as never,
    ],
  ],
])("ranges: %s", (_what, name, more, problems) => {
  expect(saidOf(name, more)).toEqual(problems);
});

test("nodes of AKS have room for what its own pool grows to as well", () => {
  expect(saidOf("aks", { network: { nodes: "10.2.0.0/28" } })).toEqual([
    `network.nodes: ${room("10.2.0.0/28", "nodes", 11, 12)}`,
  ]);
});

test("too little room in a VPC follows from its zones, and where all pools lack it, none is said by itself", () => {
  const pools = (spot: number) => ({ main: { max: 100 }, spot: { ...SOUND.clusters[0], max: spot, zones: ["eu-west-1b"] } });
  const [whole, ...more] = problemsOf(ranges, { eks: { network: { cidr: "10.1.0.0/20" }, pools: pools(78) } });
  expect(more).toEqual([]);
  expect(whole).toMatchObject({
    path: ["clusters", "eks", "network", "cidr"],
    because: [["clusters", "eks", "network", "zones"]],
  });
  expect(problemsOf(ranges, { eks: { network: { cidr: "10.1.0.0/20" }, pools: pools(60) } })).toEqual([
    expect.objectContaining({
      path: ["clusters", "eks", "pools", "spot", "max"],
      because: [["clusters", "eks", "network", "zones"]],
    }),
  ]);
});

test("an overlap is said at the later cluster, and follows from the earlier one's range", () => {
  expect(problemsOf(rangeOverlaps, { aks: { network: { cidr: "10.1.0.0/16" } } })).toMatchObject([
    { path: ["clusters", "aks", "network", "cidr"], because: [["clusters", "eks", "network", "cidr"]] },
  ]);
  expect(
    problemsOf(rangeOverlaps, {
      eks: { network: { cidr: "10.9.0.0/16" } },
      gke: { google: { controlPlaneCidr: "10.9.0.0/28" } },
    }),
  ).toMatchObject([
    { path: ["clusters", "gke", "google", "controlPlaneCidr"], because: [["clusters", "eks", "network", "cidr"]] },
  ]);
});

test("ranges that touch are apart, and one address in common is an overlap", () => {
  const cidrs = (eks: string, aks: string) =>
    problemsOf(rangeOverlaps, { eks: { network: { cidr: eks } }, aks: { network: { cidr: aks } } });
  expect(cidrs("10.8.0.0/24", "10.8.1.0/24")).toEqual([]);
  expect(cidrs("10.8.1.0/24", "10.8.0.0/24")).toEqual([]);
  expect(cidrs("10.8.0.0/24", "10.8.0.255/32")).toHaveLength(1);
  expect(cidrs("10.8.0.0/32", "10.8.0.0/24")).toHaveLength(1);
  expect(cidrs("0.0.0.0/0", "10.8.0.0/24")).toEqual([]);
});

test("a cluster's own ranges are held against each other by one rule alone", () => {
  const own = { gke: { network: { pods: "10.64.0.0/14", services: "10.64.0.0/20" } } };
  expect(problemsOf(rangeOverlaps, own)).toEqual([]);
  expect(problemsOf(ranges, own)).toHaveLength(1);
});
