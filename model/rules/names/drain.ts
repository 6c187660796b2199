import { engineOf, type Group, type Member, membersOf } from "../../derived/members";
import type { Problem } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { Engine } from "../../schema/routing";

/** A drained cluster is one of the fleet. */
export function unknownDrained(fleet: Fleet): readonly Problem[] {
  const clusters = fleet.clusters.map(({ name }) => name);
  return fleet.drain.flatMap((name, index) =>
    clusters.includes(name)
      ? []
      : [{ path: ["drain", index], message: `no cluster is called '${name}'${didYouMean(name, clusters, "clusters")}` }],
  );
}

/**
 * A drain must leave somebody to answer: Route53 would take the drained cluster for healthy again, Traffic Manager would
 * answer nothing.
 */
export function drainedNames(fleet: Fleet, key: string): readonly Problem[] {
  const spec = fleet.names[key]!;
  return nameProblems(fleet, membersOf(fleet, key, spec), engineOf(fleet, spec), key).map((problem) => ({
    ...problem,
    because: [["names", key]],
  }));
}

function nameProblems(fleet: Fleet, root: Group, engine: Engine, key: string): readonly Problem[] {
  const drained = root.members.filter((member) => !canAnswer(fleet, member, engine)).map((member) => member.key);
  if (drained.length === 0) return [];
  const path = ["drain"];
  const all = drained.map((name) => `'${name}'`).join(", ");
  if (root.policy === "simple")
    return [
      {
        path,
        message: `${all} is the only member of name '${key}', whose policy simple has no switch; give the name another policy and member first`,
      },
    ];
  if (root.policy === "geolocation") {
    const rest = root.members.find((member) => member.locations?.includes("default"));
    if (!rest || canAnswer(fleet, rest, engine)) return [];
    return [
      {
        path,
        message: `'${rest.key}' is the default of name '${key}': clients that no location covers would have nobody; put a failover of two clusters there first`,
      },
    ];
  }
  if (groupCanAnswer(fleet, root, engine)) return [];
  return [{ path, message: `drains every member of name '${key}' (${all}): leave one of them, or take the name out` }];
}

function canAnswer(fleet: Fleet, member: Member, engine: Engine): boolean {
  return member.group ? groupCanAnswer(fleet, member.group, engine) : !fleet.drain.includes(member.cluster!);
}

/** Weight 0 is a reserve on Route53 and off in Traffic Manager. */
function groupCanAnswer(fleet: Fleet, group: Group, engine: Engine): boolean {
  const off = (member: Member) => engine === "traffic-manager" && group.policy === "weighted" && member.weight === 0;
  return group.members.some((member) => !off(member) && canAnswer(fleet, member, engine));
}
