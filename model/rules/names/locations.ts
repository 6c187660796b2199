import { COUNTRIES, countryName, knowsCountry, US_STATES } from "../../catalog/countries";
import { regionsOf } from "../../catalog/regions";
import { locationOf } from "../../derived/location";
import { clustersOf, engineOf, type Group, groupsOf, type Member, membersOf } from "../../derived/members";
import type { Problem } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { ClientLocation } from "../../schema/routing";

/** What is wrong with where clients are sent by place: geolocation's areas, latency's regions, geoproximity's points. */
export function locationProblems(fleet: Fleet, key: string): readonly Problem[] {
  const groups = groupsOf(membersOf(fleet, key, fleet.names[key]!));
  return groups.flatMap((group) => {
    if (group.policy === "geolocation") return geolocationProblems(fleet, key, group);
    if (group.policy === "geoproximity") return [...group.members.flatMap(pointProblems), ...biasProblems(fleet, group)];
    return group.policy === "latency"
      ? group.members.flatMap((member) => [...pointProblems(member), ...regionProblems(member)])
      : [];
  });
}

function geolocationProblems(fleet: Fleet, key: string, group: Group): readonly Problem[] {
  const problems: Problem[] = [];
  const holders = new Map<string, Member>();
  for (const member of group.members) {
    for (const location of member.locations ?? []) {
      const text = inWords(location);
      const holder = holders.get(text);
      const given = member.given.includes("locations");
      if (holder)
        problems.push({
          path: given ? [...member.path, "locations"] : member.path,
          message:
            holder === member
              ? `${text} stands here twice; once is enough`
              : `both '${holder.key}' and '${member.key}' serve ${text}, and a client can be sent to one only; give them different \`locations\`, or nest them in one member`,
        });
      holders.set(text, member);
      problems.push(...areaProblems(fleet, key, member, location));
    }
  }
  if (!holders.has("the rest of the world"))
    problems.push({
      path: group.path,
      message:
        "has no default: clients that no location covers, or whose place isn't known, would get no answer; set `default` to a member, or give one the location `default`",
    });
  return problems;
}

function areaProblems(fleet: Fleet, key: string, member: Member, location: ClientLocation): readonly Problem[] {
  if (location === "default" || "continent" in location) return [];
  const path = [...member.path, "locations"];
  const { country, state } = location;
  if (!COUNTRIES.includes(country))
    return [{ path, message: `'${country}' is no country of ISO 3166-1; give its two letters, such as BR` }];
  const engine = engineOf(fleet, fleet.names[key]!);
  if (!knowsCountry(engine, country))
    return [{ path, message: `Traffic Manager has no region for ${countryName(country)} ('${country}'); engine route53 has` }];
  if (state === undefined) return [];
  if (country !== "US")
    return [
      {
        path,
        message: `state '${state}' of country '${country}': only the USA's states can be told apart (country US); leave state out`,
      },
    ];
  return US_STATES.includes(state)
    ? []
    : [{ path, message: `'${state}' is no state of the USA; they are ${US_STATES.join(", ")}` }];
}

/** A location as people say it, which is also what two of them have in common when they are the same. */
function inWords(location: ClientLocation): string {
  if (location === "default") return "the rest of the world";
  if ("continent" in location) return `continent ${location.continent}`;
  return location.state === undefined ? `country ${location.country}` : `state ${location.state} of ${location.country}`;
}

function biasProblems(fleet: Fleet, group: Group): readonly Problem[] {
  const places = new Map<string, Member>();
  return group.members.flatMap((member) => {
    const place = placeOf(fleet, member);
    const other = places.get(place);
    places.set(place, other ?? member);
    if (!other || other.bias === member.bias) return [];
    return [
      {
        path: member.path,
        message: `'${other.key}' (bias ${other.bias}) and '${member.key}' (bias ${member.bias}) are at the same place and share its clients; give them the same bias`,
      },
    ];
  });
}

function placeOf(fleet: Fleet, { place, cluster, group }: Member): string {
  const name = cluster ?? clustersOf(group!)[0];
  const found = fleet.clusters.find((candidate) => candidate.name === name);
  const location = found && locationOf(found);
  return [place?.latitude ?? location?.latitude ?? 0, place?.longitude ?? location?.longitude ?? 0]
    .map((degrees) => Math.round(degrees * 100))
    .join(" ");
}

/** A point is two numbers. */
function pointProblems({ path, place }: Member): readonly Problem[] {
  if (place === undefined || (place.latitude === undefined) === (place.longitude === undefined)) return [];
  return [{ path: [...path, "place"], message: "latitude and longitude are one place: give both or neither" }];
}

function regionProblems(member: Member): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [field, cloud, owner] of [
    ["awsRegion", "aws", "AWS"],
    ["azureRegion", "azure", "Azure"],
  ] as const) {
    const region = member.place?.[field];
    const known = regionsOf(cloud).map((candidate) => candidate.region);
    if (region !== undefined && !known.includes(region))
      problems.push({
        path: [...member.path, "place", field],
        message: `'${region}' is no ${owner} region whose latency is known${didYouMean(region, known)}`,
      });
  }
  return problems;
}
