import { isZoneName } from "../../../model/catalog/zones";
import type { EksSettings, PoolSettings } from "./settings";

/** Retention periods that CloudWatch Logs knows, in days (API reference, PutRetentionPolicy); 0, for ever, is left out. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/**
 * What AWS would refuse in the middle of an apply. Ranges and versions are the model's to check; these hold for who uses
 * the construct alone too.
 * @throws one error with every reason
 */
export function checkEksCluster(settings: EksSettings): void {
  const wrong = [
    ...nameProblems(settings),
    ...networkProblems(settings),
    ...apiProblems(settings),
    ...accessProblems(settings),
    ...poolProblems(settings),
  ];
  if (!RETENTION_DAYS.includes(settings.logRetentionDays))
    wrong.push(`logRetentionDays is ${settings.logRetentionDays}; CloudWatch keeps logs for ${RETENTION_DAYS.join(", ")} days`);
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

function networkProblems({ network, region }: EksSettings): string[] {
  const { existing, zones } = network;
  if (existing) {
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
  const wrong: string[] = [];
  if (new Set(zones).size < 2)
    wrong.push(
      `network.zones is [${zones.join(", ")}]; EKS needs two availability zones at least, e.g. ${region}a and ${region}b`,
    );
  for (const zone of zones)
    if (!isZoneName("aws", region, zone))
      wrong.push(`network.zones has '${zone}', which is no zone of ${region}; they are called ${region}a, ${region}b, …`);
  return wrong;
}

function apiProblems({ api }: EksSettings): string[] {
  return api.access === "public" && api.allowFrom.length === 0
    ? ["api.allowFrom is empty; a public API needs the ranges that may reach it, or set api.access to 'private'"]
    : [];
}

function accessProblems({ principals }: EksSettings): string[] {
  return principals
    .filter((arn) => !/^arn:[a-z-]+:iam::\d{12}:(role|user)\/.+/.test(arn))
    .map(
      (arn) =>
        `'${arn}' can't be given access to the cluster; it takes the ARN of an IAM role or user, arn:aws:iam::<account>:role/<name>, not that of a session`,
    );
}

function poolProblems({ pools, network }: EksSettings): string[] {
  const wrong = Object.entries(pools).flatMap(([name, pool]) =>
    onePool(pool, network).map((problem) => `pools.${name}: ${problem}`),
  );
  const open = Object.values(pools).some(
    (pool) => pool.min > 0 && pool.taints.every((taint) => taint.effect === "PreferNoSchedule"),
  );
  if (!open)
    wrong.push("pools: none has min ≥ 1 and no taint; cluster DNS, and with it the whole cluster, would have nowhere to run");
  return wrong;
}

function onePool(pool: PoolSettings, network: EksSettings["network"]): string[] {
  const wrong: string[] = [];
  if (pool.min > pool.max) wrong.push(`min is ${pool.min} and max is ${pool.max}; min must not be above max`);
  if (pool.machines.length === 0) wrong.push("machines is empty; name one machine type at least");
  for (const machine of pool.machines)
    if (architectureOf(machine) !== pool.architecture)
      wrong.push(
        `machine ${machine} is ${architectureOf(machine)} and the pool ${pool.architecture}; give the pool's architecture`,
      );
  if (pool.zones && network.existing)
    wrong.push("zones can't be chosen in an existing network, whose subnets are known by id only; leave it out");
  else
    for (const zone of pool.zones ?? [])
      if (!network.zones.includes(zone))
        wrong.push(`zone '${zone}' is none of the cluster's, which are ${network.zones.join(", ")}`);
  return wrong;
}

/** AWS marks Graviton families by a g after the generation, as in m7g and c7gn; a1 was the first. */
export function architectureOf(machine: string): "amd64" | "arm64" {
  return /^(a1|[a-z]+\d+g[a-z]*)[.-]/.test(machine) ? "arm64" : "amd64";
}
