import { clusterZones } from "../../derived/zones";
import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { MadeCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

/** What an existing network must be named by, and how the names look. */
const NEEDED = {
  aws: {
    vpcId: { pattern: /^vpc-[0-9a-f]+$/, example: "vpc-0a1b2c3d" },
    privateSubnetIds: { pattern: /^subnet-[0-9a-f]+$/, example: "subnet-0a1b2c3d" },
    publicSubnetIds: { pattern: /^subnet-[0-9a-f]+$/, example: "subnet-0a1b2c3d" },
  },
  azure: {
    subnetId: {
      pattern:
        /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/\s]+\/subnets\/[^/\s]+$/i,
      example: "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/<network>/subnets/<subnet>",
    },
  },
  google: {
    network: { pattern: /^[a-z][a-z0-9-]*$|^(https:\/\/.+\/)?projects\/.+\/networks\/[^/\s]+$/, example: "shared-network" },
    subnetwork: { pattern: /^[a-z][a-z0-9-]*$|^(https:\/\/.+\/)?projects\/.+\/subnetworks\/[^/\s]+$/, example: "nodes" },
    podsRange: { pattern: /^[a-z][a-z0-9-]*$/, example: "pods" },
    servicesRange: { pattern: /^[a-z][a-z0-9-]*$/, example: "services" },
  },
} as const;

/** An existing network is named by all that its cloud needs and nothing that another one does. */
export const networks: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => [
    ...networkProblems(cluster),
    ...egressProblems(cluster),
    ...flowLogProblems(cluster),
  ]);

/** Two clusters in one VPC would log it twice, and who owns it may log it already. */
function flowLogProblems(cluster: MadeCluster): readonly Problem[] {
  if (cluster.cloud !== "aws" || !cluster.aws.flowLogs || !cluster.network.existing) return [];
  return [inCluster(cluster, ["aws", "flowLogs"], aws.FLOW_LOGS_OF_EXISTING)];
}

/** Addresses to leave by are of the cloud, and of a way out that is made here: a network that exists has its own. */
function egressProblems(cluster: MadeCluster): readonly Problem[] {
  const { egressAddresses, existing, nat } = cluster.network;
  if (egressAddresses === undefined) return [];
  const at = (message: string | undefined, ...place: readonly number[]) =>
    message === undefined ? [] : [inCluster(cluster, ["network", "egressAddresses", ...place], message)];
  if (cluster.cloud === "azure") return egressAddresses.flatMap((id, index) => at(azure.egressProblem(id), index));
  if (existing) return at("a network that exists has its NAT and the addresses of that: remove it");
  if (cluster.cloud === "google")
    return egressAddresses.flatMap((id, index) => at(google.egressProblem(id, cluster.region), index));
  const zones = clusterZones(cluster).length;
  return zones === 0 ? [] : at(aws.egressProblem(egressAddresses, nat === "single" ? 1 : zones));
}

function networkProblems(cluster: MadeCluster): readonly Problem[] {
  const { existing, pods, services } = cluster.network;
  if (!existing) return [];
  const needed: Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>> = NEEDED[cluster.cloud];
  const problems: Problem[] = [];
  const given = Object.entries(existing).filter(([, value]) => value !== undefined);
  for (const [field, value] of given) {
    const wanted = needed[field];
    if (!wanted) {
      const foreign = `'${field}' is not for this cloud${didYouMean(field, Object.keys(needed), "it has")}`;
      problems.push({ ...inCluster(cluster, ["network", "existing", field], foreign), atKey: true });
      continue;
    }
    const values: readonly string[] = Array.isArray(value) ? value : [String(value)];
    values.forEach((id, index) => {
      if (wanted.pattern.test(id)) return;
      const path = Array.isArray(value) ? [field, index] : [field];
      problems.push(
        inCluster(
          cluster,
          ["network", "existing", ...path],
          `'${id}' is not spelt as ${field} is, for instance ${wanted.example}`,
        ),
      );
    });
  }
  const missing = Object.keys(needed).filter((field) => !given.some(([name]) => name === field));
  if (missing.length > 0)
    problems.push(inCluster(cluster, ["network", "existing"], `an existing network also needs ${missing.join(", ")}`));
  if (cluster.cloud === "azure")
    for (const [field, range] of Object.entries({ pods, services }))
      if (range === undefined)
        problems.push(
          inCluster(
            cluster,
            ["network", field],
            `is missing: in an existing network the ${field} of AKS need a range of their own, outside of that network and of all that it is connected with`,
          ),
        );
  return problems;
}
