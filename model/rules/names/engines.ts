import { clustersOf, engineOf, type Group, groupsOf, membersOf } from "../../derived/members";
import { addressCount } from "../../derived/placement";
import { LARGEST_WEIGHT, leastCommonMultiple } from "../../limits/dns";
import type { Problem } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";

/** What a name asks that its engine can't do, and which one can. */
export function engineProblems(fleet: Fleet, key: string): readonly Problem[] {
  const spec = fleet.names[key]!;
  const root = membersOf(fleet, key, spec);
  const engine = engineOf(fleet, spec);
  const groups = groupsOf(root);
  const problems = [
    ...addressProblems(fleet, root),
    ...groups.flatMap((group) => weightProblems(group, LARGEST_WEIGHT[engine], engine)),
  ];
  if (engine === "route53") return [...problems, ...route53Problems(fleet, root)];
  problems.push(...trafficManagerProblems(fleet, root, groups));
  if (key === "@") problems.push(...apexProblems(fleet, root));
  return problems;
}

function route53Problems(fleet: Fleet, root: Group): readonly Problem[] {
  if (fleet.dns.engine !== "route53")
    return [
      {
        path: [...root.path, "engine"],
        message: `Route53 answers only for zones of its own, and '${fleet.dns.zone}' is in Azure DNS; use engine traffic-manager`,
      },
    ];
  return [...new Set(clustersOf(root))]
    .filter((name) => hasOnlyHostName(fleet, name) && !hasAlias(fleet, name))
    .map((name) => ({
      path: root.path,
      message: `cluster '${name}' is known by a host name, and in a Route53 zone names lead to addresses and to AWS load balancers; give its ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's, or use engine traffic-manager`,
    }));
}

function trafficManagerProblems(fleet: Fleet, root: Group, groups: readonly Group[]): readonly Problem[] {
  const problems: Problem[] = [];
  const inRoute53 = fleet.dns.engine === "route53";
  if (root.policy === "simple" && inRoute53)
    problems.push({
      path: [...root.path, "engine"],
      message: "simple needs no Traffic Manager: a record of the zone does it; use engine route53",
    });
  else if (!fleet.dns.azure)
    problems.push({
      path: [...root.path, "engine"],
      message: "Traffic Manager needs an Azure subscription for its profiles; give dns.azure, or use engine route53",
    });
  for (const group of groups)
    if (group.policy === "geoproximity")
      problems.push({
        path: group.path,
        message: `Traffic Manager has no geoproximity; ${inRoute53 ? "engine route53 has" : "Route53 has, with the zone there"}, or use policy latency`,
      });
  return problems;
}

/** At the zone's own name there is an alias instead of a CNAME, which leads only to a profile of addresses (Microsoft, dns-alias). */
function apexProblems(fleet: Fleet, root: Group): readonly Problem[] {
  const { path, policy, members } = root;
  if (fleet.dns.engine === "route53")
    return [
      {
        path,
        atKey: true,
        message: "the zone's own name can't be a CNAME, which is how a Route53 zone leads to Traffic Manager; use engine route53",
      },
    ];
  if (policy === "simple") return [];
  const alias = "at the zone's own name Azure takes only profiles of addresses";
  const other = "; use another name, or a zone in Route53";
  if (policy === "geolocation" || members.some(({ group }) => group))
    return [
      {
        path,
        message: `${policy}${policy === "geolocation" ? "" : " of nested policies"} needs nested profiles, and ${alias}${other}`,
      },
    ];
  const problems = members
    .filter(({ cluster }) => hasOnlyHostName(fleet, cluster!))
    .map((member) => ({
      path: member.path,
      message: `cluster '${member.key}' is known by a host name, and ${alias}; give its ingress.ips, or use another name`,
    }));
  const counts = members.map(({ cluster }) => addresses(fleet, cluster!));
  // Of a region that isn't known nobody knows the addresses, which is said where the region stands.
  if (problems.length === 0 && counts.includes(0)) return [];
  const spread = counts.reduce(leastCommonMultiple, 1);
  const heaviest = Math.max(...members.map(({ weight }, index) => (weight * spread) / Math.max(counts[index]!, 1)));
  if (policy === "weighted" && problems.length === 0 && heaviest > LARGEST_WEIGHT["traffic-manager"])
    problems.push({
      path,
      message: `weights spread over ${counts.join(", ")} addresses would reach ${heaviest}, and Traffic Manager takes at most 1000; use smaller weights`,
    });
  if (policy === "latency" && new Set(counts).size > 1)
    problems.push({
      path,
      message: `the members have ${counts.join(", ")} addresses; ${alias}, one endpoint each, so that members of one region would get unequal parts; use another name, or policy weighted`,
    });
  return problems;
}

function weightProblems(group: Group, most: number, engine: string): readonly Problem[] {
  if (group.policy !== "weighted") return [];
  return group.members
    .filter(({ weight }) => weight > most)
    .map(({ path, weight }) => ({
      path: [...path, "weight"],
      message: `${weight} is too much: ${engine} takes 0 to ${most}; divide all weights of the group`,
    }));
}

/** multivalue answers with addresses, whatever the engine. */
function addressProblems(fleet: Fleet, root: Group): readonly Problem[] {
  if (root.policy !== "multivalue") return [];
  return root.members
    .filter(({ cluster }) => hasOnlyHostName(fleet, cluster!))
    .map(({ path, key }) => ({
      path,
      message: `cluster '${key}' is known by a host name, and multivalue answers with addresses; give its ingress.ips, or use another policy`,
    }));
}

function hasOnlyHostName(fleet: Fleet, name: string): boolean {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  return cluster?.cloud === "existing" && addressCount(cluster) === 0;
}

/** Whether Route53 leads to a cluster's host name by alias. */
function hasAlias(fleet: Fleet, name: string): boolean {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  return cluster?.cloud === "existing" && cluster.existing.ingress.zoneId !== undefined;
}

function addresses(fleet: Fleet, name: string): number {
  return addressCount(fleet.clusters.find((cluster) => cluster.name === name)!);
}
