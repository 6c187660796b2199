import type { Cluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import type { MemberSpec, Policy } from "../../model/schema/routing";
import { NoStep } from "./step";

export type Path = readonly (string | number)[];

/** A policy with its members as the fleet file writes it. */
export interface WrittenGroup {
  /** Of the group; a name itself, for its outermost one. */
  readonly path: Path;
  readonly policy: Policy;
  readonly members: readonly MemberSpec[];
  /** The public name that it is of. */
  readonly name: string;
}

/** Every group of the names that say their members, the outer before the inner. */
export function writtenGroups(fleet: Fleet): readonly WrittenGroup[] {
  return Object.entries(fleet.names).flatMap(([name, { policy, members }]) =>
    members ? groupsOf({ path: ["names", name], policy, members, name }) : [],
  );
}

function groupsOf(group: WrittenGroup): readonly WrittenGroup[] {
  const { members, path, name } = group;
  return [
    group,
    ...members.flatMap((member, index) =>
      typeof member === "object" && "members" in member
        ? groupsOf({ path: [...path, "members", index], policy: member.policy, members: member.members, name })
        : [],
    ),
  ];
}

/** The cluster that a member is. @default - a group */
export function clusterOf(member: MemberSpec): string | undefined {
  if (typeof member === "string") return member;
  return "cluster" in member ? member.cluster : undefined;
}

export const weightOf = (member: MemberSpec): number => (typeof member === "string" ? 1 : (member.weight ?? 1));

/** The groups that hold two generations and nothing else: the shares between them are what moves traffic. */
export function generationGroups(fleet: Fleet, old: string, fresh: string): readonly WrittenGroup[] {
  return writtenGroups(fleet).filter(({ policy, members }) => {
    const clusters = members.map(clusterOf);
    return policy === "weighted" && members.length === 2 && clusters.includes(old) && clusters.includes(fresh);
  });
}

/** A cluster by its name. */
export function existing(fleet: Fleet, name: string): Cluster {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  if (!cluster)
    throw new NoStep(`no cluster is called '${name}'; there are ${fleet.clusters.map((candidate) => candidate.name).join(", ")}`);
  return cluster;
}

/**
 * The generation that a cluster follows: the other one of the groups that it shares with one cluster alone; before there
 * are any, the only other cluster of its cloud and region.
 */
export function olderOf(fleet: Fleet, fresh: string): string {
  const { cloud, region } = existing(fleet, fresh);
  const partners = new Set(
    writtenGroups(fleet).flatMap(({ policy, members }) => {
      const clusters = members.map(clusterOf);
      if (policy !== "weighted" || members.length !== 2 || !clusters.includes(fresh)) return [];
      return clusters.flatMap((name) => (name !== undefined && name !== fresh ? [name] : []));
    }),
  );
  const near = fleet.clusters.filter(
    (cluster) => cluster.name !== fresh && !cluster.retired && cluster.cloud === cloud && cluster.region === region,
  );
  const found = partners.size > 0 ? [...partners] : near.map(({ name }) => name);
  if (found.length === 1) return found[0]!;
  throw new NoStep(
    `which cluster does '${fresh}' follow? ${found.length === 0 ? `No other one is in ${cloud} ${region}` : `It could be ${found.join(" or ")}`}: name it with --from`,
  );
}
