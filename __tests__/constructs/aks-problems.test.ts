import type { AksClusterProps, AksPoolProps } from "../../constructs/clusters/aks";
import { SUBNET_ID, stackOf, unusual, usual, ZONE_ID } from "./aks-fixtures";

const pool = (change: AksPoolProps): Partial<AksClusterProps> => ({ pools: { main: {}, other: change } });
const taint = (key: string, value: string) => pool({ taints: [{ key, value, effect: "NoSchedule" }] });
const network = (change: AksClusterProps["network"]): Partial<AksClusterProps> => ({ network: change });

describe("an AKS cluster is refused before anything is written", () => {
  test.each<[string, Partial<AksClusterProps>, RegExp]>([
    ["a name with capitals", { name: "Toronto" }, /name: 'Toronto' .* lower-case letters/],
    ["a name too long for the DNS prefix", { name: "a".repeat(55) }, /has 55 characters: .* at most 54/],
    ["a patch version", { kubernetes: "1.36.2" }, /kubernetes: '1\.36\.2' is no minor version/],

    ["a public API without an allow-list", { api: {} }, /api\.allowFrom: a public API needs the ranges/],
    ["a private API with one", { api: { access: "private", allowFrom: ["203.0.113.0/24"] } }, /leave it out/],
    [
      "an allow-list of 201 ranges",
      { api: { allowFrom: Array(201).fill("203.0.113.0/24") } },
      /201 ranges are too many: at most 200/,
    ],
    ["an address without a mask", { api: { allowFrom: ["203.0.113.7"] } }, /'203\.0\.113\.7' is no IPv4 range/],
    [
      "a range with host bits",
      { api: { allowFrom: ["203.0.113.7/24"] } },
      /has bits behind its prefix length: write 203\.0\.113\.0\/24/,
    ],
    [
      "a private zone of another region",
      { api: { access: "private" }, privateDnsZone: ZONE_ID.replace("canadacentral", "canadaeast") },
      /neither System nor None nor the resource id of a zone privatelink\.canadacentral\.azmk8s\.io/,
    ],

    ["no ranges", network({}), /there is no cidr and not all of nodes, pods and services/],
    ["an existing network without its subnet", network({ existing: {} }), /network\.existing: it has no subnetId/],
    [
      "an existing network without ranges of pods",
      network({ existing: { subnetId: SUBNET_ID } }),
      /needs network\.pods and network\.services/,
    ],
    [
      "services inside an existing network",
      network({ existing: { subnetId: SUBNET_ID }, cidr: "10.0.0.0/16", pods: "10.244.0.0/16", services: "10.0.64.0/20" }),
      /network\.nodes: 10\.0\.0\.0\/16 overlaps network\.services 10\.0\.64\.0\/20/,
    ],
    [
      "pods over the services",
      network({ cidr: "10.30.0.0/16", pods: "10.30.0.0/17" }),
      /network\.pods: 10\.30\.0\.0\/17 overlaps|overlaps network\.pods 10\.30\.0\.0\/17/,
    ],
    [
      "a range that is none",
      network({ cidr: "10.30.0.0/16", pods: "999.1.1.1/16" }),
      /network\.pods: '999\.1\.1\.1\/16' is no IPv4 range/,
    ],
    ["services of a /12", network({ cidr: "10.30.0.0/16", services: "172.16.0.0/12" }), /is a \/12, and AKS takes \/13 to \/28/],
    [
      "pods for fewer nodes than the pools have",
      network({ cidr: "10.30.0.0/16", pods: "10.40.0.0/21" }),
      /room for 8 nodes, each with a \/24, and the pools can grow to 12/,
    ],
    [
      "a subnet for fewer nodes",
      network({ cidr: "10.30.0.0/16", nodes: "10.40.0.0/29" }),
      /network\.nodes: 10\.40\.0\.0\/29 for nodes has room for 3 nodes/,
    ],

    [
      "pools of spot alone",
      { pools: { main: { spot: true } } },
      /pools: cluster DNS and add-ons would have nowhere to run: .* not spot/,
    ],
    ["no pools", { pools: {} }, /pools: cluster DNS and add-ons would have nowhere to run: .* not spot/],
    [
      "more than one size",
      pool({ machines: ["Standard_D4ds_v5", "Standard_D4s_v5"] }),
      /machines: there are 2, and such a pool has one machine type/,
    ],
    ["min above max", pool({ min: 5, max: 4 }), /pools\.other\.min: 5 is above `max`, which is 4/],
    ["more nodes than a pool can have", pool({ max: 1001 }), /pools\.other\.max: 1001 is not from 1 to 1000/],
    ["too many pods for a node", pool({ maxPods: 251 }), /maxPods: 251 is not from 10 to 250/],
    ["a taint without a value", taint("gpu", ""), /taints: AKS wants a value for the taint 'gpu'/],
    ["a taint with a template", taint("gpu", "${x}"), /taints: '\$\{x\}' is no value for Kubernetes/],
    [
      "a zone by an AWS name",
      pool({ zones: ["ca-central-1a"] }),
      /zones: 'ca-central-1a' is none of the cluster's zones, which are 1, 2, 3/,
    ],
    ["a fourth zone", network({ cidr: "10.30.0.0/16", zones: ["4"] }), /zones: '4' is none of Azure's/],
    ["pools that hyphens alone keep apart", { pools: { "a-b": {}, ab: {} } }, /pools\.ab: 'ab' and 'a-b' are both 'ab' in AKS/],
    ["a pool called like AKS's own", { pools: { system: {} } }, /pools\.system: 'system' is the name of AKS's own pool/],
    ["a system pool without nodes", { systemPool: { min: 0 } }, /systemPool\.min: 0 is below 2/],
    ["a system pool of the B series", { systemPool: { machine: "Standard_B4ms" } }, /AKS takes no B series .* 'Standard_B4ms'/],
    ["a system pool of 2 vCPU", { systemPool: { machine: "Standard_D2ds_v5" } }, /nothing below 4 vCPU/],

    [
      "long-term support without its tier",
      { longTermSupport: true },
      /longTermSupport: long-term support needs `tier: Premium`, and this one is Standard/,
    ],
    ["logs kept for a week", { logRetentionDays: 7 }, /logRetentionDays: Log Analytics keeps logs for 30 to 730 days, not 7/],
    ["a window too short", { maintenance: { durationHours: 3 } }, /durationHours: 3 hours are not 4 to 24/],
    ["a window at 24 o'clock", { maintenance: { startHour: 24 } }, /startHour: 24 is no hour of the day/],
  ])("%s", (_, change, message) => {
    expect(() => stackOf(change)).toThrow(message);
  });

  test("with all that is wrong at once", () => {
    const change = { name: "X", kubernetes: "2", api: {}, longTermSupport: true };
    expect(() => stackOf(change)).toThrow(/^AKS cluster 'X':\n- name: .*\n- kubernetes: .*\n- api\..*\n- longTermSupport: .*$/);
  });
});

test("neither of the usual clusters is refused", () => {
  for (const props of [usual, unusual]) expect(() => stackOf(props)).not.toThrow();
});
