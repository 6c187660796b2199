import { Token } from "cdktf";
import { retentionProblem } from "../../../model/catalog/log-retention";
import { machineProblem } from "../../../model/catalog/machines";
import { AWS_MAX_ZONES } from "../../../model/derived/addresses";
import { canonical, contains, isCidr, overlaps, prefixLength } from "../../../model/derived/cidr";
import { isZoneName, mustNameZones } from "../../../model/derived/zones";
import { PRINCIPAL_ARN } from "../../../model/limits/iam";
import type { EksSettings, PoolSettings } from "./settings";

/** Where EKS takes ranges of services from (EKS API reference, KubernetesNetworkConfigRequest). */
const RFC1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * What AWS would refuse in the middle of an apply, or worse, accept. The model's rules say the same of a fleet file, with
 * the place in it; these hold for who uses the construct alone.
 * @throws one error with every reason
 */
export function checkEksCluster(settings: EksSettings): void {
  const wrong = [
    ...nameProblems(settings),
    ...rangeProblems(settings),
    ...networkProblems(settings),
    ...apiProblems(settings),
    ...accessProblems(settings),
    ...poolProblems(settings),
  ];
  const retention = retentionProblem("aws", settings.logRetentionDays);
  if (retention) wrong.push(`logRetentionDays: ${retention}`);
  if (wrong.length > 0) throw new Error(`EKS cluster '${settings.name}':\n${wrong.map((line) => `- ${line}`).join("\n")}`);
}

function nameProblems({ name, accountId }: EksSettings): string[] {
  const wrong: string[] = [];
  if (!/^[0-9A-Za-z][0-9A-Za-z-]{0,99}$/.test(name))
    wrong.push(
      "name: 1 to 100 letters, digits and hyphens, starting with a letter or digit, make a name that load balancers take too",
    );
  if (!/^\d{12}$/.test(accountId)) wrong.push(`accountId is '${accountId}'; an AWS account id has twelve digits`);
  return wrong;
}

function rangeProblems({ network, api }: EksSettings): string[] {
  const { cidr, services } = network;
  const ranges = [
    ["network.cidr", cidr],
    ["network.services", services],
    ...api.allowFrom.map((range) => ["api.allowFrom", range]),
  ];
  const unreadable = ranges.flatMap(([where, range]) => {
    if (!isCidr(range!)) return [`${where}: '${range}' is no IPv4 range; write one such as 10.20.0.0/16`];
    return canonical(range!) === range
      ? []
      : [`${where}: '${range}' has host bits, which AWS refuses; write ${canonical(range!)}`];
  });
  if (unreadable.length > 0) return unreadable;
  const wrong: string[] = [];
  if (prefixLength(cidr) < 16 || prefixLength(cidr) > 24)
    wrong.push(`network.cidr is ${cidr}; a VPC for a cluster is a /16 to /24: every pod has an address of it`);
  if (prefixLength(services) < 12 || prefixLength(services) > 24 || !RFC1918.some((range) => contains(range, services)))
    wrong.push(`network.services is ${services}; EKS takes a range from /12 to /24 of ${RFC1918.join(", ")}`);
  if (overlaps(cidr, services))
    wrong.push(`network.services ${services} overlaps network.cidr ${cidr}; choose one outside, e.g. 172.20.0.0/16`);
  return wrong;
}

function networkProblems({ network, region }: EksSettings): string[] {
  return network.existing ? existingProblems(network.existing) : zoneProblems(network.zones, region);
}

function existingProblems(existing: NonNullable<EksSettings["network"]["existing"]>): string[] {
  const wrong: string[] = [];
  if (existing.vpcId === "") wrong.push("network.existing.vpcId is missing: the id of the VPC");
  if (existing.privateSubnetIds.length < 2)
    wrong.push(
      `network.existing.privateSubnetIds has ${existing.privateSubnetIds.length}; EKS needs subnets in two zones at least`,
    );
  if (existing.publicSubnetIds.length < 1)
    wrong.push("network.existing.publicSubnetIds is empty; the ingress load balancer needs one in each zone that has nodes");
  return wrong;
}

function zoneProblems(zones: readonly string[], region: string): string[] {
  if (zones.length === 0)
    return [
      mustNameZones("aws", region)
        ? `network.zones: which zones of ${region} an account has differs; name two, as 'aws ec2 describe-availability-zones' shows them`
        : `network.zones: the zones of '${region}' aren't known; name two at least, as 'aws ec2 describe-availability-zones' shows them`,
    ];
  const wrong = zones
    .filter((zone) => !isZoneName("aws", region, zone))
    .map((zone) => `network.zones has '${zone}', which is no zone of ${region}; they are called ${region}a, ${region}b, …`);
  if (new Set(zones).size !== zones.length) wrong.push(`network.zones names a zone twice: ${zones.join(", ")}`);
  if (zones.length < 2) wrong.push(`network.zones has ${zones.length}; EKS needs two availability zones at least`);
  if (zones.length > AWS_MAX_ZONES)
    wrong.push(`network.zones has ${zones.length}; a VPC made here has room for ${AWS_MAX_ZONES}`);
  return wrong;
}

function apiProblems({ api }: EksSettings): string[] {
  return api.access === "public" && api.allowFrom.length === 0
    ? ["api.allowFrom is empty; a public API needs the ranges that may reach it, or set api.access to 'private'"]
    : [];
}

function accessProblems({ principals }: EksSettings): string[] {
  return principals
    .filter((arn) => !Token.isUnresolved(arn) && !PRINCIPAL_ARN.test(arn))
    .map(
      (arn) =>
        `'${arn}' can't be given access to the cluster; it takes the ARN of an IAM role or user, arn:aws:iam::<account>:role/<name>`,
    );
}

function poolProblems({ pools, network }: EksSettings): string[] {
  const wrong = Object.entries(pools).flatMap(([name, pool]) =>
    onePool(pool, network).map((problem) => `pools.${name}: ${problem}`),
  );
  for (const name of Object.keys(pools))
    if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/.test(name))
      wrong.push(`pools: '${name}' is no name of a pool: 1 to 40 letters, digits and hyphens`);
  const open = Object.values(pools).some(
    (pool) => pool.min > 0 && pool.taints.every((taint) => taint.effect === "PreferNoSchedule"),
  );
  if (!open)
    wrong.push("pools: none has min ≥ 1 and no taint; cluster DNS, and with it the whole cluster, would have nowhere to run");
  return wrong;
}

function onePool(pool: PoolSettings, network: EksSettings["network"]): string[] {
  const wrong: string[] = [];
  if (pool.max < 1) wrong.push(`max is ${pool.max}; EKS takes 1 at least`);
  if (pool.min > pool.max) wrong.push(`min is ${pool.min} and max is ${pool.max}; min must not be above max`);
  for (const machine of pool.machines) {
    const problem = machineProblem("aws", machine, pool.architecture);
    if (problem) wrong.push(`machines: ${problem}`);
  }
  if (pool.zones && network.existing)
    wrong.push("zones can't be chosen in an existing network, whose subnets are known by id only; leave it out");
  else
    for (const zone of pool.zones ?? [])
      if (!network.zones.includes(zone))
        wrong.push(`zone '${zone}' is none of the cluster's, which are ${network.zones.join(", ")}`);
  return wrong;
}
