import { engineOf } from "../../model/derived/members";
import type { Fleet } from "../../model/schema/fleet";
import type { MemberSpec } from "../../model/schema/routing";
import { flow, replaced, withItem } from "../edit/yaml-text";
import { clusterOf, existing, generationGroups, type Path, type WrittenGroup, weightOf, writtenGroups } from "./groups";
import { NoStep, type Step } from "./step";

/**
 * Moves shares of the names from one generation to the next. The first time it puts both into a weighted group in the
 * old one's place, with all for the old one: so the records that a name stands on change in an apply that moves nobody,
 * and each later one changes nothing but weights.
 * @param percent the new one's part, 0 to 100
 */
export function shift(text: string, fleet: Fleet, fresh: string, old: string, percent: number): Step {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new NoStep(`'${percent}' is no whole number from 0 to 100: the new one's part in percent`);
  for (const name of [fresh, old])
    if (existing(fleet, name).retired) throw new NoStep(`'${name}' is retired and takes no traffic`);
  const places = placesOf(fleet, old, fresh);
  const cannot = places.flatMap(({ group, why }) => (why === undefined ? [] : [`${group.name} stays: ${why}`]));
  const lone = places.filter(({ why }) => why === undefined);
  if (lone.length > 0) {
    const after = grouped(text, lone, old, fresh);
    const names = [...new Set(lone.map(({ group }) => group.name))];
    return {
      text: after,
      said: [...names.map((name) => `names.${name}: ${old} and ${fresh} share its place, ${old} with all of it`), ...cannot],
      check: [
        "every name answers as before: npm run where, and dig",
        ...(names.some((name) => engineOf(fleet, fleet.names[name]!) === "traffic-manager")
          ? ["Traffic Manager shows the new endpoints as Online, and the disabled one as Disabled"]
          : []),
      ],
      next: ["shift", fresh, String(percent === 0 ? 10 : percent)],
    };
  }
  const groups = generationGroups(fleet, old, fresh);
  if (groups.length === 0)
    throw new NoStep([`no name leads to '${old}' in a place that ${fresh} could share`, ...cannot].join("\n  "));
  return {
    text: weighted(text, groups, { [old]: 100 - percent, [fresh]: percent }),
    said: [...groups.map(({ name }) => `names.${name}: ${fresh} ${percent} %, ${old} ${100 - percent} %`), ...cannot],
    check: [
      `errors and latency of ${fresh} beside those of ${old}, for longer than the names' TTL`,
      `its autoscaler has made nodes for the share: kubectl top nodes`,
    ],
    next: percent === 100 ? ["retire", old] : ["shift", fresh, String(Math.min(100, percent < 25 ? 25 : percent * 2))],
  };
}

/** All shares back to the old one, at once. */
export function rollback(text: string, fleet: Fleet, fresh: string, old: string): Step {
  // it is a member of no group any more
  if (existing(fleet, old).retired)
    throw new NoStep(`'${old}' is retired: take \`retired: true\` out, apply its stacks, and shift back`);
  const groups = generationGroups(fleet, old, fresh);
  if (groups.length === 0) throw new NoStep(`no name has '${old}' and '${fresh}' in one group: there is nothing to take back`);
  return {
    text: weighted(text, groups, { [old]: 100, [fresh]: 0 }),
    said: groups.map(({ name }) => `names.${name}: ${old} 100 %, ${fresh} 0 %`),
    check: ["every name answers as before the shift, after its TTL", `what ${fresh} did wrong, before the next shift`],
    next: ["shift", fresh, "10"],
  };
}

/** A place in which a cluster stands alone. */
interface Place {
  readonly group: WrittenGroup;
  readonly index: number;
  /** Why two generations can't share it. @default - they can */
  readonly why?: string;
}

function placesOf(fleet: Fleet, old: string, fresh: string): readonly Place[] {
  const shared = new Set(generationGroups(fleet, old, fresh).map(({ path }) => path.join(".")));
  return writtenGroups(fleet)
    .filter(({ path }) => !shared.has(path.join(".")))
    .flatMap((group) =>
      group.members.flatMap((member, index): Place[] => {
        if (clusterOf(member) !== old) return [];
        const why = whyNot(fleet, group, fresh);
        return [{ group, index, ...(why !== undefined && { why }) }];
      }),
    );
}

function whyNot(fleet: Fleet, { name, policy, members, path }: WrittenGroup, fresh: string): string | undefined {
  if (members.some((member) => clusterOf(member) === fresh))
    return `${fresh} is a member beside it already, in ${path.join(".")}`;
  if (policy === "multivalue")
    return "multivalue answers with addresses and knows no shares; put the new one beside the old one by hand";
  const isRoot = path.length === 2;
  const isNested = !(isRoot && (policy === "simple" || (policy === "weighted" && members.length === 1)));
  if (isNested && name === "@" && engineOf(fleet, fleet.names[name]!) === "traffic-manager")
    return "at the zone's own name Azure takes only profiles of addresses, without nested ones; add the new one as a member by hand";
  return undefined;
}

/** From the last place of the file to the first, so that the paths of the others stay. */
function grouped(text: string, places: readonly Place[], old: string, fresh: string): string {
  return places.reduceRight<string>((after, { group, index }) => {
    const { path, policy, members } = group;
    const at: Path = [...path, "members", index];
    const { weight, ...settings } = settingsOf(members[index]!);
    const [first, second] = [
      { cluster: old, weight: 100 },
      { cluster: fresh, weight: 0 },
    ];
    const isWhole = members.length === 1 && (policy === "weighted" || policy === "simple");
    if (!isWhole)
      return replaced(after, at, flow({ name: old, policy: "weighted", weight, ...settings, members: [first, second] }));
    const joined = withItem(replaced(after, at, flow({ ...first, ...settings })), at.slice(0, -1), flow(second));
    return policy === "simple" ? replaced(joined, [...path, "policy"], "weighted") : joined;
  }, text);
}

/** What a member says besides which cluster it is. */
function settingsOf(member: MemberSpec): Readonly<Record<string, unknown>> {
  if (typeof member === "string" || !("cluster" in member)) return {};
  const { cluster: _, ...settings } = member;
  return settings;
}

/** The groups with other weights. */
export function weighted(text: string, groups: readonly WrittenGroup[], weights: Readonly<Record<string, number>>): string {
  return groups.reduceRight(
    (after, { path, members }) =>
      members.reduceRight<string>((rest, member, index) => {
        const weight = weights[clusterOf(member) ?? ""];
        if (weight === undefined || weightOf(member) === weight) return rest;
        const at = [...path, "members", index];
        if (typeof member === "object" && member.weight !== undefined) return replaced(rest, [...at, "weight"], String(weight));
        return replaced(rest, at, flow({ cluster: clusterOf(member), ...settingsOf(member), weight }));
      }, after),
    text,
  );
}
