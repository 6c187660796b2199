import { canonical, isCidr, overlaps, prefixLength, size } from "../../../model/derived/cidr";
import { isPrivateDnsZoneId } from "./control-plane";
import type { AksClusterProps, AksPoolProps } from "./props";
import type { AksRanges } from "./ranges";
import { mostNodes, poolsProblems } from "./validate-pools";

/**
 * What AKS refuses only at apply, or what nobody refuses and breaks later: azurerm 4.55 checks none of it at plan.
 * Returns every problem as a sentence with the value, what is allowed and what to do.
 */
export function problemsOf(props: AksClusterProps, pools: Readonly<Record<string, AksPoolProps>>, ranges: AksRanges): string[] {
  return [
    ...nameProblems(props),
    ...apiProblems(props),
    ...rangeProblems(ranges, mostNodes(props, pools)),
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
  const allowFrom = api.allowFrom ?? [];
  if (api.access === "private") {
    const problems: string[] = [];
    if (allowFrom.length > 0)
      problems.push(`api.allowFrom has ${allowFrom.length} ranges: a private API has no allow-list, leave it out`);
    if (isPrivateDnsZoneId(privateDnsZone) && !privateDnsZone.includes("${") && !zonePattern(region).test(privateDnsZone))
      problems.push(
        `privateDnsZone '${privateDnsZone}' must be System, None or the resource id of a zone privatelink.${region}.azmk8s.io, with at most one label before it`,
      );
    return problems;
  }
  if (allowFrom.length === 0)
    return ["api.allowFrom is empty: a public API needs the ranges that may reach it, at least those of the runner"];
  const problems = allowFrom.flatMap((range) => cidrProblems("api.allowFrom", range));
  if (allowFrom.length > 200) problems.push(`api.allowFrom has ${allowFrom.length} ranges: AKS takes at most 200`);
  return problems;
}

/** AKS takes privatelink.<region>.azmk8s.io, and one more label before it. */
function zonePattern(region: string): RegExp {
  return new RegExp(`/privateDnsZones/([^/.]+\\.)?privatelink\\.${region}\\.azmk8s\\.io$`, "i");
}

function cidrProblems(what: string, range: string): string[] {
  if (!isCidr(range)) return [`${what} '${range}' must be an IPv4 range such as 203.0.113.0/24`];
  if (canonical(range) !== range) return [`${what} '${range}' has host bits: write ${canonical(range)}`];
  return [];
}

function rangeProblems({ nodes, pods, services }: AksRanges, most: number): string[] {
  const named = Object.entries({ nodes, pods, services }).flatMap(([what, range]) => (range ? [[what, range] as const] : []));
  const wrong = named.flatMap(([what, range]) => cidrProblems(`network.${what}`, range));
  if (wrong.length > 0) return wrong;

  const problems: string[] = [];
  for (const [index, [what, range]] of named.entries())
    for (const [other, otherRange] of named.slice(index + 1))
      if (overlaps(range, otherRange))
        problems.push(`network.${what} ${range} overlaps network.${other} ${otherRange}: they must be apart`);
  if (prefixLength(services) <= 12)
    problems.push(`network.services ${services} is too large: AKS takes ranges smaller than a /12`);
  const forPods = Math.floor(size(pods) / 256);
  if (forPods < most)
    problems.push(`network.pods ${pods} has room for ${forPods} nodes of a /24 each: the pools grow to ${most} with upgrades`);
  // Azure keeps five addresses of every subnet
  if (nodes && size(nodes) - 5 < most)
    problems.push(`network.nodes ${nodes} has room for ${size(nodes) - 5} nodes: the pools grow to ${most} with upgrades`);
  return problems;
}

function settingsProblems(props: AksClusterProps): string[] {
  const problems: string[] = [];
  if (props.longTermSupport && props.tier !== "Premium")
    problems.push(`longTermSupport needs tier Premium, not ${props.tier ?? "Standard"}`);
  const days = props.logRetentionDays ?? 90;
  if (!props.logAnalyticsWorkspaceId && (days < 30 || days > 730))
    problems.push(`logRetentionDays is ${days}: a Log Analytics workspace keeps logs for 30 to 730 days`);
  const { startHour = 2, durationHours = 12 } = props.maintenance ?? {};
  if (!Number.isInteger(startHour) || startHour < 0 || startHour > 23)
    problems.push(`maintenance.startHour is ${startHour}: it is an hour of the day, 0 to 23`);
  if (!Number.isInteger(durationHours) || durationHours < 4 || durationHours > 24)
    problems.push(`maintenance.durationHours is ${durationHours}: AKS takes 4 to 24`);
  return problems;
}
