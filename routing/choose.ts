import { continentName, countryName, knowsCountry } from "../model/catalog/countries";
import type { ClientLocation } from "../model/schema/routing";
import { biasedDistanceKm } from "./estimate";
import { type Group, leavesOf, type Member } from "./tree";
import type { Client, World } from "./world";

/** A member that a policy leads to, its part of the answers, and why. */
export interface Chosen {
  readonly member: Member;
  readonly share: number;
  readonly why: string;
}

export interface Choice {
  /** Members that may answer at all, in order. */
  readonly candidates: readonly Member[];
  /** Those of them that the policy shall choose from. */
  readonly pool: readonly Member[];
  /** What to add to the reason. */
  readonly note: string;
}

/** Applies a group's policy to the members that may answer. */
export function chooseBy(group: Group, choice: Choice, world: World): readonly Chosen[] {
  const { pool, note } = choice;
  if (group.policy !== "geolocation" && pool.length === 0) return [];
  switch (group.policy) {
    case "simple":
    case "failover":
      return [{ member: pool[0]!, share: 1, why: `${group.policy}: ${pool[0]!.key} is first in order${note}` }];
    case "weighted":
      return weighted(pool, note);
    case "multivalue":
      return inProportion(
        pool,
        ({ node }) => (node.kind === "cluster" ? node.addresses : 0),
        `multivalue: one of several${note}`,
      );
    case "latency":
      return latency(pool, note, world);
    case "geoproximity":
      return geoproximity(pool, note, world.client);
    case "geolocation":
      return geolocation(choice, placed(world));
  }
}

/** Why some members don't answer, in brackets: the reserve of weight 0 is nobody's absence. */
export function absence(members: readonly Member[], healthy: readonly Member[]): string {
  const absent = members.filter((member) => !healthy.includes(member) && member.weight > 0);
  const isDrained = ({ node }: Member) => leavesOf(node).every(({ drained }) => drained);
  const reasons = absent.map((member) => `${member.key} ${isDrained(member) ? "drained" : "failing"}`);
  return reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
}

/** Members of weight zero answer only when no other may. */
function weighted(pool: readonly Member[], note: string): readonly Chosen[] {
  const positive = pool.filter(({ weight }) => weight > 0);
  if (positive.length > 0) return inProportion(positive, ({ weight }) => weight, `weighted${note}`);
  return inProportion(pool, () => 1, `weighted: the reserve of weight 0${note}`);
}

function inProportion(members: readonly Member[], weightOf: (member: Member) => number, why: string): readonly Chosen[] {
  const total = members.reduce((sum, member) => sum + weightOf(member), 0);
  return members.map((member) => {
    const share = weightOf(member) / total;
    return { member, share, why: members.length === 1 ? why : `${why}: ${percent(share)} for ${member.key}` };
  });
}

/** The fastest region's members, in equal parts. */
function latency(pool: readonly Member[], note: string, { engine, latency: oracle, client }: World): readonly Chosen[] {
  const regionOf = ({ place }: Member) => (engine === "route53" ? place.awsRegion : place.azureRegion);
  const best = least(pool, (member) => oracle(client, regionOf(member)));
  const region = regionOf(best[0]!);
  const milliseconds = Math.round(oracle(client, region));
  return inProportion(
    pool.filter((member) => regionOf(member) === region),
    () => 1,
    `latency: ${region} is the fastest, about ${milliseconds} ms${note}`,
  );
}

/** The nearest place's members, in equal parts. */
function geoproximity(pool: readonly Member[], note: string, client: Client): readonly Chosen[] {
  const near = least(pool, ({ place, bias }) => biasedDistanceKm(client, place, bias));
  const { place, bias } = near[0]!;
  const kilometres = Math.round(biasedDistanceKm(client, place, 0));
  const biased = bias === 0 ? "" : ` with bias ${bias}`;
  return inProportion(near, () => 1, `geoproximity: ${near[0]!.key} is the nearest${biased}, ${kilometres} km${note}`);
}

function least(members: readonly Member[], measure: (member: Member) => number): readonly Member[] {
  const smallest = Math.min(...members.map(measure));
  return members.filter((member) => measure(member) === smallest);
}

/**
 * The most specific location that holds the client and whose member may answer; where all of them fail, the most
 * specific one all the same. Other clients' locations never count.
 */
function geolocation({ candidates, pool }: Choice, client: Client): readonly Chosen[] {
  const chain = locationChain(candidates, client);
  const index = chain.findIndex(({ member }) => pool.includes(member));
  const step = chain[Math.max(index, 0)];
  if (!step) return [];
  const note =
    index < 0
      ? " (every member for this client fails: all are taken for healthy)"
      : absence(
          chain.slice(0, index).map(({ member }) => member),
          [],
        );
  return [{ member: step.member, share: 1, why: `geolocation: ${shown(step.location)} is for ${step.member.key}${note}` }];
}

/** The client as the engine places it: of a country that Traffic Manager lacks it knows nothing, not even the continent. */
function placed({ client, engine }: World): Client {
  if (client.country === undefined || knowsCountry(engine, client.country)) return client;
  return { latitude: client.latitude, longitude: client.longitude };
}

/** The locations that hold a client, the smallest area first: state, country, continent, default. */
export function locationChain(
  members: readonly Member[],
  client: Client,
): readonly { readonly member: Member; readonly location: ClientLocation }[] {
  return members
    .flatMap((member) => member.locations.map((location) => ({ member, location, rank: rank(location, client) })))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => one.rank! - other.rank!);
}

function rank(location: ClientLocation, client: Client): number | undefined {
  if (location === "default") return 3;
  if ("continent" in location) return location.continent === client.continent ? 2 : undefined;
  if (location.country !== client.country) return undefined;
  if (location.state === undefined) return 1;
  return location.state === client.state ? 0 : undefined;
}

/** A location in words. */
export function shown(location: ClientLocation): string {
  if (location === "default") return "the rest of the world";
  if ("continent" in location) return continentName(location.continent);
  return location.state === undefined ? countryName(location.country) : `${location.state}, ${countryName(location.country)}`;
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
