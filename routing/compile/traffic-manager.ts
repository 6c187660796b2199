import { shorten, shortHash } from "../../model/derived/names";
import { leastCommonMultiple } from "../../model/limits/dns";
import type { Group, Leaf, Member, NameTree, ProbePlan } from "../tree";
import { probeHost } from "./checks";
import { geographicRoutes } from "./geographic";

export type Method = "Performance" | "Priority" | "Weighted" | "Geographic" | "MultiValue";

export type EndpointTarget =
  /** ingress.<cluster>.<zone>. */
  | { readonly kind: "ingress"; readonly cluster: string; readonly name: string }
  /** One address of a cluster: at the zone's apex, and for MultiValue. */
  | { readonly kind: "address"; readonly cluster: string; readonly index: number }
  /** Another profile of the plan, by its relative name, which comes before this one. */
  | { readonly kind: "profile"; readonly relativeName: string };

export interface EndpointPlan {
  /** Name of the endpoint and id of its construct, unique in the profile. */
  readonly id: string;
  readonly target: EndpointTarget;
  readonly enabled: boolean;
  /** Weighted: 1 to 1000. */
  readonly weight?: number;
  /** Priority: 1 to 1000, unique in the profile. */
  readonly priority?: number;
  /** Performance: Azure region whose latency stands for the endpoint's. */
  readonly location?: string;
  /** Geographic: codes of Traffic Manager's regions, each once in a profile. */
  readonly geoMappings?: readonly string[];
  /** Host header of the probe. @default - the target's name */
  readonly probeHost?: string;
}

export interface ProfilePlan {
  /** Construct ids from the stack down. */
  readonly path: readonly string[];
  /** First part of <it>.trafficmanager.net, and name of the profile in its resource group. */
  readonly relativeName: string;
  readonly method: Method;
  readonly ttlSeconds: number;
  readonly probe: ProbePlan;
  readonly endpoints: readonly EndpointPlan[];
  /** MultiValue: addresses in an answer. */
  readonly maxReturn?: number;
}

/** The record that leads from the public name to a profile, or, for `simple`, to a cluster. */
export interface PublicRecord {
  readonly path: readonly string[];
  /** Relative to the zone: `@` is the zone itself. */
  readonly name: string;
  readonly ttlSeconds: number;
  readonly target:
    | { readonly kind: "profile"; readonly relativeName: string }
    | { readonly kind: "ingress"; readonly cluster: string; readonly name: string; readonly addresses: number };
}

export interface TrafficManagerPlan {
  /** Nested profiles come before those that hold them. */
  readonly profiles: readonly ProfilePlan[];
  readonly records: readonly PublicRecord[];
}

/**
 * Turns trees into profiles, one method each, nested where policies nest. Profiles of order (Priority, Geographic) have
 * it in their name: Traffic Manager refuses two endpoints with one priority or one region, so changing endpoints one
 * by one would fail midway; a new order is a new profile, that the one above or the public record then moves to.
 */
export function compileTrafficManager(trees: readonly NameTree[]): TrafficManagerPlan {
  const compiled = trees.map((tree) => new NameCompiler(tree).compile());
  return { profiles: compiled.flatMap(({ profiles }) => profiles), records: compiled.map(({ record }) => record) };
}

const METHODS = { latency: "Performance", failover: "Priority", weighted: "Weighted", multivalue: "MultiValue" } as const;

class NameCompiler {
  private readonly profiles = new Map<string, ProfilePlan>();

  constructor(private readonly tree: NameTree) {}

  compile(): { readonly profiles: readonly ProfilePlan[]; readonly record: PublicRecord } {
    const { tree } = this;
    const common = { path: [tree.name, "record"], name: tree.name, ttlSeconds: tree.ttlSeconds };
    if (tree.root.policy === "simple") {
      const leaf = tree.root.members[0]!.node as Leaf;
      const target = { ...this.ingress(leaf), addresses: leaf.addresses };
      return { profiles: [], record: { ...common, target } };
    }
    const relativeName = this.group(tree.root, tree.trafficManagerName, [tree.name]);
    return { profiles: [...this.profiles.values()], record: { ...common, target: { kind: "profile", relativeName } } };
  }

  /** Makes the profile of a group and of all below it. @returns its relative name */
  private group(group: Group, base: string, path: readonly string[]): string {
    const { policy } = group;
    const name = `${base}-${policy}`;
    const groupPath = [...path, policy];
    if (policy === "geolocation") return this.geographic(group, name, groupPath);
    if (policy === "simple" || policy === "geoproximity") throw new Error(`Traffic Manager has no method for ${policy}`);
    const endpoints = group.members.flatMap((member) => this.endpoints(group, member, name, groupPath));
    const maxReturn = policy === "multivalue" ? Math.min(8, endpoints.length) : undefined;
    return this.profile({ path: groupPath, name, method: METHODS[policy], endpoints: numbered(policy, endpoints), maxReturn });
  }

  /** The endpoints of a member: one, or one for each address where only addresses will do. */
  private endpoints(group: Group, member: Member, name: string, path: readonly string[]): readonly EndpointPlan[] {
    const { policy } = group;
    const enabled = policy !== "weighted" || member.weight > 0;
    const location = policy === "latency" ? member.place.azureRegion : undefined;
    const byAddress = policy === "multivalue" || this.tree.name === "@";
    if (member.node.kind === "group" || !byAddress) {
      const weight = policy === "weighted" ? Math.max(member.weight, 1) : undefined;
      return [{ ...this.endpoint(member, name, path, enabled), weight, location }];
    }
    const leaf = member.node;
    const common = { enabled: enabled && !leaf.drained, location, probeHost: this.hostOf(leaf.cluster) };
    const weight = policy === "weighted" ? addressWeight(group, member) : undefined;
    return Array.from({ length: leaf.addresses }, (_, index) => ({
      ...common,
      id: `${member.key}-${index}`,
      weight,
      target: { kind: "address", cluster: leaf.cluster, index } as const,
    }));
  }

  private endpoint(member: Member, name: string, path: readonly string[], enabled = true): EndpointPlan {
    const { key, node } = member;
    if (node.kind === "group") {
      const relativeName = this.group(node, `${name}--${key}`, [...path, `group-${key}`]);
      return { id: key, target: { kind: "profile", relativeName }, enabled };
    }
    const target = this.ingress(node);
    const host = this.hostOf(node.cluster);
    return { id: key, target, enabled: enabled && !node.drained, probeHost: host === target.name ? undefined : host };
  }

  /** Traffic Manager has no way from one region to the next: each region leads to a profile of the order in which to try. */
  private geographic(group: Group, name: string, path: readonly string[]): string {
    const endpoints = geographicRoutes(group.members).map(({ chain, codes }): EndpointPlan => {
      const id = chain.map(({ key }) => key).join("--");
      const members = chain.map((member) => this.endpoint(member, name, path));
      const [only] = members;
      if (members.length === 1) return { ...only!, geoMappings: codes };
      const relativeName = this.profile({
        path: [...path, `chain-${id}`],
        name: `${name}-chain`,
        method: "Priority",
        endpoints: numbered("failover", members),
      });
      return { id: shorten(id, 200), target: { kind: "profile", relativeName }, enabled: true, geoMappings: codes };
    });
    return this.profile({ path, name, method: "Geographic", endpoints });
  }

  private profile(plan: Pick<ProfilePlan, "path" | "method" | "endpoints" | "maxReturn"> & { readonly name: string }): string {
    const { name, ...rest } = plan;
    const relativeName = shorten(name + orderHash(plan.method, plan.endpoints), 63);
    const { ttlSeconds, probe } = this.tree;
    if (!this.profiles.has(relativeName)) this.profiles.set(relativeName, { ...rest, relativeName, ttlSeconds, probe });
    return relativeName;
  }

  private ingress(leaf: Leaf): EndpointTarget & { readonly kind: "ingress" } {
    return { kind: "ingress", cluster: leaf.cluster, name: `ingress.${leaf.cluster}.${this.tree.zone}` };
  }

  private hostOf(cluster: string): string {
    return probeHost(this.tree, cluster);
  }
}

function numbered(policy: string, endpoints: readonly EndpointPlan[]): readonly EndpointPlan[] {
  return policy === "failover" ? endpoints.map((endpoint, index) => ({ ...endpoint, priority: index + 1 })) : endpoints;
}

/**
 * Hash of an order or of a mapping, and of nothing that a drain changes. Nested endpoints count too: a profile takes no
 * two endpoints of one name, so that a group in the place of a cluster would leave a gap between the two.
 */
function orderHash(method: Method, endpoints: readonly EndpointPlan[]): string {
  const nested = endpoints.flatMap(({ id, target }) => (target.kind === "profile" ? [id] : []));
  if (method !== "Priority" && method !== "Geographic") return nested.length === 0 ? "" : `-${shortHash(JSON.stringify(nested))}`;
  const order = endpoints.map(({ id, geoMappings }) => [id, geoMappings ?? []]);
  return `-${shortHash(JSON.stringify(nested.length === 0 ? order : [order, nested]))}`;
}

/** A member's weight spread over its addresses so that members keep their shares whatever their numbers of addresses. */
export function addressWeight(group: Group, member: Member): number {
  const counts = group.members.map(({ node }) => (node.kind === "cluster" ? node.addresses : 1));
  const multiple = counts.reduce(leastCommonMultiple, 1);
  const own = member.node.kind === "cluster" ? member.node.addresses : 1;
  return Math.max((member.weight * multiple) / own, 1);
}
