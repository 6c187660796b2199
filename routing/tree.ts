import { locationOf } from "../model/derived/location";
import { clustersOf, engineOf, type Group as MemberGroup, membersOf, type Member as NamedMember } from "../model/derived/members";
import { shortHash } from "../model/derived/names";
import { addressCount, isHostNamed } from "../model/derived/placement";
import type { Fleet } from "../model/schema/fleet";
import type { ClientLocation, Engine, NameSpec, Policy } from "../model/schema/routing";

/** Where a member is. Coordinates have at most two decimals, as Route53 takes them. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  /** AWS region whose latency stands for the member's. */
  readonly awsRegion: string;
  /** Azure region whose latency stands for the member's. */
  readonly azureRegion: string;
}

/** A cluster at the end of a branch. */
export interface Leaf {
  readonly kind: "cluster";
  readonly cluster: string;
  /** In the fleet's `drain`. */
  readonly drained: boolean;
  /** Number of public IPv4 addresses of the ingress. 0: a host name. */
  readonly addresses: number;
  /** Known by a host name alone, which a CNAME leads to. @default false */
  readonly hostNamed?: boolean;
}

/** A policy over members. */
export interface Group {
  readonly kind: "group";
  readonly policy: Policy;
  readonly members: readonly Member[];
}

export interface Member {
  /** The cluster's or the nested group's name, unique in the group. */
  readonly key: string;
  readonly node: Leaf | Group;
  /** weighted: share. */
  readonly weight: number;
  /** geolocation: whose clients the member serves. */
  readonly locations: readonly ClientLocation[];
  /** geoproximity: -99 to 99. */
  readonly bias: number;
  readonly place: Place;
}

/** How a member's health is asked for, with every default filled in. */
export interface ProbePlan {
  readonly protocol: "https" | "http" | "tcp";
  readonly port: number;
  /** @default - none: tcp has no path */
  readonly path?: string;
  /** Application whose host is asked, `<app>.<cluster>.<zone>`. @default - the ingress, `ingress.<cluster>.<zone>` */
  readonly app?: string;
  readonly intervalSeconds: 10 | 30;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** A public name with its rule: what both engines are made from. */
export interface NameTree {
  /** Relative to the zone; `@` is the zone itself. */
  readonly name: string;
  /** The whole name. */
  readonly fqdn: string;
  readonly zone: string;
  readonly engine: Engine;
  readonly root: Group;
  readonly probe: ProbePlan;
  readonly ttlSeconds: number;
  /** Start of the names of Traffic Manager profiles. */
  readonly trafficManagerName: string;
  /** The application that the name serves. @default - none named */
  readonly app?: string;
}

/** The trees of a fleet's public names, in the order of the file. The fleet must have passed the rules. */
export function routingTrees(fleet: Fleet): readonly NameTree[] {
  return Object.entries(fleet.names).map(([name, spec]) => ({
    name,
    fqdn: name === "@" ? fleet.dns.zone : `${name}.${fleet.dns.zone}`,
    zone: fleet.dns.zone,
    engine: engineOf(fleet, spec),
    root: groupOf(fleet, membersOf(fleet, name, spec)),
    probe: probeOf(spec),
    ttlSeconds: spec.ttlSeconds,
    trafficManagerName: spec.trafficManagerName ?? trafficManagerName(fleet, name),
    app: spec.app,
  }));
}

/** World-unique without being asked for: fleet, name and a hash of the whole name, which nobody else has. */
function trafficManagerName(fleet: Fleet, name: string): string {
  const label = name.replace("@", "apex").replace("*", "any").replaceAll(".", "-").slice(0, 20).replace(/-+$/, "");
  return `${fleet.name}-${label}-${shortHash(`${name}.${fleet.dns.zone}`)}`;
}

function probeOf(spec: NameSpec): ProbePlan {
  const { protocol, intervalSeconds, failureThreshold } = spec.probe;
  const app = (spec.probe.host ?? (spec.app === undefined ? "ingress" : "app")) === "app" ? spec.app : undefined;
  return {
    protocol,
    port: spec.probe.port ?? (protocol === "http" ? 80 : 443),
    path: protocol === "tcp" ? undefined : (spec.probe.path ?? (app === undefined ? "/ping" : "/")),
    app,
    intervalSeconds,
    timeoutSeconds: spec.probe.timeoutSeconds ?? 9,
    failureThreshold,
  };
}

function groupOf(fleet: Fleet, group: MemberGroup): Group {
  return { kind: "group", policy: group.policy, members: group.members.map((member) => memberOf(fleet, member)) };
}

function memberOf(fleet: Fleet, member: NamedMember): Member {
  return {
    key: member.key,
    node: member.group ? groupOf(fleet, member.group) : leafOf(fleet, member.cluster!),
    weight: member.weight,
    locations: member.locations ?? [],
    bias: member.bias,
    place: placeOf(fleet, member),
  };
}

function leafOf(fleet: Fleet, name: string): Leaf {
  const cluster = clusterOf(fleet, name);
  return {
    kind: "cluster",
    cluster: name,
    drained: fleet.drain.includes(name),
    addresses: addressCount(cluster),
    hostNamed: isHostNamed(cluster),
  };
}

function placeOf(fleet: Fleet, member: NamedMember): Place {
  const cluster = clusterOf(fleet, member.cluster ?? clustersOf(member.group!)[0]!);
  const location = locationOf(cluster);
  if (!location) throw new Error(`where cluster '${cluster.name}' is isn't known: the fleet was not checked by its rules`);
  return {
    latitude: hundredths(member.place?.latitude ?? location.latitude),
    longitude: hundredths(member.place?.longitude ?? location.longitude),
    get awsRegion() {
      return member.place?.awsRegion ?? location.awsRegion;
    },
    get azureRegion() {
      return member.place?.azureRegion ?? location.azureRegion;
    },
  };
}

const hundredths = (degrees: number) => Math.round(degrees * 100) / 100;

function clusterOf(fleet: Fleet, name: string) {
  const cluster = fleet.clusters.find((candidate) => candidate.name === name);
  if (!cluster) throw new Error(`no cluster is called '${name}': the fleet was not checked by its rules`);
  return cluster;
}

/** The leaves below a node, in order, each as often as it occurs. */
export function leavesOf(node: Leaf | Group): readonly Leaf[] {
  return node.kind === "cluster" ? [node] : node.members.flatMap((member) => leavesOf(member.node));
}
