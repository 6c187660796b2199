import { Token } from "cdktf";
import { machineProblem } from "../../model/catalog/machines";
import {
  allowedRangeProblem,
  hasSteadyPool,
  keyProblem,
  type PoolLimits,
  poolNameProblem,
  poolSizeProblems,
  steadyProblem,
  taintProblem,
  valueProblem,
  versionSpellingProblem,
} from "../../model/limits/kubernetes";
import type { ClusterApi, ClusterPool } from "./settings";

/**
 * What a cloud would refuse in the middle of an apply, or worse, accept. The model's rules ask the same of a fleet file,
 * with the place in it; this is for who uses a construct alone.
 * @throws one error with every reason
 */
export function refuse(service: "EKS" | "AKS" | "GKE", name: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${service} cluster '${name}':\n${problems.map((line) => `- ${line}`).join("\n")}`);
}

/** A problem at a prop. Of what only Terraform knows nothing is said. */
export function at(prop: string, value: string | undefined, problem: (value: string) => string | undefined): readonly string[] {
  return value === undefined || Token.isUnresolved(value) ? [] : said(prop, problem(value));
}

/** A problem, if there is one, with its prop. */
export const said = (prop: string, problem: string | undefined): readonly string[] =>
  problem === undefined ? [] : [`${prop}: ${problem}`];

/** Who may reach a public API is written down, and is not everybody. */
export function apiProblems({ access, allowFrom }: ClusterApi, most: number, isOpenOtherwise = false): readonly string[] {
  return [
    ...allowFrom.flatMap((range) => at("api.allowFrom", range, allowedRangeProblem)),
    ...(access === "public" && allowFrom.length > most
      ? [`api.allowFrom: ${allowFrom.length} ranges are too many: at most ${most}`]
      : []),
    ...(access === "public" && allowFrom.length === 0 && !isOpenOtherwise
      ? ["api.allowFrom: a public API needs the ranges that may reach it; or set api.access to 'private'"]
      : []),
  ];
}

export const kubernetesProblems = (version: string): readonly string[] => at("kubernetes", version, versionSpellingProblem);

interface PoolQuestions {
  readonly cloud: "aws" | "azure" | "google";
  readonly limits: PoolLimits;
  /** The cluster's zones. @default - not known */
  readonly zones?: readonly string[];
}

/** The pools: each by itself, and that cluster DNS has somewhere to run. */
export function poolProblems(pools: Readonly<Record<string, ClusterPool>>, questions: PoolQuestions): readonly string[] {
  const { cloud } = questions;
  const each = Object.entries(pools).flatMap(([name, pool]) => onePool(name, pool, questions));
  return hasSteadyPool(Object.values(pools), cloud) ? each : [...each, `pools: ${steadyProblem(cloud)}`];
}

function onePool(name: string, pool: ClusterPool, { cloud, limits, zones }: PoolQuestions): readonly string[] {
  const prop = `pools.${name}`;
  const { machines, architecture, labels, taints } = pool;
  return [
    ...said("pools", poolNameProblem(name)),
    ...poolSizeProblems(pool, limits).flatMap(([field, problem]) => said(`${prop}.${field}`, problem)),
    ...(machines.length > 1 && cloud !== "aws"
      ? [`${prop}.machines: there are ${machines.length}, and such a pool has one machine type: make a pool of each`]
      : machines.flatMap((machine) => at(`${prop}.machines`, machine, (text) => machineProblem(cloud, text, architecture)))),
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...at(`${prop}.labels`, key, keyProblem),
      ...at(`${prop}.labels`, value, valueProblem),
    ]),
    ...taints.flatMap((taint) => said(`${prop}.taints`, taintProblem(taint, cloud))),
    ...(pool.zones ?? []).flatMap((zone) =>
      zones === undefined || zones.includes(zone)
        ? []
        : [
            `${prop}.zones: '${zone}' is none of the cluster's zones${zones.length > 0 ? `, which are ${zones.join(", ")}` : ": it has none"}`,
          ],
    ),
  ];
}
