import { retentionProblem } from "../../model/catalog/log-retention";
import * as aws from "../../model/limits/aws";
import * as azure from "../../model/limits/azure";
import { LARGEST_WEIGHT } from "../../model/limits/dns";
import * as google from "../../model/limits/google";
import { type PoolLimits, poolSizeProblems, windowProblem } from "../../model/limits/kubernetes";
import type { ValueObject } from "../../rehearsal/protocol/values";
import { problems } from "../../rehearsal/provider/rules";
import { providerSchemas } from "../../rehearsal/schema/store";

/** What the rehearsal says to one argument, nothing else of the resource being known. */
function said(type: string, path: string, value: string | number): number {
  const { block } = providerSchemas(type.split("_")[0]!).resource(type)!;
  const config = path
    .split(".")
    .reverse()
    .reduce<string | number | ValueObject>(
      (inner, name, place) => ({ [name]: place === 0 ? inner : [inner as ValueObject] }),
      value,
    );
  return (["validate", "apply"] as const).flatMap((when) => problems(type, block, config as ValueObject, when)).length;
}

/** Limits of a pool, asked for one field. */
const pool = (limits: PoolLimits, field: "max" | "maxPods" | "min") => (value: string | number) =>
  poolSizeProblems({ min: 0, max: 1000, maxPods: 64, diskGib: 100, [field]: Number(value) }, limits).find(
    ([at]) => at === field,
  )?.[1];
const range = (prefix: number) => `10.0.0.0/${prefix}`;
const name = (length: number) => "a".repeat(length);
const weight = (most: number) => (value: string | number) => (Number(value) <= most ? undefined : "too heavy");

type Row = readonly [
  what: string,
  argument: readonly [type: string, path: string],
  limit: (value: string) => string | undefined,
  good: readonly (string | number)[],
  bad: readonly (string | number)[],
];

/** The rehearsal knows the providers by their source, the limits know the clouds by their documents: they agree where they end. */
const rows: readonly Row[] = [
  [
    "services of EKS",
    ["aws_eks_cluster", "kubernetes_network_config.service_ipv4_cidr"],
    aws.servicesProblem,
    [range(12), range(24)],
    [range(11), range(25), "100.64.0.0/16"],
  ],
  ["a name of EKS", ["aws_eks_cluster", "name"], aws.clusterNameProblem, [name(1), name(100)], [name(101), "a.b", "-a"]],
  ["a pool's most nodes on EKS", ["aws_eks_node_group", "scaling_config.max_size"], pool(aws.POOL, "max"), [1, 1000], [0]],
  [
    "CloudWatch's retention",
    ["aws_cloudwatch_log_group", "retention_in_days"],
    (days) => retentionProblem("aws", Number(days)),
    [1, 90, 3653],
    [2, 100],
  ],
  [
    "Log Analytics' retention",
    ["azurerm_log_analytics_workspace", "retention_in_days"],
    (days) => retentionProblem("azure", Number(days)),
    [30, 730],
    [731],
  ],
  [
    "a name of AKS",
    ["azurerm_kubernetes_cluster", "dns_prefix"],
    azure.clusterNameProblem,
    [name(1), name(54)],
    [name(55), "-a"],
  ],
  [
    "a pool's most nodes on AKS",
    ["azurerm_kubernetes_cluster_node_pool", "max_count"],
    pool(azure.POOL, "max"),
    [1, 1000],
    [1001],
  ],
  [
    "a pool's least nodes on AKS",
    ["azurerm_kubernetes_cluster_node_pool", "min_count"],
    pool(azure.POOL, "min"),
    [0, 1000],
    [-1],
  ],
  [
    "the window of AKS",
    ["azurerm_kubernetes_cluster", "maintenance_window_auto_upgrade.duration"],
    (hours) => windowProblem({ startHour: 0, durationHours: Number(hours) }, azure.LEAST_WINDOW_HOURS)?.[1],
    [4, 24],
    [3, 25],
  ],
  ["a name of GKE", ["google_container_cluster", "name"], google.clusterNameProblem, [name(1), name(40)], [name(41), "A", "a-"]],
  [
    "the control plane of GKE",
    ["google_container_cluster", "private_cluster_config.master_ipv4_cidr_block"],
    google.controlPlaneProblem,
    [range(28)],
    [range(27), range(29)],
  ],
  [
    "pods on a node of GKE",
    ["google_container_node_pool", "max_pods_per_node"],
    pool(google.POOL, "maxPods"),
    [8, 256],
    [7, 257],
  ],
  [
    "weights of Route53",
    ["aws_route53_record", "weighted_routing_policy.weight"],
    weight(LARGEST_WEIGHT.route53),
    [0, 255],
    [256],
  ],
  [
    "weights of Traffic Manager",
    ["azurerm_traffic_manager_external_endpoint", "weight"],
    weight(LARGEST_WEIGHT["traffic-manager"]),
    [1, 1000],
    [1001],
  ],
];

test.each(rows)("%s", (_, [type, path], limit, good, bad) => {
  const usual = said(type, path, good[0]!);
  for (const value of good)
    expect({ value, limit: limit(String(value)), rehearsal: said(type, path, value) }).toEqual({
      value,
      limit: undefined,
      rehearsal: usual,
    });
  for (const value of bad) {
    expect({ value, limit: limit(String(value)) }).toEqual({ value, limit: expect.any(String) });
    expect({ value, rehearsal: said(type, path, value) }).toEqual({ value, rehearsal: usual + 1 });
  }
});

test("the names that AKS pools get are names of pools, however long the key", () => {
  for (const length of [1, 12, 13, 30])
    for (const spot of [true, false])
      for (const made of Object.values(azure.poolNames(name(length), { spot })))
        expect({ made, problems: said("azurerm_kubernetes_cluster_node_pool", "name", made) }).toEqual({
          made,
          problems: said("azurerm_kubernetes_cluster_node_pool", "name", "a"),
        });
});
