import type { Cluster } from "../schema/cluster";
import type { Fleet } from "../schema/fleet";
import type { ClientLocation, Engine, MemberSpec, NameSpec, Policy } from "../schema/routing";
import { locationOf } from "./location";
import { placementOf } from "./placement";

/** A policy over members, with every shorthand of the fleet file written out. */
export interface Group {
  readonly policy: Policy;
  readonly members: readonly Member[];
  /** Where the group stands in the fleet file. */
  readonly path: readonly (string | number)[];
}

/** A member of a group: a cluster by its name, or a nested group. */
export interface Member {
  /** The cluster's name or the nested group's: what records of this member are called. */
  readonly key: string;
  /** What the member is: exactly one of both. */
  readonly cluster?: string;
  readonly group?: Group;
  readonly weight: number;
  /** geolocation: whose clients the member serves; of the other policies, what the file gives. */
  readonly locations?: readonly ClientLocation[];
  readonly bias: number;
  readonly place?: Exclude<MemberSpec, string>["place"];
  /** Where the member stands in the fleet file, or the name itself where members were left out. */
  readonly path: readonly (string | number)[];
  /** The fields that the file gives. */
  readonly given: readonly string[];
}

/** The engine that carries a name: what the file says, otherwise the zone's own cloud. */
export function engineOf(fleet: Fleet, spec: NameSpec): Engine {
  return spec.engine ?? (fleet.dns.engine === "route53" ? "route53" : "traffic-manager");
}

/** The clusters that a name leads to where the file names none: in use, and running the name's application. */
export function defaultMembers(fleet: Fleet, spec: NameSpec): readonly Cluster[] {
  const app = spec.app === undefined ? undefined : fleet.apps[spec.app];
  const placement = placementOf(fleet, app ?? {});
  return fleet.clusters.filter((cluster) => !cluster.retired && placement.includes(cluster.name));
}

/**
 * The members of a public name. A drained cluster stays a member, with its switch thrown: only so does a drain change
 * nothing but the switch.
 * @param key the name relative to the zone, a key of `names`
 */
export function membersOf(fleet: Fleet, key: string, spec: NameSpec): Group {
  const path = ["names", key];
  const members = spec.members
    ? spec.members.map((member, index) => memberOf(member, [...path, "members", index]))
    : defaultMembers(fleet, spec).map((cluster) => memberOf(cluster.name, path));
  if (spec.policy !== "geolocation") return { policy: spec.policy, members, path };
  return { policy: spec.policy, members: members.map((member) => located(fleet, member, spec.default)), path };
}

/** geolocation: a member without locations serves the continent of its first cluster; `default` adds the rest of the world. */
function located(fleet: Fleet, member: Member, defaultMember: string | undefined): Member {
  const cluster = fleet.clusters.find(({ name }) => name === (member.cluster ?? clustersOf(member.group!)[0]));
  const continent = cluster && locationOf(cluster)?.continent;
  const own = member.locations ?? (continent ? [{ continent }] : []);
  const rest = member.key === defaultMember && !own.includes("default") ? (["default"] as const) : [];
  return { ...member, locations: [...own, ...rest] };
}

function memberOf(spec: MemberSpec, path: readonly (string | number)[]): Member {
  if (typeof spec === "string") return { key: spec, cluster: spec, weight: 1, bias: 0, path, given: [] };
  const common = {
    weight: spec.weight ?? 1,
    locations: spec.locations,
    bias: spec.bias ?? 0,
    place: spec.place,
    path,
    given: Object.keys(spec),
  };
  if ("cluster" in spec) return { ...common, key: spec.cluster, cluster: spec.cluster };
  const members = spec.members.map((member, index) => memberOf(member, [...path, "members", index]));
  return { ...common, key: spec.name, group: { policy: spec.policy, members, path } };
}

/** Every group of a tree, the outer before the inner. */
export function groupsOf(group: Group): readonly Group[] {
  return [group, ...group.members.flatMap((member) => (member.group ? groupsOf(member.group) : []))];
}

/** The clusters below a group, in order, each as often as it is a member. */
export function clustersOf(group: Group): readonly string[] {
  return group.members.flatMap((member) => (member.group ? clustersOf(member.group) : [member.cluster!]));
}
