import { machineProblem, poolMachines } from "../../catalog/machines";
import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import { hasSteadyPool, poolSizeProblems, steadyProblem } from "../../limits/kubernetes";
import type { Problem, Rule, Rules } from "../../problems/problem";
import type { AzureCluster, MadeCluster } from "../../schema/cluster";
import type { Pool } from "../../schema/pool";
import { inCluster, madeClusters } from "../clusters";
import { labelProblems } from "./pool-labels";

const everyPool =
  (problems: (cluster: MadeCluster, name: string, pool: Pool) => readonly Problem[]): Rule =>
  (fleet) =>
    madeClusters(fleet).flatMap((cluster) =>
      Object.entries(cluster.pools).flatMap(([name, pool]) => problems(cluster, name, pool)),
    );

const everyAks =
  (problems: (cluster: AzureCluster) => readonly Problem[]): Rule =>
  (fleet) =>
    madeClusters(fleet).flatMap((cluster) => (cluster.cloud === "azure" ? problems(cluster) : []));

/** Node pools that the cloud can make and that workloads can run on. */
export const pools: Rules = {
  "pool-size": everyPool(sizeProblems),
  "pool-machines": everyPool(machineProblems),
  "pool-labels": everyPool(labelProblems),
  "steady-pool": (fleet) => madeClusters(fleet).flatMap(steadyProblems),
  "pool-names": everyAks(azureNames),
  "system-pool": everyAks(systemPoolProblems),
};

const LIMITS = { aws: aws.POOL, azure: azure.POOL, google: google.POOL } as const;

function sizeProblems(cluster: MadeCluster, name: string, pool: Pool): readonly Problem[] {
  const at = (field: string, message: string) => inCluster(cluster, ["pools", name, field], message);
  const problems = poolSizeProblems(pool, LIMITS[cluster.cloud]).map(([field, problem]) => at(field, problem));
  const pods = cluster.cloud === "aws" ? aws.podsProblem(poolMachines("aws", pool), pool.maxPods) : undefined;
  return pods === undefined ? problems : [...problems, at("maxPods", pods)];
}

function machineProblems(cluster: MadeCluster, name: string, pool: Pool): readonly Problem[] {
  const machines = poolMachines(cluster.cloud, pool);
  if (machines.length > 1 && cluster.cloud !== "aws")
    return [
      inCluster(
        cluster,
        ["pools", name, "machines"],
        `a pool of ${cluster.cloud === "azure" ? "AKS" : "GKE"} has one machine type, and ${machines.length} are given: make a pool of each`,
      ),
    ];
  const accelerator = acceleratorProblem(cluster, machines, pool);
  if (accelerator !== undefined) return [inCluster(cluster, ["pools", name, "machines"], accelerator)];
  return machines.flatMap((machine, index) => {
    const problem = machineProblem(cluster.cloud, machine, pool.architecture);
    return problem === undefined ? [] : [inCluster(cluster, ["pools", name, "machines", index], problem)];
  });
}

function acceleratorProblem({ cloud }: MadeCluster, machines: readonly string[], { architecture }: Pool): string | undefined {
  if (cloud === "google") return undefined;
  return cloud === "aws" ? aws.acceleratorProblem(machines, architecture) : azure.acceleratorProblem(machines);
}

/** A node is there for cluster DNS and add-ons. */
function steadyProblems(cluster: MadeCluster): readonly Problem[] {
  return hasSteadyPool(Object.values(cluster.pools), cluster.cloud)
    ? []
    : [inCluster(cluster, ["pools"], steadyProblem(cluster.cloud))];
}

/** AKS pool names have no hyphens; those over 12 characters are cut and end in a hash. */
function azureNames(cluster: AzureCluster): readonly Problem[] {
  return azure
    .poolNameProblems(cluster.pools)
    .map(([name, problem]) => ({ ...inCluster(cluster, ["pools", name], problem), atKey: true }));
}

function systemPoolProblems(cluster: AzureCluster): readonly Problem[] {
  return azure
    .systemPoolProblems(cluster.azure.systemPool)
    .map(([field, problem]) => inCluster(cluster, ["azure", "systemPool", field], problem));
}
