import { isCidr, isPrivate } from "../../derived/cidr";
import { clustersOf, engineOf, type Group, groupsOf, membersOf } from "../../derived/members";
import { addressCount, isHostNamed } from "../../derived/placement";
import { LARGEST_WEIGHT, leastCommonMultiple } from "../../limits/dns";
import type { Problem } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";

/** What a name asks that its engine can't do, and which one can. */
export function engineProblems(fleet: Fleet, key: string): readonly Problem[] {
  const spec = fleet.names[key]!;
  const root = membersOf(fleet, key, spec);
  const engine = engineOf(fleet, spec);
  const groups = groupsOf(root);
  const problems = [
    ...addressProblems(fleet, root),
    ...privateProblems(fleet, root),
    ...groups.flatMap((group) => weightProblems(group, LARGEST_WEIGHT[engine], engine)),
  ];
  if (engine === "route53") return [...problems, ...route53Problems(fleet, key, root)];
  problems.push(...trafficManagerProblems(fleet, root, groups));
  if (key === "@") problems.push(...apexProblems(fleet, root));
  return problems;
}

/**
 * Behind a host name there is a CNAME, which is the only record of its name: all members are such or none is (Route53
 * developer guide, "Supported DNS record types"; an alias has the type of what it leads to).
 */
function route53Problems(fleet: Fleet, key: string, root: Group): readonly Problem[] {
  if (fleet.dns.engine !== "route53")
    return [
      {
        path: [...root.path, "engine"],
        message: `Route53 answers only for zones of its own, and '${fleet.dns.zone}' is in Azure DNS; use engine traffic-manager`,
      },
    ];
  // which is said of each member
  if (root.policy === "multivalue") return [];
  const clusters = [...new Set(clustersOf(root))];
  const hostNamed = clusters.filter((name) => isHostNamed(clusterOf(fleet, name)));
  if (hostNamed.length === 0) return [];
  const which = `${said(hostNamed)} known by a host name`;
  const mend = "give ingress.ips, or ingress.zoneId where the host name is an AWS load balancer's";
  if (key === "@")
    return [
      { path: root.path, message: `the zone's own name takes no CNAME, and ${which}; ${mend}, or use another name for this` },
    ];
  const others = clusters.filter((name) => !hostNamed.includes(name));
  if (others.length === 0) return [];
  return [
    {
      path: root.path,
      message: `${which}, and ${said(others)} known by addresses: in a Route53 zone all records of a name are one or the other; ${mend}, or put ${hostNamed.length === 1 ? "it" : "these"} behind another name, or use engine traffic-manager, which takes both`,
    },
  ];
}

/** `cluster 'a' is`, `clusters 'a', 'b' are` */
const said = (names: readonly string[]): string =>
  `cluster${names.length === 1 ? "" : "s"} ${names.map((name) => `'${name}'`).join(", ")} ${names.length === 1 ? "is" : "are"}`;

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
  if (policy === "simple")
    return clustersOf(root)
      .filter((name) => hasOnlyHostName(fleet, name))
      .map((name) => ({
        path,
        message: `cluster '${name}' is known by a host name, and the zone's own name takes no CNAME; give its ingress.ips, or use another name`,
      }));
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

/** Health is asked from the internet, by both services. */
function privateProblems(fleet: Fleet, root: Group): readonly Problem[] {
  if (root.policy === "simple") return [];
  return [...new Set(clustersOf(root))].flatMap((name) => {
    const cluster = clusterOf(fleet, name);
    const own =
      cluster?.cloud === "existing"
        ? cluster.existing.ingress.ips.find((ip) => isCidr(`${ip}/32`) && isPrivate(`${ip}/32`))
        : undefined;
    return own === undefined
      ? []
      : [
          {
            path: root.path,
            message: `cluster '${name}' is known by ${own}, which is private, and health is asked from the internet: it would never count as healthy; give public addresses, or use policy simple`,
          },
        ];
  });
}

function hasOnlyHostName(fleet: Fleet, name: string): boolean {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  return cluster?.cloud === "existing" && addressCount(cluster) === 0;
}

function addresses(fleet: Fleet, name: string): number {
  return addressCount(clusterOf(fleet, name));
}

function clusterOf(fleet: Fleet, name: string): Cluster {
  return fleet.clusters.find((cluster) => cluster.name === name)!;
}
