import type { ClientLocation } from "../../model/schema/routing";
import { type Group, type Leaf, leavesOf, type Member, type NameTree } from "../tree";
import { type CheckPlan, checkOf } from "./checks";

/** Why a record of a group answers: one kind for all records of a name. */
export type RecordRule =
  | { readonly policy: "weighted"; readonly weight: number }
  | { readonly policy: "latency"; readonly region: string }
  | { readonly policy: "geolocation"; readonly location: ClientLocation }
  | { readonly policy: "geoproximity"; readonly latitude: string; readonly longitude: string; readonly bias: number }
  | { readonly policy: "failover"; readonly role: "PRIMARY" | "SECONDARY" }
  | { readonly policy: "multivalue" };

/** Where a record leads. */
export type RecordTarget =
  /** To the records of another name of this plan, which come before it. */
  | { readonly kind: "node"; readonly name: string }
  /** To ingress.<cluster>.<zone>, which the cluster's own stack makes. */
  | { readonly kind: "ingress"; readonly cluster: string; readonly name: string }
  /** To one address of a cluster. */
  | { readonly kind: "address"; readonly cluster: string; readonly index: number; readonly ttlSeconds: number };

export interface RecordPlan {
  /** Construct ids from the stack down. */
  readonly path: readonly string[];
  /** Whole name of the record. */
  readonly name: string;
  /** CNAME where all members are known by host names: an alias has the type of what it leads to. */
  readonly type: "A" | "CNAME";
  readonly target: RecordTarget;
  /** Whether the record counts as unhealthy when its target does. Addresses have none. */
  readonly evaluateTargetHealth: boolean;
  /** @default - the only record of its name, without policy */
  readonly rule?: RecordRule & { readonly setIdentifier: string };
  /** Id of the check. @default - none of its own */
  readonly check?: string;
}

/** All that Route53 needs for a fleet's names: targets always come before the aliases onto them. */
export interface Route53Plan {
  readonly checks: readonly CheckPlan[];
  readonly records: readonly RecordPlan[];
}

/**
 * Turns trees into record sets. The public name is a simple alias to `_<policy>.<name>`, which carries the policy:
 * Route53 doesn't let a name change its policy, so a new policy is a new name that the alias then moves to.
 * What identifies a record of a group is its place in the policy (the region, the location, primary or secondary), not
 * its member: a member that takes another's place is then a change of one record and not a conflict of two.
 */
export function compileRoute53(trees: readonly NameTree[]): Route53Plan {
  const checks = new Map<string, CheckPlan>();
  const records = trees.flatMap((tree) => new NameCompiler(tree, checks).records());
  return { checks: [...checks.values()], records };
}

/** A record of a group before its target is made: place in the policy and who takes it, several in equal parts. */
interface Slot {
  readonly id: string;
  readonly rule: RecordRule;
  readonly members: readonly Member[];
  /** @default - the members are compiled as they are */
  readonly group?: { readonly key: string; readonly node: Group };
}

class NameCompiler {
  private readonly made: RecordPlan[] = [];
  /** Names of nested groups that are made already: geolocation leads to one member from several records. */
  private readonly nodes = new Map<string, string>();
  private readonly type: RecordPlan["type"];

  constructor(
    private readonly tree: NameTree,
    private readonly checks: Map<string, CheckPlan>,
  ) {
    this.type = leavesOf(tree.root).some(({ hostNamed }) => hostNamed) ? "CNAME" : "A";
  }

  records(): readonly RecordPlan[] {
    const { tree } = this;
    const target = tree.root.policy === "simple" ? this.ingress(tree.root.members[0]!.node as Leaf) : this.root();
    this.made.push({ path: [tree.name, "alias"], name: tree.fqdn, type: this.type, target, evaluateTargetHealth: false });
    return this.made;
  }

  private root(): RecordTarget {
    const own = this.tree.fqdn.replace(/^\*/, "_any");
    // Names of their own: where members get host names, the new group stands beside the old one, which a CNAME can't.
    const base = this.type === "CNAME" ? `_cname.${own}` : own;
    return { kind: "node", name: this.group(this.tree.root, base, [this.tree.name]) };
  }

  /** Makes the records of a group and of all below it. @returns the name of the group */
  private group(group: Group, base: string, path: readonly string[]): string {
    const name = `_${group.policy}.${base}`;
    const known = this.nodes.get(name);
    if (known) return known;
    this.nodes.set(name, name);
    const groupPath = [...path, group.policy];
    for (const slot of this.slots(group)) {
      const common = { path: [...groupPath, slot.id], name, type: this.type, rule: { ...slot.rule, setIdentifier: slot.id } };
      const only = slot.members.length === 1 && !slot.group ? slot.members[0]! : undefined;
      if (slot.rule.policy === "multivalue") this.addresses(common, only!);
      else if (only?.node.kind === "cluster") {
        const check = this.check(only.node);
        this.made.push({ ...common, target: this.ingress(only.node), evaluateTargetHealth: true, check });
      } else {
        const inner = slot.group ?? { key: only!.key, node: only!.node as Group };
        const target = this.group(inner.node, `${inner.key}.${name}`, [...groupPath, `group-${inner.key}`]);
        this.made.push({ ...common, target: { kind: "node", name: target }, evaluateTargetHealth: true });
      }
    }
    return name;
  }

  private addresses(common: Pick<RecordPlan, "name" | "path" | "type" | "rule">, member: Member): void {
    const leaf = member.node as Leaf;
    const check = this.check(leaf);
    for (let index = 0; index < leaf.addresses; index++) {
      const id = `${member.key}-${index}`;
      this.made.push({
        ...common,
        path: [...common.path.slice(0, -1), id],
        rule: { policy: "multivalue", setIdentifier: id },
        target: { kind: "address", cluster: leaf.cluster, index, ttlSeconds: this.tree.ttlSeconds },
        evaluateTargetHealth: false,
        check,
      });
    }
  }

  private slots(group: Group): readonly Slot[] {
    const { members } = group;
    switch (group.policy) {
      case "weighted":
        return members.map((member) => ({
          id: member.key,
          rule: { policy: "weighted", weight: member.weight },
          members: [member],
        }));
      case "multivalue":
        return members.map((member) => ({ id: member.key, rule: { policy: "multivalue" }, members: [member] }));
      case "geolocation":
        return members.flatMap((member) =>
          member.locations.map((location) => ({
            id: locationId(location),
            rule: { policy: "geolocation", location },
            members: [member],
          })),
        );
      case "latency":
        return sameOf(members, ({ place }) => place.awsRegion).map(([region, same]) => ({
          id: region,
          rule: { policy: "latency", region },
          ...shared(`_${region}`, same),
        }));
      case "geoproximity":
        return sameOf(members, ({ place }) => `${place.latitude} ${place.longitude}`).map(([, same]) => {
          const { place, bias, key } = same[0]!;
          const rule = { policy: "geoproximity", latitude: `${place.latitude}`, longitude: `${place.longitude}`, bias } as const;
          return { id: key, rule, ...shared(`_${key}`, same) };
        });
      case "failover":
        return failover(members);
      case "simple":
        throw new Error("simple has no group: it leads to one cluster");
    }
  }

  private ingress(leaf: Leaf): RecordTarget {
    return { kind: "ingress", cluster: leaf.cluster, name: `ingress.${leaf.cluster}.${this.tree.zone}` };
  }

  private check(leaf: Leaf): string {
    const check = checkOf(this.tree, leaf.cluster, leaf.drained);
    this.checks.set(check.id, check);
    return check.id;
  }
}

/** Members at one place take equal parts of it, behind a group of their own: Route53 takes one record for a region. */
function shared(key: string, members: readonly Member[]): Pick<Slot, "members" | "group"> {
  if (members.length === 1) return { members };
  const equal = members.map((member) => ({ ...member, weight: 1 }));
  return { members, group: { key, node: { kind: "group", policy: "weighted", members: equal } } };
}

/** Two members at least (model/rules/names). Route53 knows a primary and a secondary: further members fail over behind the secondary. */
function failover(members: readonly Member[]): readonly Slot[] {
  const [first, ...rest] = members;
  const primary: Slot = { id: "primary", rule: { policy: "failover", role: "PRIMARY" }, members: [first!] };
  const rule = { policy: "failover", role: "SECONDARY" } as const;
  if (rest.length === 1) return [primary, { id: "secondary", rule, members: rest }];
  return [
    primary,
    { id: "secondary", rule, members: rest, group: { key: "_rest", node: { kind: "group", policy: "failover", members: rest } } },
  ];
}

/** A location as an id: default, continent-eu, country-br, us-ca. */
export function locationId(location: ClientLocation): string {
  if (location === "default") return "default";
  if ("continent" in location) return `continent-${location.continent.toLowerCase()}`;
  if (location.state === undefined) return `country-${location.country.toLowerCase()}`;
  return `${location.country}-${location.state}`.toLowerCase();
}

function sameOf(
  members: readonly Member[],
  keyOf: (member: Member) => string,
): readonly (readonly [string, readonly Member[]])[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return [...groups];
}
