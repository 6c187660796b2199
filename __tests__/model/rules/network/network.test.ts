import { type Data, fleetWith, problemsWith } from "../../support";

const RESERVED = "which the service keeps for itself";
const ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes";
const OWN_VPC = { vpcId: "vpc-0a1b", privateSubnetIds: ["subnet-0a", "subnet-0b"], publicSubnetIds: ["subnet-0c", "subnet-0d"] };
const OWN_GOOGLE = { network: "shared", subnetwork: "nodes", podsRange: "pods", servicesRange: "services" };

const eks = (cluster: Data): Data => ({ clusters: { eks: cluster } });
const aks = (cluster: Data): Data => ({ clusters: { aks: cluster } });
const gke = (cluster: Data): Data => ({ clusters: { gke: cluster } });

const RANGES: [string, Data, string[]][] = [
  [
    "no range",
    eks({ network: { cidr: null } }),
    ["clusters.eks.network.cidr: is missing: the range of the cluster's network, such as 10.10.0.0/16"],
  ],
  [
    "host bits",
    eks({ network: { cidr: "10.1.5.0/16" } }),
    ["clusters.eks.network.cidr: '10.1.5.0/16' has bits behind its prefix length: write 10.1.0.0/16"],
  ],
  [
    "numbers that no address has",
    eks({ network: { cidr: "10.1.999.0/16" } }),
    ["clusters.eks.network.cidr: '10.1.999.0/16' is no IPv4 range: four numbers to 255, and a prefix length to 32"],
  ],
  [
    "a public range",
    gke({ network: { pods: "8.8.0.0/16" } }),
    [
      "clusters.gke.network.pods: '8.8.0.0/16' is not for private networks: take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
    ],
  ],
  [
    "a VPC that is too small",
    eks({ network: { cidr: "10.1.0.0/22" } }),
    ["clusters.eks.network.cidr: '10.1.0.0/22' is too small: /16 to /20; a /16 is right for most"],
  ],
  [
    "a VPC that is too large",
    eks({ network: { cidr: "10.0.0.0/15" } }),
    ["clusters.eks.network.cidr: '10.0.0.0/15' is too large: /16 to /20; a /16 is right for most"],
  ],
  [
    "ranges that EKS doesn't have",
    eks({ network: { pods: "10.9.0.0/16" } }),
    ["clusters.eks.network.pods: on EKS nodes and pods share the subnets of the VPC: remove it"],
  ],
  [
    "services inside the VPC",
    eks({ network: { services: "10.1.64.0/20" } }),
    ["clusters.eks.network.services: 10.1.64.0/20 for services overlaps 10.1.0.0/16 for the VPC: they must be apart"],
  ],
  [
    "services of a size that EKS refuses",
    eks({ network: { services: "172.20.0.0/26" } }),
    ["clusters.eks.network.services: 172.20.0.0/26 for services is a /26, and EKS takes /12 to /24"],
  ],
  [
    "services where EKS wants none",
    eks({ network: { services: "100.64.0.0/16" } }),
    ["clusters.eks.network.services: EKS takes services from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, not 100.64.0.0/16"],
  ],
  [
    "pods where the nodes are",
    gke({ network: { pods: "10.3.0.0/18" } }),
    [
      "clusters.gke.network.services: 10.3.32.0/20 for services overlaps 10.3.0.0/18 for pods: they must be apart",
      "clusters.gke.network.pods: 10.3.0.0/18 for pods overlaps 10.3.0.0/19 for nodes: they must be apart",
    ],
  ],
  [
    "pods where Azure's API server goes",
    aks({ network: { pods: "10.2.48.0/20" } }),
    ["clusters.aks.network.cidr: 10.2.48.0/20 for API server and data overlaps 10.2.48.0/20 for pods: they must be apart"],
  ],
  [
    "a range that AKS reserves",
    aks({ network: { services: "172.31.0.0/20" } }),
    [`clusters.aks.network.services: 172.31.0.0/20 for services overlaps 172.31.0.0/16, ${RESERVED}`],
  ],
  [
    "a range that GKE's nodes use",
    gke({ network: { services: "172.17.0.0/20" } }),
    [`clusters.gke.network.services: 172.17.0.0/20 for services overlaps 172.17.0.0/16, ${RESERVED}`],
  ],
  [
    "a control plane of another size",
    gke({ google: { controlPlaneCidr: "172.16.0.0/24" } }),
    ["clusters.gke.google.controlPlaneCidr: 172.16.0.0/24 for the control plane is a /24, and GKE takes a /28"],
  ],
  [
    "AKS's nodes outside of the cluster's range",
    aks({ network: { nodes: "10.22.0.0/20" } }),
    [
      "clusters.aks.network.nodes: 10.22.0.0/20 is outside of 10.2.0.0/16, the range of the whole network: nodes have addresses of it, and what is connected to the cluster goes by it; take a part of 10.2.0.0/16, or another `cidr`",
    ],
  ],
  [
    "GKE's nodes outside of the cluster's range",
    gke({ network: { nodes: "10.33.0.0/20" } }),
    [
      "clusters.gke.network.nodes: 10.33.0.0/20 is outside of 10.3.0.0/16, the range of the whole network: nodes have addresses of it, and what is connected to the cluster goes by it; take a part of 10.3.0.0/16, or another `cidr`",
    ],
  ],
  [
    "too few addresses for AKS's pods",
    aks({ network: { pods: "10.200.0.0/21" } }),
    [
      "clusters.aks.network.pods: 10.200.0.0/21 for pods has room for 8 nodes, each with a /24, and the pools can grow to 12 while they are upgraded: give a larger range, or lower `max`",
    ],
  ],
  [
    "too few addresses for AKS's nodes",
    aks({ network: { nodes: "10.2.0.0/28" } }),
    [
      "clusters.aks.network.nodes: 10.2.0.0/28 for nodes has room for 11 nodes, and the pools can grow to 12 while they are upgraded: give a larger range, or lower `max`",
    ],
  ],
  [
    "too few addresses for EKS's nodes",
    eks({ network: { cidr: "10.1.0.0/20" }, pools: { main: { max: 100 }, spot: { spot: true, max: 78 } } }),
    [
      "clusters.eks.network.cidr: the pools can grow to 178 nodes, and there is room for 177 in the private subnets 10.1.0.0/22 (1024 addresses), 10.1.4.0/22 (1024 addresses), 10.1.8.0/22 (1024 addresses): five of each are AWS's, and a node takes 17, its own and a block of 16 for pods; give a larger `cidr`, or lower `max`",
    ],
  ],
  [
    "too few addresses for EKS's nodes of one zone",
    eks({ network: { cidr: "10.1.0.0/20" }, pools: { main: {}, spot: { spot: true, max: 60, zones: ["eu-west-1b"] } } }),
    [
      "clusters.eks.pools.spot.max: the pool can grow to 60 nodes, and there is room for 59 in the private subnets 10.1.4.0/22 (1024 addresses): five of each are AWS's, and a node takes 17, its own and a block of 16 for pods; give a larger `cidr`, or lower `max`",
    ],
  ],
  [
    "too few addresses for GKE's pods",
    gke({ network: { pods: "10.200.0.0/22" } }),
    [
      "clusters.gke.network.pods: 10.200.0.0/22 for pods has 1024 addresses, and the pools can grow to nodes that take 1792 (each twice its maxPods, as a power of two): give a larger range, or lower `max` or `maxPods`",
    ],
  ],
];

test.each(RANGES)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

const ROOMY: [string, Data][] = [
  ["as many nodes as the smallest VPC has room for", { network: { cidr: "10.1.0.0/20" }, pools: { main: { max: 177 } } }],
  ["as many of one zone", { network: { cidr: "10.1.0.0/20" }, pools: { main: {}, one: { max: 59, zones: ["eu-west-1c"] } } }],
  ["a thousand nodes in a /16", { pools: { main: { max: 1000 } } }],
  [
    "a thousand nodes in an existing VPC, whose subnets have sizes of their own",
    { network: { cidr: "10.1.0.0/20", existing: OWN_VPC }, pools: { main: { max: 1000 } } },
  ],
];

test.each(ROOMY)("on EKS %s are fine", (_what, cluster) => {
  expect(() => fleetWith(eks(cluster))).not.toThrow();
});

const EXISTING: [string, Data, string[]][] = [
  [
    "a VPC by its name",
    eks({ network: { existing: { ...OWN_VPC, vpcId: "main" } } }),
    ["clusters.eks.network.existing.vpcId: 'main' is not spelt as vpcId is, for instance vpc-0a1b2c3d"],
  ],
  [
    "a VPC without public subnets",
    eks({ network: { existing: { ...OWN_VPC, publicSubnetIds: undefined } } }),
    ["clusters.eks.network.existing: an existing network also needs publicSubnetIds"],
  ],
  [
    "a field of another cloud",
    eks({ network: { existing: { ...OWN_VPC, subnetwork: "x" } } }),
    [
      "clusters.eks.network.existing.subnetwork: 'subnetwork' is not for this cloud; it has: vpcId, privateSubnetIds, publicSubnetIds",
    ],
  ],
  [
    "an Azure subnet without ranges for pods and services",
    aks({ network: { cidr: null, existing: { subnetId: ID } } }),
    [
      "clusters.aks.network.pods: is missing: in an existing network the pods of AKS need a range of their own, outside of that network and of all that it is connected with",
      "clusters.aks.network.services: is missing: in an existing network the services of AKS need a range of their own, outside of that network and of all that it is connected with",
    ],
  ],
  [
    "an Azure network that pods would overlap",
    aks({ network: { existing: { subnetId: ID }, pods: "10.2.128.0/17", services: "10.250.0.0/20" } }),
    ["clusters.aks.network.pods: 10.2.128.0/17 for pods overlaps 10.2.0.0/16 for the network: they must be apart"],
  ],
  [
    "an AWS network without its range",
    eks({ network: { cidr: null, existing: OWN_VPC } }),
    ["clusters.eks.network.cidr: is missing: the range of the cluster's network, such as 10.10.0.0/16"],
  ],
  [
    "zones of a pool where the subnets decide",
    eks({ network: { existing: OWN_VPC }, pools: { main: { zones: ["eu-west-1a"] } } }),
    ["clusters.eks.pools.main.zones: in an existing VPC the subnets decide on the zones: remove `zones` from the pool"],
  ],
];

test.each(EXISTING)("existing networks: %s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test("existing networks that are named in full are taken on every cloud", () => {
  expect(() =>
    fleetWith({
      clusters: {
        eks: { network: { cidr: "10.1.0.0/14", existing: OWN_VPC } },
        aks: { network: { cidr: "10.20.0.0/16", existing: { subnetId: ID }, pods: "10.244.0.0/16", services: "10.250.0.0/20" } },
        gke: { network: { cidr: null, existing: OWN_GOOGLE } },
      },
    }),
  ).toThrow("clusters.eks.network.cidr: '10.1.0.0/14' has bits behind its prefix length: write 10.0.0.0/14");
  expect(() =>
    fleetWith({
      clusters: {
        eks: { network: { existing: OWN_VPC } },
        aks: { network: { existing: { subnetId: ID }, pods: "10.244.0.0/16", services: "10.250.0.0/20" } },
        gke: { network: { cidr: null, existing: OWN_GOOGLE } },
      },
    }),
  ).not.toThrow();
});

const ZONES: [string, Data, string[]][] = [
  [
    "a zone of another region",
    eks({ network: { zones: ["eu-west-1a", "eu-west-2b"] } }),
    ["clusters.eks.network.zones[1]: 'eu-west-2b' is no zone of eu-west-1; they are called eu-west-1a, eu-west-1b, eu-west-1c"],
  ],
  [
    "one zone for EKS",
    eks({ network: { zones: ["eu-west-1a"] } }),
    ["clusters.eks.network.zones: EKS needs at least two zones, for instance eu-west-1a and eu-west-1b"],
  ],
  [
    "more zones than the range has room for",
    eks({ region: "us-east-1", network: { zones: ["a", "b", "c", "d", "f"].map((letter) => `us-east-1${letter}`) } }),
    ["clusters.eks.network.zones: 5 zones are too many: the range of a cluster has room for 4"],
  ],
  [
    "a region newer than the catalogue without zones",
    eks({ region: "eu-west-9", location: { latitude: 1, longitude: 1, country: "FR", continent: "EU" } }),
    ["clusters.eks.network.zones: the zones of eu-west-9, which is not known here, can't be known either: name them"],
  ],
  [
    "us-west-1 without zones",
    eks({ region: "us-west-1" }),
    [
      "clusters.eks.network.zones: us-west-1 gives each account two of its zones us-west-1a, us-west-1b, us-west-1c: name the two of this account",
    ],
  ],
  [
    "Azure's zone 4",
    aks({ network: { zones: ["1", "4"] } }),
    ["clusters.aks.network.zones[1]: '4' is no zone of uksouth; they are called 1, 2, 3"],
  ],
  [
    "zones where Azure has none",
    aks({ region: "ukwest", network: { zones: ["1"] } }),
    ["clusters.aks.network.zones: ukwest has no availability zones: remove `zones`"],
  ],
  [
    "a pool outside of its cluster's zones",
    gke({ network: { zones: ["europe-west3-a", "europe-west3-b"] }, pools: { main: { zones: ["europe-west3-c"] } } }),
    [
      "clusters.gke.pools.main.zones[0]: 'europe-west3-c' is none of the cluster's zones, which are europe-west3-a, europe-west3-b",
    ],
  ],
  [
    "a zone twice",
    gke({ network: { zones: ["europe-west3-a", "europe-west3-a"] } }),
    ["clusters.gke.network.zones[1]: 'europe-west3-a' stands here already, at place 1 of the list"],
  ],
];

test.each(ZONES)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});
