import { AWS_MAX_ZONES, awsLayout } from "../../derived/addresses";
import { clusterZones } from "../../derived/zones";
import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import { partSizeProblem, roomProblem } from "../../limits/kubernetes";
import type { Problem } from "../../problems/problem";
import type { AwsCluster, MadeCluster } from "../../schema/cluster";
import { inCluster } from "../clusters";

/** Ranges of a cluster by what they are for. Field: where the fleet file can say otherwise. */
export interface NamedRange {
  readonly what: string;
  readonly range: string;
  readonly field: readonly string[];
}

/** Whether each range has room for what the pools can grow to, and is of a size that the cloud takes. */
export function roomProblems(cluster: MadeCluster, parts: readonly NamedRange[]): readonly Problem[] {
  const at = (what: string, problem: (range: string) => string | undefined): readonly Problem[] => {
    const part = parts.find((named) => named.what === what);
    const message = part && problem(part.range);
    return message === undefined ? [] : [inCluster(cluster, part!.field, message)];
  };
  const pools = Object.values(cluster.pools);
  switch (cluster.cloud) {
    case "aws":
      return [...awsRoom(cluster), ...at("services", aws.servicesProblem)];
    case "azure": {
      const most = azure.mostNodes(pools, cluster.azure.systemPool);
      return [
        ...at("nodes", (range) => roomProblem(range, "nodes", azure.nodesIn(range), most)),
        ...at("pods", (range) => roomProblem(range, "pods", azure.nodesOf(range), most, ", each with a /24")),
        ...at("services", (range) => partSizeProblem(range, "services", "AKS", azure.SERVICES)),
      ];
    }
    case "google":
      return [
        ...at("nodes", (range) => roomProblem(range, "nodes", google.nodesIn(range), google.mostNodes(pools))),
        ...at("pods", (range) => google.podsRoomProblem(range, pools)),
        ...at("services", (range) => partSizeProblem(range, "services", "GKE", google.SERVICES)),
        ...at("the control plane", google.controlPlaneProblem),
      ];
  }
}

function awsRoom(cluster: AwsCluster): readonly Problem[] {
  const { cidr, existing } = cluster.network;
  // Of an existing VPC nobody here knows how large its subnets are.
  if (existing || cidr === undefined) return [];
  const zones = clusterZones(cluster).slice(0, AWS_MAX_ZONES);
  const subnets = awsLayout({ cidr, zones }).privateSubnets;
  const pools = Object.entries(cluster.pools);
  const check = (field: readonly string[], nodes: number, whose: string, inZones: readonly string[]) => {
    const message = aws.roomProblem(
      subnets.filter((_, index) => inZones.includes(zones[index]!)),
      nodes,
      whose,
    );
    if (message === undefined) return [];
    return [{ ...inCluster(cluster, field, message), because: [["clusters", cluster.name, "network", "zones"]] }];
  };
  const all = pools.reduce((sum, [, { max }]) => sum + max, 0);
  const whole = check(["network", "cidr"], all, "the pools", zones);
  if (whole.length > 0) return whole;
  return pools.flatMap(([name, pool]) => check(["pools", name, "max"], pool.max, "the pool", pool.zones ?? zones));
}
