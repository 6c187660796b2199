import { type Group, groupsOf, type Member, membersOf } from "../../derived/members";
import { placementOf } from "../../derived/placement";
import { ROUTE53 } from "../../limits/dns";
import type { Problem } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { NameSpec, Policy } from "../../schema/routing";

/** Policies of a nested group. The others are only for the outermost one. */
const NESTABLE: readonly Policy[] = ["weighted", "latency", "geoproximity", "failover"];

/** The policies under which a field of a member counts. */
const FIELDS: Readonly<Record<string, readonly Policy[]>> = {
  weight: ["weighted"],
  locations: ["geolocation"],
  bias: ["geoproximity"],
  place: ["latency", "geoproximity"],
};

/** What is wrong with the members of a name: who they are, how many, and their fields. */
export function memberProblems(fleet: Fleet, key: string): readonly Problem[] {
  const spec = fleet.names[key]!;
  const root = membersOf(fleet, key, spec);
  return [...rootProblems(fleet, root, spec), ...groupsOf(root).flatMap((group) => groupProblems(fleet, spec, group))];
}

function rootProblems(fleet: Fleet, root: Group, spec: NameSpec): readonly Problem[] {
  const { policy, members, path } = root;
  const problems: Problem[] = [];
  if (members.length === 0) problems.push({ path, message: `has no members: ${whyNone(fleet, spec)}` });
  const several = members.map(({ key }) => `'${key}'`).join(", ");
  if (policy === "simple" && !spec.members && members.length > 1)
    problems.push({
      path,
      message: `\`members\` is missing: simple leads to one cluster, and any of ${several} could be meant; name one, or choose another policy`,
    });
  if (policy === "simple" && spec.members && (members.length > 1 || members.some(({ group }) => group)))
    problems.push({
      path: [...path, "members"],
      message: `simple leads to one cluster, not to ${several}; name one member, or choose another policy`,
    });
  if (policy === "multivalue")
    for (const member of members.filter(({ group }) => group))
      problems.push({
        path: member.path,
        message: `multivalue answers with addresses of clusters, and '${member.key}' is a ${member.group!.policy} policy; list its clusters instead`,
      });
  if (spec.default !== undefined && policy !== "geolocation")
    problems.push({
      path: [...path, "default"],
      message: `default is for policy geolocation, and this name's is ${policy}; leave it out`,
    });
  if (spec.default !== undefined && policy === "geolocation" && !members.some((member) => member.key === spec.default))
    problems.push({
      path: [...path, "default"],
      message: `'${spec.default}' is no member of the name${didYouMean(
        spec.default,
        members.map((member) => member.key),
        "members",
      )}`,
    });
  return problems;
}

function whyNone(fleet: Fleet, { app }: NameSpec): string {
  const { clusters } = fleet;
  if (clusters.length === 0) return "the fleet has no clusters; take the name out, or add a cluster";
  const placement = placementOf(fleet, (app === undefined ? undefined : fleet.apps[app]) ?? {});
  const placed = clusters.filter(({ name }) => placement.includes(name));
  if (placed.length > 0 && placed.every(({ retired }) => retired))
    return `${app === undefined ? "every cluster" : `every cluster that runs '${app}'`} is retired; take the name out, or keep a cluster for it`;
  return `no cluster runs '${app}'; name members, or place the application`;
}

function groupProblems(fleet: Fleet, spec: NameSpec, group: Group): readonly Problem[] {
  const { policy, members, path } = group;
  const problems = members.flatMap((member) => memberOwnProblems(fleet, spec, policy, member));
  const seen = new Set<string>();
  for (const { key, path: at } of members) {
    if (seen.has(key)) problems.push({ path: at, message: `'${key}' is a member of this group twice; name it once` });
    seen.add(key);
  }
  if (policy === "failover" && members.length === 1)
    problems.push({
      path,
      message: `failover needs at least two members, and '${members[0]!.key}' is the only one; add another, or use policy simple`,
    });
  if (policy === "weighted" && members.length > 0 && members.every(({ weight }) => weight === 0))
    problems.push({ path, message: "every weight is 0, so no member takes traffic; give at least one of them 1 or more" });
  if (members.length > ROUTE53.recordsOfOneName)
    problems.push({
      path,
      message: `has ${members.length} members; at most ${ROUTE53.recordsOfOneName} fit a group: nest some of them`,
    });
  return problems;
}

function memberOwnProblems(fleet: Fleet, spec: NameSpec, policy: Policy, member: Member): Problem[] {
  const problems: Problem[] = [];
  for (const field of member.given) {
    const policies = FIELDS[field];
    if (policies && !policies.includes(policy))
      problems.push({
        path: [...member.path, field],
        atKey: true,
        message: `${field} counts only under ${policies.join(" and ")}, and this group is ${policy}; leave it out`,
      });
  }
  const { group } = member;
  if (group) {
    if (!NESTABLE.includes(group.policy))
      problems.push({
        path: [...member.path, "policy"],
        message: `a ${group.policy} policy can't stand below another: ${reasonNotBelow(group.policy)}; nested policies are ${NESTABLE.join(", ")}`,
      });
    // a group that has taken a cluster's place keeps its name: the records there stay the same ones
    const namesake = fleet.clusters.find(({ name }) => name === member.key);
    const holds = groupsOf(group).some(({ members }) => members.some(({ cluster }) => cluster === member.key));
    if (namesake && !namesake.retired && !holds)
      problems.push({
        path: [...member.path, "name"],
        message: `'${member.key}' is the name of a cluster that is not in it; call the group otherwise`,
      });
    return problems;
  }
  const cluster = fleet.clusters.find(({ name }) => name === member.cluster);
  const app = spec.app === undefined ? undefined : fleet.apps[spec.app];
  const placement = app && placementOf(fleet, app);
  if (!cluster)
    problems.push({
      path: member.path,
      message: `no cluster is called '${member.cluster}'${didYouMean(
        member.cluster!,
        fleet.clusters.map(({ name }) => name),
        "clusters",
      )}`,
    });
  else if (cluster.retired)
    problems.push({
      path: member.path,
      message: `cluster '${cluster.name}' is retired and takes no traffic; take it out of the members`,
    });
  else if (placement && !placement.includes(cluster.name))
    problems.push({
      path: member.path,
      message: `application '${spec.app}' doesn't run on '${cluster.name}', only on ${placement.join(", ")}; add the cluster to apps.${spec.app}.clusters, or take it out of the members`,
    });
  return problems;
}

function reasonNotBelow(policy: Policy): string {
  if (policy === "geolocation")
    return "neither service documents whether it goes back when all members for one client fail; put it outermost";
  return policy === "simple" ? "name the cluster itself" : "it answers with addresses, which a record can't lead to";
}
