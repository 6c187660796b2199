import { type Data, fleetWith, problemsWith } from "../../support";

const eks = (cluster: Data): Data => ({ clusters: { eks: cluster } });
const aks = (cluster: Data): Data => ({ clusters: { aks: cluster } });
const gke = (cluster: Data): Data => ({ clusters: { gke: cluster } });

const LABEL =
  "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, and before it perhaps a domain and '/'";

const EQUAL =
  "of 'm6i.xlarge', the first of the pool, and the cluster autoscaler counts on equal nodes: take machines of one size and kind, or make a pool of each";

const POOLS: [string, Data, string[]][] = [
  ["min above max", eks({ pools: { main: { min: 7 } } }), ["clusters.eks.pools.main.min: 7 is above `max`, which is 6"]],
  [
    "a machine of the other architecture",
    eks({ pools: { main: { machines: ["m6i.large", "m7g.large"] } } }),
    [
      "clusters.eks.pools.main.machines[1]: 'm7g.large' is an arm64 machine and the pool is amd64: take another machine, for instance 'm6i.xlarge', or write `architecture: arm64`",
    ],
  ],
  [
    "another cloud's machine",
    gke({ pools: { main: { machines: ["m6i.large"] } } }),
    ["clusters.gke.pools.main.machines[0]: 'm6i.large' is not spelt as this cloud's machines are, for instance 'e2-standard-4'"],
  ],
  [
    "a machine that runs macOS",
    eks({ pools: { extra: { machines: ["mac2-m2.metal"], architecture: "arm64", min: 1, max: 1 } } }),
    [
      `clusters.eks.pools.extra.machines: 'mac2-m2.metal' runs macOS alone (EC2 docs, "Amazon EC2 Mac instances"), and nodes of EKS run Linux: take another machine`,
    ],
  ],
  ...["dl1.24xlarge", "dl2q.24xlarge", "vt1.3xlarge", "f1.2xlarge", "f2.6xlarge"].map((machine): [string, Data, string[]] => [
    `${machine}, whose accelerator has no image`,
    eks({ pools: { extra: { machines: [machine], min: 1, max: 1 } } }),
    [
      `clusters.eks.pools.extra.machines: EKS has no image with the drivers of '${machine}': take a machine with GPUs of NVIDIA (g6.xlarge) or with AWS's own accelerators (inf2.xlarge)`,
    ],
  ]),
  ...["Standard_NV4as_v4", "Standard_NP10s", "Standard_NG8ads_V620_v1", "Standard_ND96is_MI300X_v5"].map(
    (machine): [string, Data, string[]] => [
      `${machine}, for which AKS installs no drivers`,
      aks({ pools: { extra: { machines: [machine], min: 1, max: 1 } } }),
      [
        `clusters.aks.pools.extra.machines: AKS installs no drivers for '${machine}', whose accelerator isn't NVIDIA's: take another size, such as Standard_NC4as_T4_v3`,
      ],
    ],
  ),
  [
    "several machines on GKE",
    gke({ pools: { main: { machines: ["e2-standard-4", "n2-standard-4"] } } }),
    ["clusters.gke.pools.main.machines: a pool of GKE has one machine type, and 2 are given: make a pool of each"],
  ],
  [
    "too few pods for AKS",
    aks({ pools: { main: { maxPods: 8 } } }),
    ["clusters.aks.pools.main.maxPods: 8 is not from 10 to 250"],
  ],
  [
    "more pods than EKS puts on a machine of that size",
    eks({ pools: { main: { min: 2, max: 2, maxPods: 111, machines: ["m6i.8xlarge", "m6i.4xlarge"] } } }),
    ["clusters.eks.pools.main.maxPods: 111 is above 110, EKS's limit for machines below 30 vCPU such as m6i.4xlarge"],
  ],
  [
    "machines of unequal size on EKS",
    eks({ pools: { main: {}, spot: { spot: true, machines: ["m6i.xlarge", "m6a.xlarge", "m5.2xlarge", "m5.large"] } } }),
    [
      `clusters.eks.pools.spot.machines[2]: 'm5.2xlarge' has not the vCPU ${EQUAL}`,
      `clusters.eks.pools.spot.machines[3]: 'm5.large' has not the vCPU ${EQUAL}`,
    ],
  ],
  [
    "machines with unequal memory on EKS",
    eks({ pools: { main: {}, spot: { spot: true, machines: ["m6i.xlarge", "c6i.xlarge", "r6id.xlarge"] } } }),
    [
      `clusters.eks.pools.spot.machines[1]: 'c6i.xlarge' has not the memory ${EQUAL}`,
      `clusters.eks.pools.spot.machines[2]: 'r6id.xlarge' has not the memory ${EQUAL}`,
    ],
  ],
  [
    "too small a disk for AKS",
    aks({ pools: { main: { diskGib: 20 } } }),
    ["clusters.aks.pools.main.diskGib: 20 GiB are too little: at least 30"],
  ],
  [
    "pools that are one in AKS",
    aks({ pools: { main: {}, "big-one": {}, bigone: {} } }),
    ["clusters.aks.pools.bigone: 'bigone' and 'big-one' are both 'bigone' in AKS, which knows no hyphens: rename one"],
  ],
  [
    "the name of AKS's own pool",
    aks({ pools: { main: {}, system: {} } }),
    ["clusters.aks.pools.system: 'system' is the name of AKS's own pool (azure.systemPool): choose another"],
  ],
  [
    "spot nodes alone on AKS",
    aks({ pools: { main: { spot: true } } }),
    [
      "clusters.aks.pools: cluster DNS and add-ons would have nowhere to run: at least one pool needs `min` of 1 or more, not spot, and no taints",
    ],
  ],
  [
    "tainted nodes alone",
    eks({ pools: { main: { taints: [{ key: "dedicated", value: "db", effect: "NoSchedule" }] } } }),
    [
      "clusters.eks.pools: cluster DNS and add-ons would have nowhere to run: at least one pool needs `min` of 1 or more and no taints",
    ],
  ],
  [
    "a B series machine for AKS's own pods",
    aks({ azure: { systemPool: { machine: "Standard_B4ms" } } }),
    [
      "clusters.aks.azure.systemPool.machine: AKS takes no B series and nothing below 4 vCPU for its own pods, and this is 'Standard_B4ms': take 'Standard_D4ds_v5'",
    ],
  ],
  [
    "a small machine for AKS's own pods, more of them at least than at most",
    aks({ azure: { systemPool: { machine: "Standard_D2ds_v5", min: 4 } } }),
    [
      "clusters.aks.azure.systemPool.machine: AKS takes no B series and nothing below 4 vCPU for its own pods, and this is 'Standard_D2ds_v5': take 'Standard_D4ds_v5'",
      "clusters.aks.azure.systemPool.min: 4 is above `max`, which is 3",
    ],
  ],
  [
    "one node for AKS's own pods",
    aks({ azure: { systemPool: { min: 1 } } }),
    ["clusters.aks.azure.systemPool.min: 1 is not valid: at least 2, which AKS wants for its own pods"],
  ],
  [
    "a misspelt category of AKS's logs",
    aks({ azure: { logCategories: ["guard", "kube-audit-admins"] } }),
    ["clusters.aks.azure.logCategories[1]: 'kube-audit-admins' is not allowed; did you mean 'kube-audit-admin'?"],
  ],
  [
    "a label of Kubernetes' own",
    gke({ pools: { main: { labels: { "node.kubernetes.io/x": "y" } } } }),
    [
      "clusters.gke.pools.main.labels[\"node.kubernetes.io/x\"]: 'node.kubernetes.io' belongs to Kubernetes and the clouds: take a domain of your own",
    ],
  ],
  [
    "a label with a space",
    gke({ pools: { main: { labels: { "my label": "x" } } } }),
    [`clusters.gke.pools.main.labels["my label"]: 'my label' is no key for Kubernetes: ${LABEL}`],
  ],
  [
    "a taint without value on AKS",
    aks({ pools: { main: {}, other: { taints: [{ key: "a", effect: "NoExecute" }] } } }),
    ["clusters.aks.pools.other.taints[0]: AKS wants a value for the taint 'a', for instance 'true'"],
  ],
  [
    "a taint twice",
    eks({
      pools: {
        main: {},
        db: {
          taints: [
            { key: "a", effect: "NoExecute" },
            { key: "a", value: "b", effect: "NoExecute" },
          ],
        },
      },
    }),
    ["clusters.eks.pools.db.taints[1]: the taint 'a' with NoExecute stands here twice"],
  ],
];

const TAGS: [string, Data, string[]][] = [
  ["a tag of Meridian's", { tags: { Cluster: "x" } }, ["tags.Cluster: the tag 'Cluster' is set by Meridian: choose another"]],
  [
    "tags that are one in Azure",
    { tags: { team: "a", Team: "b" } },
    ["tags.Team: 'Team' and 'team' are the same tag to Azure or Google Cloud: rename one"],
  ],
  [
    "a cluster's tag that is another's in Azure",
    { tags: { team: "a" }, clusters: { aks: { tags: { Team: "b" } } } },
    [
      "clusters.aks.tags.Team: 'Team' and the fleet's 'team' are the same tag to Azure or Google Cloud: spell them alike, or rename one",
    ],
  ],
  [
    "a tag that Azure refuses",
    aks({ tags: { "a<b": "x" } }),
    [
      "clusters.aks.tags[\"a<b\"]: 'a<b' can't be the name of a tag on AWS: 1 to 128 letters, digits, spaces and _.:/=+-@, not starting with aws:",
      "clusters.aks.tags[\"a<b\"]: 'a<b' can't be the name of a tag on Azure: 1 to 512 characters without < > % & \\ ? /",
    ],
  ],
  [
    "a value that AWS refuses",
    eks({ tags: { owner: "me & you" } }),
    ["clusters.eks.tags.owner: 'me & you' can't be the value of a tag on AWS: at most 256 letters, digits, spaces and _.:/=+-@"],
  ],
  [
    "more tags than Azure takes",
    aks({ tags: Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`tag${index}`, "x"])) }),
    ["clusters.aks.tags: 14 tags, the fleet's included, are too many for Azure: at most 13 besides Meridian's own"],
  ],
];

test.each([...POOLS, ...TAGS])("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

test("values in lists of machines, taints and labels that clouds take are taken", () => {
  expect(() =>
    fleetWith({
      tags: { team: "platform" },
      clusters: {
        eks: {
          pools: { main: {}, arm: { architecture: "arm64", spot: true, machines: ["m6g.large", "m7g.large", "m6gd.large"] } },
        },
        aks: { pools: { main: {}, spot: { spot: true, min: 0, labels: { "example.com/kind": "batch" } } } },
        gke: {
          pools: { main: { architecture: "arm64" }, spot: { spot: true, taints: [{ key: "batch", effect: "NoSchedule" }] } },
        },
      },
    }),
  ).not.toThrow();
});

test.each([
  ["two nodes, neither more nor fewer, for AKS's own pods", { systemPool: { min: 2, max: 2 } }],
  ["other logs of AKS", { logCategories: ["kube-audit", "csi-azuredisk-controller", "karpenter-events"] }],
  ["no logs of AKS", { logCategories: [] }],
])("%s are taken", (_what, azure) => {
  expect(() => fleetWith(aks({ azure }))).not.toThrow();
});

test.each([
  ["of one size and kind", { machines: ["m7i.xlarge", "m6i.xlarge", "m7a.xlarge", "m7i-flex.xlarge"] }, {}],
  ["whose names tell too little", { machines: ["i4i.xlarge", "i3en.xlarge", "m5.metal", "t3.medium"] }, {}],
  ["of unequal size in a pool that nobody scales", { min: 3, max: 3, machines: ["m6i.xlarge", "m6i.2xlarge"] }, {}],
  [
    "of unequal size without the cluster autoscaler",
    { machines: ["m6i.xlarge", "c6i.2xlarge"] },
    { clusterAutoscaler: { enabled: false } },
  ],
])("machines %s may share a spot pool of EKS", (_what, pool, addons) => {
  expect(() => fleetWith(eks({ pools: { main: {}, spot: { spot: true, ...pool } }, addons }))).not.toThrow();
});

test("a first machine that is no text is not held against the others", () => {
  expect(problemsWith(eks({ pools: { main: { machines: [{}, "m6i.2xlarge"] } } }))).toEqual([
    expect.stringContaining("clusters.eks.pools.main.machines[0]: "),
  ]);
});
