import { isCidr, overlaps, prefixLength } from "../../../model/cidr";
import { isPrivateDnsZoneId } from "./control-plane";
import { poolNames, SYSTEM_POOL } from "./names";
import type { AksClusterProps, AksPoolProps } from "./props";
import type { AksRanges } from "./ranges";

/**
 * What AKS refuses only at apply, or what nobody refuses and breaks later: azurerm 4.55 checks none of it at plan.
 * Returns every problem as a sentence with the value, what is allowed and what to do.
 */
export function problemsOf(props: AksClusterProps, pools: Readonly<Record<string, AksPoolProps>>, ranges: AksRanges): string[] {
  return [
    ...nameProblems(props),
    ...apiProblems(props),
    ...rangeProblems(ranges),
    ...poolsProblems(props, pools),
    ...settingsProblems(props),
  ];
}

function nameProblems({ name, kubernetes }: AksClusterProps): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 54)
    problems.push(
      `name '${name}' has ${name.length} characters: it must be lower-case letters, digits and single hyphens, start with a letter and have at most 54 characters, since the DNS prefix is made from it`,
    );
  if (!/^1\.\d{2}$/.test(kubernetes))
    problems.push(`kubernetes '${kubernetes}' must be a minor version such as '1.36': AKS chooses the patch`);
  return problems;
}

function apiProblems({ api = {}, privateDnsZone, region }: AksClusterProps): string[] {
  const problems: string[] = [];
  const allowFrom = api.allowFrom ?? [];
  if (api.access === "private") {
    if (allowFrom.length > 0)
      problems.push(`api.allowFrom has ${allowFrom.length} ranges: a private API has no allow-list, leave it out`);
    if (isPrivateDnsZoneId(privateDnsZone) && !privateDnsZone.includes("${") && !zonePattern(region).test(privateDnsZone))
      problems.push(
        `privateDnsZone '${privateDnsZone}' must be System, None or the resource id of a zone privatelink.${region}.azmk8s.io or a part of it`,
      );
  } else {
    if (allowFrom.length === 0)
      problems.push("api.allowFrom is empty: a public API needs the ranges that may reach it, at least those of the runner");
    if (allowFrom.length > 200) problems.push(`api.allowFrom has ${allowFrom.length} ranges: AKS takes at most 200`);
    for (const range of allowFrom)
      if (!isCidr(range)) problems.push(`api.allowFrom has '${range}': it must be an IPv4 range such as 203.0.113.0/24`);
  }
  return problems;
}

/** AKS takes privatelink.<region>.azmk8s.io, and one more label before it. */
function zonePattern(region: string): RegExp {
  return new RegExp(`/privateDnsZones/([^/.]+\\.)?privatelink\\.${region}\\.azmk8s\\.io$`, "i");
}

function rangeProblems({ nodes, pods, services }: AksRanges): string[] {
  const named = Object.entries({ nodes, pods, services }).filter(([, range]) => range !== "");
  const wrong = named.filter(([, range]) => !isCidr(range));
  if (wrong.length > 0)
    return wrong.map(([what, range]) => `network.${what} '${range}' must be an IPv4 range such as 10.10.0.0/19`);
  const problems: string[] = [];
  for (const [index, [what, range]] of named.entries())
    for (const [other, otherRange] of named.slice(index + 1))
      if (overlaps(range, otherRange))
        problems.push(`network.${what} ${range} overlaps network.${other} ${otherRange}: they must be apart`);
  if (prefixLength(services) <= 12)
    problems.push(`network.services ${services} is too large: AKS takes ranges smaller than a /12`);
  if (prefixLength(pods) > 24) problems.push(`network.pods ${pods} is too small: each node takes a /24 of it`);
  return problems;
}

function poolsProblems(props: AksClusterProps, pools: Readonly<Record<string, AksPoolProps>>): string[] {
  const problems: string[] = [];
  const entries = Object.entries(pools);
  if (!entries.some(([, pool]) => !pool.spot))
    problems.push(
      "pools has none on demand: the system pool takes no workloads and spot nodes repel them, so add-ons could never start; add a pool without spot",
    );
  for (const [key, pool] of entries) problems.push(...poolProblems(`pools.${key}`, key, pool));
  problems.push(...minMax("systemPool", props.systemPool?.min ?? 2, props.systemPool?.max ?? 3, 1));
  const machine = props.systemPool?.machine;
  if (machine && /^Standard_B/i.test(machine))
    problems.push(
      `systemPool.machine '${machine}' is of the B series, which AKS refuses for system nodes: take Standard_D4ds_v5`,
    );

  const taken = new Map<string, string>(Object.values(SYSTEM_POOL).map((name) => [name, "AKS's own pool"]));
  for (const [key, pool] of entries)
    for (const name of Object.values(poolNames(key, { spot: pool.spot ?? false }))) {
      const other = taken.get(name);
      if (other)
        problems.push(
          `pools.${key} would be called '${name}' in AKS, which knows no hyphens, like ${other}: choose another name`,
        );
      taken.set(name, `pools.${key}`);
    }
  return problems;
}

function poolProblems(path: string, key: string, pool: AksPoolProps): string[] {
  const problems = minMax(path, pool.min ?? 2, pool.max ?? 6, 0);
  if (!/^[a-z][a-z0-9-]*$/.test(key)) problems.push(`${path}: a pool's name is lower-case letters, digits and hyphens`);
  if (pool.machines && pool.machines.length !== 1)
    problems.push(`${path}.machines has ${pool.machines.length} sizes: an AKS pool has exactly one`);
  const maxPods = pool.maxPods ?? 110;
  if (maxPods < 10 || maxPods > 250) problems.push(`${path}.maxPods is ${maxPods}: AKS takes 10 to 250`);
  for (const taint of pool.taints ?? [])
    if (
      !/^[A-Za-z0-9]([\w./-]*[A-Za-z0-9])?$/.test(taint.key) ||
      !/^([A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)?$/.test(taint.value ?? "")
    )
      problems.push(`${path}.taints has '${taint.key}=${taint.value ?? ""}', which is no Kubernetes taint`);
  return problems;
}

function minMax(path: string, min: number, max: number, least: number): string[] {
  if (min < least || max > 1000 || min > max || max < 1)
    return [`${path} has min ${min} and max ${max}: AKS takes ${least} ≤ min ≤ max ≤ 1000, and max at least 1`];
  return [];
}

function settingsProblems(props: AksClusterProps): string[] {
  const problems: string[] = [];
  if (props.longTermSupport && props.tier !== "Premium")
    problems.push(`longTermSupport needs tier Premium, not ${props.tier ?? "Standard"}`);
  const days = props.logRetentionDays ?? 90;
  if (!props.logAnalyticsWorkspaceId && (days < 30 || days > 730))
    problems.push(`logRetentionDays is ${days}: a Log Analytics workspace keeps logs for 30 to 730 days`);
  const zones = [...(props.network.zones ?? []), ...Object.values(props.pools ?? {}).flatMap((pool) => pool.zones ?? [])];
  for (const zone of new Set(zones))
    if (!/^[123]$/.test(zone)) problems.push(`zone '${zone}' is none of Azure's: they are called 1, 2 and 3`);
  const { startHour = 2, durationHours = 4 } = props.maintenance ?? {};
  if (!Number.isInteger(startHour) || startHour < 0 || startHour > 23)
    problems.push(`maintenance.startHour is ${startHour}: it is an hour of the day, 0 to 23`);
  if (!Number.isInteger(durationHours) || durationHours < 4 || durationHours > 24)
    problems.push(`maintenance.durationHours is ${durationHours}: AKS takes 4 to 24`);
  return problems;
}
