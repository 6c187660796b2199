import { AWS_MAX_ZONES, awsLayout } from "../../derived/addresses";
import { contains, prefixLength, size } from "../../derived/cidr";
import { clusterZones } from "../../derived/zones";
import type { Problem } from "../../problems/problem";
import type { AwsCluster, AzureCluster, GoogleCluster, MadeCluster } from "../../schema/cluster";
import { inCluster } from "../clusters";
import type { NamedRange } from "./ranges";

/** Whether each range has room for what the pools can grow to, and is of a size that the cloud takes. */
export function roomProblems(cluster: MadeCluster, parts: readonly NamedRange[]): readonly Problem[] {
  const part = (what: string) => parts.find((named) => named.what === what);
  switch (cluster.cloud) {
    case "aws":
      return [...awsRoom(cluster), ...serviceProblems(cluster, part("services"))];
    case "azure":
      return [...azureRoom(cluster, part("nodes"), part("pods")), ...sizeProblems(cluster, part("services"), 13, 28, "AKS")];
    case "google":
      return [
        ...googleRoom(cluster, part("nodes"), part("pods")),
        ...sizeProblems(cluster, part("services"), 16, 27, "GKE"),
        ...sizeProblems(cluster, part("the control plane"), 28, 28, "GKE"),
      ];
  }
}

/** What the smallest node takes: its own address, and a block for pods (/28, ENABLE_PREFIX_DELEGATION of the VPC CNI). */
const AWS_NODE = 1 + 16;

/**
 * EKS: five addresses of a subnet are AWS's (VPC user guide, "Subnet sizing"). A node that finds no free block of 16 runs
 * no pods (EKS user guide, "Assign more IP addresses to Amazon EKS nodes with prefixes"). One with many pods takes more
 * blocks, so this is the least that is needed, not what is comfortable.
 */
function awsRoom(cluster: AwsCluster): readonly Problem[] {
  const { cidr, existing } = cluster.network;
  // Of an existing VPC nobody here knows how large its subnets are.
  if (existing || cidr === undefined) return [];
  const zones = clusterZones(cluster).slice(0, AWS_MAX_ZONES);
  const subnets = awsLayout({ cidr, zones }).privateSubnets.map((range, index) => ({ range, zone: zones[index]! }));
  const pools = Object.entries(cluster.pools);
  const check = (field: readonly string[], nodes: number, whose: string, inZones: readonly string[]) => {
    const used = subnets.filter(({ zone }) => inZones.includes(zone));
    const room = used.reduce((sum, { range }) => sum + Math.floor((size(range) - 5) / AWS_NODE), 0);
    if (used.length === 0 || room >= nodes) return [];
    const ranges = used.map(({ range }) => `${range} (${size(range)} addresses)`).join(", ");
    const message = `${whose} can grow to ${nodes} nodes, and there is room for ${room} in the private subnets ${ranges}: five of each are AWS's, and a node takes ${AWS_NODE}, its own and a block of 16 for pods; give a larger \`cidr\`, or lower \`max\``;
    return [{ ...inCluster(cluster, field, message), because: [["clusters", cluster.name, "network", "zones"]] }];
  };
  const whole = check(
    ["network", "cidr"],
    pools.reduce((sum, [, { max }]) => sum + max, 0),
    "the pools",
    zones,
  );
  if (whole.length > 0) return whole;
  return pools.flatMap(([name, pool]) => check(["pools", name, "max"], pool.max, "the pool", pool.zones ?? zones));
}

/** EKS: /12 to /24, of RFC 1918 alone (aws provider 6.25, kubernetes_network_config). */
function serviceProblems(cluster: MadeCluster, services: NamedRange | undefined): readonly Problem[] {
  if (services && contains("100.64.0.0/10", services.range))
    return [
      inCluster(
        cluster,
        services.field,
        `EKS takes services from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, not ${services.range}`,
      ),
    ];
  return sizeProblems(cluster, services, 12, 24, "EKS");
}

function sizeProblems(
  cluster: MadeCluster,
  named: NamedRange | undefined,
  largest: number,
  smallest: number,
  service: string,
): readonly Problem[] {
  if (!named) return [];
  const prefix = prefixLength(named.range);
  if (prefix >= largest && prefix <= smallest) return [];
  const allowed = largest === smallest ? `a /${largest}` : `/${largest} to /${smallest}`;
  return [inCluster(cluster, named.field, `${named.range} for ${named.what} is a /${prefix}, and ${service} takes ${allowed}`)];
}

/** Nodes at once: an upgrade makes a third more of each pool on demand before it takes old ones away. */
function azureNodes({ pools, azure }: AzureCluster): number {
  const surge = (max: number) => max + Math.ceil(max * 0.33);
  return Object.values(pools).reduce((sum, { max, spot }) => sum + (spot ? max : surge(max)), surge(azure.systemPool.max));
}

/** AKS: five addresses of a subnet are Azure's, and each node takes a /24 of the pods' range (AKS docs, CNI Overlay). */
function azureRoom(cluster: AzureCluster, nodes: NamedRange | undefined, pods: NamedRange | undefined): readonly Problem[] {
  const most = azureNodes(cluster);
  return [
    ...tooFew(cluster, nodes, nodes && size(nodes.range) - 5, most, ""),
    ...tooFew(cluster, pods, pods && size(pods.range) / 256, most, ", each with a /24"),
  ];
}

/** GKE: four addresses of a subnet are Google's; a node takes twice its maxPods, rounded up to a power of two. */
function googleRoom(cluster: GoogleCluster, nodes: NamedRange | undefined, pods: NamedRange | undefined): readonly Problem[] {
  const pools = Object.values(cluster.pools);
  // A pool is upgraded with one node more than it has.
  const most = pools.reduce((sum, { max }) => sum + max + 1, 0);
  const block = (maxPods: number) => 2 ** Math.ceil(Math.log2(maxPods * 2));
  const addresses = pools.reduce((sum, { max, maxPods }) => sum + (max + 1) * block(maxPods), 0);
  const problems = tooFew(cluster, nodes, nodes && size(nodes.range) - 4, most, "");
  if (!pods || size(pods.range) >= addresses) return problems;
  return [
    ...problems,
    inCluster(
      cluster,
      pods.field,
      `${pods.range} for pods has ${size(pods.range)} addresses, and the pools can grow to nodes that take ${addresses} (each twice its maxPods, as a power of two): give a larger range, or lower \`max\` or \`maxPods\``,
    ),
  ];
}

function tooFew(
  cluster: MadeCluster,
  named: NamedRange | undefined,
  room: number | undefined,
  most: number,
  each: string,
): readonly Problem[] {
  if (!named || room === undefined || room >= most) return [];
  const nodes = Math.max(0, Math.floor(room));
  return [
    inCluster(
      cluster,
      named.field,
      `${named.range} for ${named.what} has room for ${nodes} nodes${each}, and the pools can grow to ${most} while they are upgraded: give a larger range, or lower \`max\``,
    ),
  ];
}
