import fc from "fast-check";
import { continentOf } from "../../model/catalog/countries";
import type { ClientLocation, MemberSpec, NameSpec, Policy } from "../../model/schema/routing";
import type { Client } from "../../routing/world";
import { clusterAt, type FleetFile, PLACES } from "./fleets";

/** Who asks, which clusters' probes fail, and how fast each place answers. */
export interface Question {
  readonly client: Client;
  readonly down: readonly string[];
  /** Milliseconds to each of PLACES, all different. */
  readonly milliseconds: readonly number[];
}

export interface Case {
  readonly clusters: FleetFile["clusters"];
  readonly names: Readonly<Record<string, Partial<NameSpec> & { policy: Policy }>>;
  readonly drain: readonly string[];
  readonly questions: readonly Question[];
}

const CLUSTERS = ["c0", "c1", "c2", "c3", "c4", "c5"];
const KEYS = ["app", "@", "*.apps", "a.b", "shop", "www", "api", "docs", "blog", "chat", "mail", "img"];

/** A fleet with several names, and questions to each of them. */
export const cases = (names: number, questions: number): fc.Arbitrary<Case> =>
  fc
    .record({
      places: fc.array(fc.tuple(fc.nat(PLACES.length - 1), fc.integer({ min: 1, max: 3 })), {
        minLength: CLUSTERS.length,
        maxLength: CLUSTERS.length,
      }),
      names: fc.array(name, { minLength: 1, maxLength: names, size: "max" }),
      drain: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray(CLUSTERS, { maxLength: 2 })),
      questions: fc.array(question, { minLength: 1, maxLength: questions, size: "max" }),
    })
    .map(({ places, names: specs, drain, questions: asked }) => ({
      clusters: Object.fromEntries(
        places.map(([place, addresses], index) => [CLUSTERS[index]!, clusterAt(index, place, addresses)]),
      ),
      names: Object.fromEntries(specs.map((spec, index) => [KEYS[index % KEYS.length]!, spec])),
      drain,
      questions: asked,
    }));

const clients: fc.Arbitrary<Client> = fc
  .record({
    where: fc.constantFrom(
      "BR",
      "CA",
      "US",
      "US-CA",
      "US-TX",
      "DE",
      "FR",
      "RU",
      "TR",
      "IL",
      "JP",
      "AU",
      "ZA",
      "NA",
      "BQ",
      "AQ",
      "EH",
      undefined,
    ),
    latitude: fc.integer({ min: -8900, max: 8900 }).map((hundredths) => hundredths / 100 + 0.003),
    longitude: fc.integer({ min: -17900, max: 17900 }).map((hundredths) => hundredths / 100 + 0.007),
  })
  .map(({ where, ...coordinates }) => {
    const [country, state] = where?.split("-") ?? [];
    return { ...coordinates, country, state, continent: country === undefined ? undefined : continentOf(country) };
  });

const question: fc.Arbitrary<Question> = fc.record({
  client: clients,
  down: fc.subarray(CLUSTERS),
  milliseconds: fc.shuffledSubarray([10, 25, 60, 110, 180, 290], { minLength: PLACES.length }),
});

/** Nested groups get their names when the whole tree is there, so that none occurs twice. */
type Draft = Exclude<MemberSpec, string> & { weight?: number };
const NESTED: readonly Policy[] = ["weighted", "latency", "geoproximity", "failover"];

const name = fc
  .constantFrom<Policy>("simple", "weighted", "latency", "geolocation", "geoproximity", "failover", "multivalue")
  .chain((policy) => {
    const members =
      policy === "simple" ? clusterMembers(1, 1) : policy === "multivalue" ? clusterMembers(1, 4) : groupMembers(policy, 2);
    const drafts = policy === "geolocation" ? members.chain(withLocations) : members;
    return drafts.map((found) => ({ policy, members: numbered(found) }));
  });

function clusterMembers(minLength: number, maxLength: number): fc.Arbitrary<Draft[]> {
  return fc.shuffledSubarray(CLUSTERS, { minLength, maxLength }).map((clusters) => clusters.map((cluster) => ({ cluster })));
}

function groupMembers(policy: Policy, depth: number): fc.Arbitrary<Draft[]> {
  const clusters = clusterMembers(policy === "failover" ? 2 : 1, 4);
  if (depth === 0) return clusters.chain((members) => settled(policy, members));
  const nested = fc
    .constantFrom(...NESTED)
    .chain((inner) => groupMembers(inner, depth - 1).map((members): Draft => ({ name: "nested", policy: inner, members })));
  return fc
    .tuple(clusters, fc.array(nested, { maxLength: 2 }))
    .map(([leaves, groups]) => [...groups, ...leaves].slice(0, 4))
    .chain((members) => settled(policy, members));
}

/** Weights for weighted members; a zero among them now and then. */
function settled(policy: Policy, members: Draft[]): fc.Arbitrary<Draft[]> {
  if (policy !== "weighted") return fc.constant(members);
  const weight = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 255 }) }, { weight: 1, arbitrary: fc.constant(0) });
  return fc
    .array(weight, { minLength: members.length, maxLength: members.length })
    .map((weights) => members.map((member, index) => ({ ...member, weight: weights[index]! })));
}

const LOCATIONS: readonly ClientLocation[] = [
  { continent: "SA" },
  { continent: "NA" },
  { continent: "AS" },
  { continent: "AN" },
  { continent: "AF" },
  { continent: "EU" },
  { country: "US" },
  { country: "US", state: "CA" },
  { country: "TR" },
  { country: "BQ" },
  { country: "DE" },
  { country: "NA" },
];

/** Each member gets a part of a shuffled list of locations, and one of them the default. */
function withLocations(members: Draft[]): fc.Arbitrary<Draft[]> {
  const most = LOCATIONS.length;
  return fc
    .tuple(fc.shuffledSubarray([...LOCATIONS], { minLength: members.length, maxLength: most }), fc.nat(members.length - 1))
    .map(([found, rest]) =>
      members.map((member, index) => ({
        ...member,
        locations: [...found.filter((_, at) => at % members.length === index), ...(index === rest ? (["default"] as const) : [])],
      })),
    );
}

function numbered(members: readonly Draft[], next = { number: 0 }): MemberSpec[] {
  return members.map((member) => {
    if ("cluster" in member) return member;
    const number = next.number++;
    return { ...member, name: `g${number}`, members: numbered(member.members as Draft[], next) };
  });
}
