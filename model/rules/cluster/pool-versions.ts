import type { Problem, Rule } from "../../problems/problem";
import type { MadeCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

/**
 * Minor versions by which nodes may be behind. EKS: "Update existing cluster to new Kubernetes version" of its user
 * guide; AKS: orchestratorVersion of its REST API.
 */
const BEHIND = { aws: 3, azure: 2 } as const;

/** Node pools whose Kubernetes version goes with their control plane's. */
export const poolVersions: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => [
    ...Object.entries(cluster.pools).flatMap(([name, { kubernetes, image }]) => [
      ...versionProblems(cluster, ["pools", name, "kubernetes"], kubernetes),
      ...imageProblems(cluster, ["pools", name, "image"], kubernetes ?? cluster.kubernetes, image),
    ]),
    ...(cluster.cloud === "azure"
      ? versionProblems(cluster, ["azure", "systemPool", "kubernetes"], cluster.azure.systemPool.kubernetes)
      : []),
  ]);

function versionProblems(cluster: MadeCluster, path: readonly string[], version: string | undefined): readonly Problem[] {
  if (version === undefined) return [];
  const say = (message: string) => [inCluster(cluster, path, message)];
  if (cluster.cloud === "google") return say("GKE's nodes follow the release channel; take it out");
  const behind = minor(cluster.kubernetes) - minor(version);
  if (behind < 0)
    return say(
      `nodes of '${version}' can't be newer than their control plane, which is ${cluster.kubernetes}: upgrade that first`,
    );
  const most = BEHIND[cluster.cloud];
  if (behind > most)
    return say(
      `nodes of '${version}' are ${behind} minor versions behind the control plane, which is ${cluster.kubernetes}; ${most} are the most. Upgrade the pools first`,
    );
  return [];
}

function imageProblems(
  cluster: MadeCluster,
  path: readonly string[],
  version: string,
  image: string | undefined,
): readonly Problem[] {
  if (image === undefined) return [];
  if (cluster.cloud !== "aws") return [inCluster(cluster, path, "only EKS pins the image of nodes; take it out")];
  return image.startsWith(`${version}.`)
    ? []
    : [inCluster(cluster, path, `'${image}' is an image of another minor version than the pool's, ${version}`)];
}

const minor = (version: string): number => Number(version.split(".")[1]);
