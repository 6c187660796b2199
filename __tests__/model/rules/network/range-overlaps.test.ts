import { rangeOverlaps } from "../../../../model/rules/network/range-overlaps";
import { type Data, fleetWith, problemsWith } from "../../support";

const eks = (cluster: Data): Data => ({ clusters: { eks: cluster } });
const aks = (cluster: Data): Data => ({ clusters: { aks: cluster } });
const gke = (cluster: Data): Data => ({ clusters: { gke: cluster } });

/** More clusters behind eks (10.1.0.0/16), aks (10.2.0.0/16) and gke (10.3.0.0/16). */
const moreEks = (network: Data): Data => ({ cloud: "aws", region: "eu-west-2", network: { cidr: "10.5.0.0/16", ...network } });
const moreAks = (network: Data): Data => ({ cloud: "azure", region: "ukwest", network: { cidr: "10.6.0.0/16", ...network } });
const moreGke = (network: Data, google: Data = {}): Data => ({
  cloud: "google",
  region: "europe-west1",
  network: { cidr: "10.7.0.0/16", ...network },
  google,
});

const vpc = (network: string): Data => ({ network, subnetwork: "nodes", podsRange: "pods", servicesRange: "services" });

const blind = (cluster: string, other: string, what: string) =>
  `from inside of '${cluster}' nothing there in '${other}' could be reached; such a range may repeat that of another cluster's ${what}, and must stay out of its network`;
const PEERS = "on GKE services are a range of the VPC, and VPCs that share addresses can't be peered";
const DEFAULT = "172.20.0.0/16, which EKS's services have where `network.services` says no other,";

const OVERLAPS: [string, Data, string[]][] = [
  [
    "two clusters on one range",
    aks({ network: { cidr: "10.1.0.0/16" } }),
    ["clusters.aks.network.cidr: 10.1.0.0/16 overlaps 10.1.0.0/16 of cluster 'eks': clusters must not share addresses"],
  ],
  [
    "a cluster inside of another, wherever they stand",
    eks({ network: { cidr: "10.3.16.0/20" } }),
    ["clusters.gke.network.cidr: 10.3.0.0/16 overlaps 10.3.16.0/20 of cluster 'eks': clusters must not share addresses"],
  ],
  [
    "pods of GKE in another cluster's range",
    gke({ network: { pods: "10.1.128.0/17" } }),
    ["clusters.gke.network.pods: 10.1.128.0/17 overlaps 10.1.0.0/16 of cluster 'eks': clusters must not share addresses"],
  ],
  [
    "one pair, though their nodes overlap as well",
    {
      clusters: {
        aks: { network: { cidr: "10.3.0.0/16", nodes: "10.3.0.0/19" } },
        gke: { network: { nodes: "10.3.0.0/18", pods: "10.3.128.0/18", services: "10.3.64.0/20" } },
      },
    },
    ["clusters.gke.network.cidr: 10.3.0.0/16 overlaps 10.3.0.0/16 of cluster 'aks': clusters must not share addresses"],
  ],
  [
    "each pair of three clusters on one range",
    { clusters: { aks: { network: { cidr: "10.1.0.0/16" } }, gke: { network: { cidr: "10.1.0.0/16" } } } },
    [
      "clusters.aks.network.cidr: 10.1.0.0/16 overlaps 10.1.0.0/16 of cluster 'eks': clusters must not share addresses",
      "clusters.gke.network.cidr: 10.1.0.0/16 overlaps 10.1.0.0/16 of cluster 'eks': clusters must not share addresses",
      "clusters.gke.network.cidr: 10.1.0.0/16 overlaps 10.1.0.0/16 of cluster 'aks': clusters must not share addresses",
    ],
  ],
  [
    "an overlay of AKS in another cluster's network",
    aks({ network: { pods: "10.1.128.0/17" } }),
    [
      `clusters.aks.network.pods: 10.1.128.0/17 for pods overlaps 10.1.0.0/16 of cluster 'eks': ${blind("aks", "eks", "overlay")}`,
    ],
  ],
  [
    "an overlay of AKS around another cluster's network, which comes later",
    aks({ network: { pods: "10.0.0.0/14", cidr: "10.20.0.0/16" } }),
    [
      `clusters.aks.network.pods: 10.0.0.0/14 for pods overlaps 10.1.0.0/16 of cluster 'eks': ${blind("aks", "eks", "overlay")}`,
      `clusters.gke.network.cidr: 10.3.0.0/16 overlaps 10.0.0.0/14 for pods of cluster 'aks': ${blind("aks", "gke", "overlay")}`,
    ],
  ],
  [
    "services of AKS in GKE's pods",
    { clusters: { gke: { network: { pods: "10.64.0.0/14" } }, more: moreAks({ services: "10.65.0.0/20" }) } },
    [
      `clusters.more.network.services: 10.65.0.0/20 for services overlaps 10.64.0.0/14 of cluster 'gke': ${blind("more", "gke", "services")}`,
    ],
  ],
  [
    "services of EKS in another cluster's network",
    eks({ network: { services: "10.2.16.0/20" } }),
    [
      `clusters.aks.network.cidr: 10.2.0.0/16 overlaps 10.2.16.0/20 for services of cluster 'eks': ${blind("eks", "aks", "services")}`,
    ],
  ],
  [
    "a network on the range that EKS's services have by default",
    aks({ network: { cidr: "172.20.0.0/16" } }),
    [`clusters.aks.network.cidr: 172.20.0.0/16 overlaps ${DEFAULT} of cluster 'eks': ${blind("eks", "aks", "services")}`],
  ],
  [
    "an EKS cluster with services by default after a network on their range",
    {
      clusters: {
        gke: { network: { cidr: "172.20.0.0/18" } },
        eks: { network: { services: "10.96.0.0/16" } },
        more: moreEks({}),
      },
    },
    [`clusters.more.network.services: ${DEFAULT} overlaps 172.20.0.0/18 of cluster 'gke': ${blind("more", "gke", "services")}`],
  ],
  [
    "services of GKE in another cluster's network",
    gke({ network: { services: "10.2.0.0/20" } }),
    [`clusters.gke.network.services: 10.2.0.0/20 for services overlaps 10.2.0.0/16 of cluster 'aks': ${PEERS}`],
  ],
  [
    "services that two GKE clusters share",
    {
      clusters: {
        gke: { network: { services: "10.96.0.0/20" } },
        more: moreGke({ services: "10.96.0.0/20" }),
      },
    },
    [`clusters.more.network.services: 10.96.0.0/20 for services overlaps 10.96.0.0/20 for services of cluster 'gke': ${PEERS}`],
  ],
  [
    "a control plane of GKE in another cluster's network",
    gke({ google: { controlPlaneCidr: "10.1.255.0/28" } }),
    [
      `clusters.gke.google.controlPlaneCidr: 10.1.255.0/28 for the control plane overlaps 10.1.0.0/16 of cluster 'eks': ${blind("gke", "eks", "control plane")}`,
    ],
  ],
  [
    "a control plane of two GKE clusters in one VPC",
    {
      clusters: {
        gke: { network: { cidr: null, existing: vpc("shared") }, google: { controlPlaneCidr: "172.16.0.0/28" } },
        more: moreGke({ cidr: null, existing: vpc("shared") }, { controlPlaneCidr: "172.16.0.0/28" }),
      },
    },
    [
      "clusters.more.google.controlPlaneCidr: 172.16.0.0/28 for the control plane overlaps 172.16.0.0/28 for the control plane of cluster 'gke': in one VPC each cluster's control plane has a range of its own",
    ],
  ],
];

test.each(OVERLAPS)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

const APART: [string, Data][] = [
  [
    "pods of AKS overlays on one range",
    { aks: { network: { pods: "10.244.0.0/16" } }, more: moreAks({ pods: "10.244.0.0/16" }) },
  ],
  [
    "services on one range on EKS and AKS",
    {
      eks: { network: { services: "10.96.0.0/16" } },
      aks: { network: { services: "10.96.0.0/20" } },
      more: moreAks({ services: "10.96.0.0/20" }),
      again: moreEks({ services: "10.96.0.0/16" }),
    },
  ],
  ["the services of two EKS clusters by default", { more: moreEks({}) }],
  [
    "services of one GKE cluster on the range of EKS's and AKS's",
    { aks: { network: { services: "172.20.0.0/20" } }, gke: { network: { services: "172.20.0.0/20" } } },
  ],
  [
    "an overlay on the range of another cluster's services",
    { aks: { network: { pods: "10.96.0.0/16" } }, more: moreAks({ services: "10.96.0.0/20" }) },
  ],
  [
    "control planes of two GKE clusters on one range, each in a VPC of its own",
    { gke: { google: { controlPlaneCidr: "172.16.0.0/28" } }, more: moreGke({}, { controlPlaneCidr: "172.16.0.0/28" }) },
  ],
  [
    "control planes of two GKE clusters on one range, in two existing VPCs",
    {
      gke: { network: { cidr: null, existing: vpc("shared") }, google: { controlPlaneCidr: "172.16.0.0/28" } },
      more: moreGke({ cidr: null, existing: vpc("other") }, { controlPlaneCidr: "172.16.0.0/28" }),
    },
  ],
  ["networks side by side", { eks: { network: { cidr: "10.0.0.0/17" } }, aks: { network: { cidr: "10.0.128.0/17" } } }],
];

test.each(APART)("%s are fine", (_what, clusters) => {
  expect(() => fleetWith({ clusters })).not.toThrow();
});

test("services that are misspelt are not taken for EKS's default", () => {
  expect(
    problemsWith({ clusters: { eks: { network: { services: "none" } }, aks: { network: { cidr: "172.20.0.0/16" } } } }),
  ).toEqual([expect.stringContaining("clusters.eks.network.services: ")]);
});

test("a thousand clusters that repeat overlays and services are compared in no time", () => {
  const fleet = fleetWith();
  const one = fleet.clusters.find((cluster) => cluster.cloud === "azure")!;
  const clusters = Array.from({ length: 1000 }, (_, index) => ({
    ...one,
    name: `c${index}`,
    network: {
      ...one.network,
      cidr: `10.${index >> 4}.${(index & 15) * 16}.0/20`,
      pods: "172.16.0.0/14",
      services: "192.168.0.0/20",
    },
  }));
  const start = performance.now();
  expect(rangeOverlaps({ ...fleet, clusters })).toEqual([]);
  expect(performance.now() - start).toBeLessThan(4000);
});
