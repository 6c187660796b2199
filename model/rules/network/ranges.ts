import { AWS_MAX_ZONES, awsLayout, azureLayout, googleLayout } from "../../derived/addresses";
import { contains, overlaps } from "../../derived/cidr";
import { clusterZones } from "../../derived/zones";
import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import { networkSizeProblem, privateRangeProblem } from "../../limits/kubernetes";
import type { Problem, Rule } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";
import { type NamedRange, roomProblems } from "./ranges-room";

/** Address ranges of each cluster: written as the clouds want them, large enough and apart. */
export const ranges: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => {
    const spelling = writtenRanges(cluster).flatMap((named) => spellingProblems(cluster, named));
    if (spelling.length > 0) return spelling;
    const whole = wholeProblems(cluster);
    if (whole.length > 0) return whole;
    const parts = partsOf(cluster);
    return [
      ...outsideProblems(cluster),
      ...apartProblems(cluster, parts),
      ...reservedProblems(cluster, parts),
      ...roomProblems(cluster, parts),
    ];
  });

/** The ranges that the fleet file gives. */
function writtenRanges(cluster: MadeCluster): readonly NamedRange[] {
  const { cidr, nodes, pods, services } = cluster.network;
  const network = Object.entries({ cidr, nodes, pods, services }).map(([field, range]) => ({ field: ["network", field], range }));
  const control =
    cluster.cloud === "google" ? [{ field: ["google", "controlPlaneCidr"], range: cluster.google.controlPlaneCidr }] : [];
  return [...network, ...control].flatMap(({ field, range }) =>
    range === undefined ? [] : [{ what: field.at(-1)!, range, field }],
  );
}

function spellingProblems(cluster: MadeCluster, { range, field }: NamedRange): readonly Problem[] {
  const problem = privateRangeProblem(range);
  return problem === undefined ? [] : [inCluster(cluster, field, problem)];
}

const WHOLE = { aws: aws.VPC, azure: azure.NETWORK, google: google.NETWORK } as const;

function wholeProblems(cluster: MadeCluster): readonly Problem[] {
  const { network, cloud } = cluster;
  const at = (field: string, message: string) => inCluster(cluster, ["network", field], message);
  if (cloud === "aws") {
    const given = (["nodes", "pods"] as const).filter((field) => network[field] !== undefined);
    if (given.length > 0) return given.map((field) => at(field, "on EKS nodes and pods share the subnets of the VPC: remove it"));
  }
  if (network.cidr === undefined) {
    // An existing network of AKS or GKE has its ranges already; of a VPC the range is needed for the ingress rules.
    if (network.existing && cloud !== "aws") return [];
    return [at("cidr", "is missing: the range of the cluster's network, such as 10.10.0.0/16")];
  }
  if (network.existing) return [];
  const problem = networkSizeProblem(network.cidr, WHOLE[cloud]);
  return problem === undefined ? [] : [at("cidr", problem)];
}

/** All ranges of a cluster, those cut from `cidr` included; of an existing network only what the file says. */
function partsOf(cluster: MadeCluster): readonly NamedRange[] {
  const { cidr, nodes, pods, services, existing } = cluster.network;
  const field = (name: string) => ["network", name];
  if (cluster.cloud === "aws") {
    const layout = awsLayout({ cidr: cidr!, zones: clusterZones(cluster).slice(0, AWS_MAX_ZONES), services });
    return [
      { what: "the VPC", range: layout.cidr, field: field("cidr") },
      { what: "services", range: layout.services, field: field("services") },
    ];
  }
  const written = writtenRanges(cluster);
  const control = written
    .filter(({ what }) => what === "controlPlaneCidr")
    .map((named) => ({ ...named, what: "the control plane" }));
  if (existing || cidr === undefined) {
    // AKS's pods and services stay out of the whole network; GKE's are ranges of it.
    const network = cluster.cloud === "azure" && cidr ? [{ what: "the network", range: cidr, field: field("cidr") }] : [];
    const inside = written.filter(
      ({ what }) => what === "pods" || what === "services" || (what === "nodes" && network.length === 0),
    );
    return [...network, ...inside, ...control];
  }
  const layout = googleLayout({ cidr, nodes, pods, services });
  const data = cluster.cloud === "azure" ? [azureLayout({ cidr }).vnet[1]!] : [];
  return [
    { what: "nodes", range: layout.nodes, field: field("nodes") },
    { what: "pods", range: layout.pods, field: field("pods") },
    { what: "services", range: layout.services, field: field("services") },
    ...data.map((range) => ({ what: "API server and data", range, field: field("cidr") })),
    ...control,
  ];
}

/**
 * `cidr` is what a cluster takes of the address plan. Pods of an AKS overlay go out with their node's address, and a
 * GKE cluster's pods and services are ranges of their own: these may lie elsewhere, which is how addresses are spared.
 */
function outsideProblems(cluster: MadeCluster): readonly Problem[] {
  const { cidr, nodes, existing } = cluster.network;
  if (existing || cidr === undefined || nodes === undefined || contains(cidr, nodes)) return [];
  return [
    inCluster(
      cluster,
      ["network", "nodes"],
      `${nodes} is outside of ${cidr}, the range of the whole network: nodes have addresses of it, and what is connected to the cluster goes by it; take a part of ${cidr}, or another \`cidr\``,
    ),
  ];
}

function apartProblems(cluster: MadeCluster, parts: readonly NamedRange[]): readonly Problem[] {
  return parts.flatMap((one, index) =>
    parts
      .slice(index + 1)
      .filter((other) => overlaps(one.range, other.range))
      .map((other) =>
        inCluster(
          cluster,
          other.field,
          `${other.range} for ${other.what} overlaps ${one.range} for ${one.what}: they must be apart`,
        ),
      ),
  );
}

/** Ranges that nobody may use. */
const RESERVED: Readonly<Record<MadeCluster["cloud"], readonly string[]>> = {
  aws: [],
  azure: azure.RESERVED,
  google: google.RESERVED,
};

function reservedProblems(cluster: MadeCluster, parts: readonly NamedRange[]): readonly Problem[] {
  return parts.flatMap(({ what, range, field }) =>
    RESERVED[cluster.cloud]
      .filter((reserved) => overlaps(range, reserved))
      .map((reserved) =>
        inCluster(cluster, field, `${range} for ${what} overlaps ${reserved}, which the service keeps for itself`),
      ),
  );
}
