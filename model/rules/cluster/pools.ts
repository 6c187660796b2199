import { machineProblem, poolMachines } from "../../catalog/machines";
import type { Problem, Rule } from "../../problems/problem";
import type { AzureCluster, MadeCluster } from "../../schema/cluster";
import type { Pool } from "../../schema/pool";
import { inCluster, madeClusters } from "../clusters";
import { labelProblems } from "./pool-labels";

/** Node pools that the cloud can make and that workloads can run on. */
export const pools: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => [
    ...Object.entries(cluster.pools).flatMap(([name, pool]) => [
      ...sizeProblems(cluster, name, pool),
      ...machineProblems(cluster, name, pool),
      ...labelProblems(cluster, name, pool),
    ]),
    ...steadyProblems(cluster),
    ...(cluster.cloud === "azure" ? [...azureNames(cluster), ...systemPoolProblems(cluster)] : []),
  ]);

/** Most pods on a node. AKS: its docs on quotas; GKE: its docs on pods per node; EKS: the larger of its two limits. */
const MAX_PODS = { aws: [8, 250], azure: [10, 250], google: [8, 256] } as const;
/** EKS's machines below 30 vCPU, by their size. On them a managed node group takes 110 pods at most (EKS user guide, "How maxPods is determined"). */
const EKS_SMALL = /\.(nano|micro|small|medium|large|[2-7]?xlarge)$/;
const EKS_SMALL_PODS = 110;
/** Smallest system disk in GiB that a node image fits on, by the docs of each service. */
const MIN_DISK = { aws: 20, azure: 30, google: 20 } as const;

function sizeProblems(cluster: MadeCluster, name: string, pool: Pool): readonly Problem[] {
  const { min, max, maxPods, diskGib } = pool;
  const at = (field: string, message: string) => inCluster(cluster, ["pools", name, field], message);
  const [fewest, most] = MAX_PODS[cluster.cloud];
  const problems: Problem[] = [];
  if (min > max) problems.push(at("min", `${min} is above \`max\`, which is ${max}`));
  if (maxPods < fewest || maxPods > most) problems.push(at("maxPods", `${maxPods} is not from ${fewest} to ${most}`));
  const small = cluster.cloud === "aws" && poolMachines("aws", pool).find((machine) => EKS_SMALL.test(machine));
  if (small && maxPods > EKS_SMALL_PODS && maxPods <= most)
    problems.push(
      at("maxPods", `${maxPods} is above ${EKS_SMALL_PODS}, EKS's limit for machines below 30 vCPU such as ${small}`),
    );
  if (diskGib < MIN_DISK[cluster.cloud])
    problems.push(at("diskGib", `${diskGib} GiB are too little: at least ${MIN_DISK[cluster.cloud]}`));
  return problems;
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
  return machines.flatMap((machine, index) => {
    const problem = machineProblem(cluster.cloud, machine, pool.architecture);
    return problem === undefined ? [] : [inCluster(cluster, ["pools", name, "machines", index], problem)];
  });
}

/** Cluster DNS and add-ons tolerate no taint, so a node without one must always be there; AKS taints every spot node. */
function steadyProblems(cluster: MadeCluster): readonly Problem[] {
  const steady = Object.values(cluster.pools).some(
    ({ min, taints, spot }) =>
      min > 0 && taints.every(({ effect }) => effect === "PreferNoSchedule") && !(spot && cluster.cloud === "azure"),
  );
  if (steady) return [];
  const onDemand = cluster.cloud === "azure" ? ", not spot," : "";
  return [
    inCluster(
      cluster,
      ["pools"],
      `cluster DNS and add-ons would have nowhere to run: at least one pool needs \`min\` of 1 or more${onDemand} and no taints`,
    ),
  ];
}

/** Names that AKS pools have already: the system pool's, and what it is called while it is rotated. */
const RESERVED_ON_AKS = ["system", "systemtmp"];

/** AKS pool names have no hyphens; those over 12 characters are cut and end in a hash. */
function azureNames(cluster: AzureCluster): readonly Problem[] {
  const taken = new Map<string, string>();
  return Object.keys(cluster.pools).flatMap((name) => {
    const plain = name.replaceAll("-", "");
    const at = (message: string) => [{ ...inCluster(cluster, ["pools", name], message), atKey: true }];
    if (RESERVED_ON_AKS.includes(plain)) return at(`'${name}' is the name of AKS's own pool (azure.systemPool): choose another`);
    const other = taken.get(plain);
    taken.set(plain, name);
    return other === undefined
      ? []
      : at(`'${name}' and '${other}' are both '${plain}' in AKS, which knows no hyphens: rename one`);
  });
}

/** AKS, "Use system node pools": no B series, at least 4 vCPU. */
function systemPoolProblems(cluster: AzureCluster): readonly Problem[] {
  const { machine, min, max } = cluster.azure.systemPool;
  const at = (field: string, message: string) => inCluster(cluster, ["azure", "systemPool", field], message);
  const problems: Problem[] = [];
  if (min > max) problems.push(at("min", `${min} is above \`max\`, which is ${max}`));
  const vcpus = Number(/^Standard_[A-Z]+(\d+)/.exec(machine)?.[1]);
  if (!machine.startsWith("Standard_"))
    problems.push(at("machine", `'${machine}' is not spelt as Azure's sizes are, for instance 'Standard_D4ds_v5'`));
  else if (machine.startsWith("Standard_B") || vcpus < 4)
    problems.push(
      at(
        "machine",
        `AKS takes no B series and nothing below 4 vCPU for its own pods, and this is '${machine}': take 'Standard_D4ds_v5'`,
      ),
    );
  return problems;
}
