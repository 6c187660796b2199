import { nameProblem, ROUTE53, TRAFFIC_MANAGER } from "../model/limits/dns";
import type { Problem } from "../model/problems/problem";
import { compileRoute53, type RecordPlan } from "./compile/route53";
import { compileTrafficManager, type ProfilePlan } from "./compile/traffic-manager";
import type { NameTree } from "./tree";

/**
 * What the services would refuse of a fleet's public names, told from the trees that the records and profiles are made from:
 * the compilers add levels and records that the fleet file doesn't show.
 */
export function routingProblems(trees: readonly NameTree[]): readonly Problem[] {
  const { records } = compileRoute53(trees.filter(({ engine }) => engine === "route53"));
  const { profiles } = compileTrafficManager(trees.filter(({ engine }) => engine === "traffic-manager"));
  return [...recordProblems(records), ...profileProblems(profiles)];
}

/** What the services would refuse only as long as nobody asks for more, with the count. */
export function routingWarnings(trees: readonly NameTree[]): readonly string[] {
  const { records, checks } = compileRoute53(trees.filter(({ engine }) => engine === "route53"));
  const { profiles } = compileTrafficManager(trees.filter(({ engine }) => engine === "traffic-manager"));
  const healthChecks = checks.length * 2;
  const warnings: string[] = [];
  if (healthChecks > ROUTE53.healthChecks)
    warnings.push(
      `names: ${healthChecks} Route53 health checks, two for each of ${checks.length} questions that are asked of clusters, and an account has ${ROUTE53.healthChecks} unless more were asked for: ask AWS for a higher quota, or let names share questions (the same probe, or host: ingress)`,
    );
  if (healthChecks > ROUTE53.newHealthChecksADay)
    warnings.push(
      `names: ${healthChecks} Route53 health checks, and an account can make ${ROUTE53.newHealthChecksADay} in 24 hours: the first apply ends in the middle, and goes on a day later`,
    );
  if (records.length > ROUTE53.recordsOfZone)
    warnings.push(
      `names: ${records.length} records, and a hosted zone has ${ROUTE53.recordsOfZone} unless more were asked for: ask AWS for a higher quota`,
    );
  if (profiles.length > TRAFFIC_MANAGER.profiles)
    warnings.push(
      `names: ${profiles.length} Traffic Manager profiles, and a subscription has ${TRAFFIC_MANAGER.profiles} unless more were asked for: ask Azure for more, or nest less`,
    );
  return warnings;
}

const at = (path: readonly string[], message: string): Problem => ({ path: ["names", path[0]!], atKey: true, message });

function recordProblems(records: readonly RecordPlan[]): readonly Problem[] {
  const problems: Problem[] = [];
  const longest = new Map<string, RecordPlan>();
  for (const record of records)
    if (nameProblem(record.name) && record.name.length > (longest.get(record.path[0]!)?.name.length ?? 0))
      longest.set(record.path[0]!, record);
  for (const { name, path } of longest.values()) {
    const levels = name.split(".").filter((label) => label.startsWith("_")).length;
    problems.push(
      at(
        path,
        `its policies make records whose names have up to ${nameProblem(name)}: ${levels} of their parts are levels that the policies need (failover has two for each member after the second); nest less, name fewer members, or shorten the name`,
      ),
    );
  }
  for (const members of groupsBy(records, ({ name }) => name)) {
    const { rule, path, name } = members[0]!;
    if (!rule) continue;
    const most = rule.policy === "geoproximity" ? ROUTE53.geoproximityOfOneName : ROUTE53.recordsOfOneName;
    if (members.length > most)
      problems.push(
        at(
          path,
          `${rule.policy} makes ${members.length} records of the name ${name}, and Route53 takes ${most} of one name; put members into nested groups, or name fewer${rule.policy === "geolocation" ? " locations" : ""}`,
        ),
      );
  }
  return problems;
}

function profileProblems(profiles: readonly ProfilePlan[]): readonly Problem[] {
  // nested profiles come before those that hold them
  const levels = new Map<string, number>();
  for (const { relativeName, endpoints } of profiles)
    levels.set(
      relativeName,
      1 + Math.max(0, ...endpoints.map(({ target }) => (target.kind === "profile" ? levels.get(target.relativeName)! : 0))),
    );
  const problems = profiles.flatMap(({ endpoints, method, path }) =>
    endpoints.length <= TRAFFIC_MANAGER.endpointsOfProfile
      ? []
      : [
          at(
            path,
            `a profile of method ${method} would have ${endpoints.length} endpoints, and Traffic Manager takes ${TRAFFIC_MANAGER.endpointsOfProfile}; put members into nested groups, or name fewer`,
          ),
        ],
  );
  for (const own of groupsBy(profiles, ({ path }) => path[0]!)) {
    const deepest = Math.max(...own.map(({ relativeName }) => levels.get(relativeName)!));
    if (deepest > TRAFFIC_MANAGER.levels)
      problems.push(
        at(
          own[0]!.path,
          `needs ${deepest} levels of Traffic Manager profiles (geolocation has one more for its order of members), and ${TRAFFIC_MANAGER.levels} are allowed; nest less, or use engine route53`,
        ),
      );
  }
  return problems;
}

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
