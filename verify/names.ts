import { COUNTRIES } from "../model/catalog/countries";
import type { Fleet } from "../model/schema/fleet";
import { dependsOnPlace } from "../routing/allowed";
import { leavesOf, type NameTree } from "../routing/tree";
import type { Health } from "../routing/world";
import { allowedIn, allowedNowhere } from "./clients";
import type { AnswerSeen, Observed } from "./observed";
import { type CountryResult, type Result, together } from "./report";

/** What one network's answer says. */
interface Judged {
  readonly verdict: "as-expected" | "differs" | "not-judged";
  /** What answered: clusters, or words. */
  readonly found: string;
  readonly why?: string;
  /** Whether it differs whatever country the network is in. */
  readonly certain?: boolean;
}

/** What all answers of a name are held against. */
interface Expectations {
  readonly tree: NameTree;
  readonly health: Health;
  /** The cluster of an address or of a name that CNAMEs lead to. */
  readonly owner: (answer: AnswerSeen) => readonly (string | undefined)[];
  /** Clusters whose addresses aren't fixed. */
  readonly moving: boolean;
  readonly byCountry: ReadonlyMap<string, readonly string[]>;
  readonly anywhere: ReadonlySet<string>;
  readonly byPlace: boolean;
}

/**
 * A public name as the world is answered it. What depends on where the services take a network to be is judged by the
 * majority of a country's networks; what is wrong wherever the client is, by each.
 */
export function judgeName(
  fleet: Fleet,
  tree: NameTree,
  observed: Pick<Observed, "addresses" | "names" | "rewrites">,
  health: Health,
): Result {
  const answers = observed.names[tree.fqdn] ?? [];
  const countries = [...new Set(answers.map(({ country }) => country))];
  const byCountry = new Map(COUNTRIES.map((country) => [country, allowedIn(tree, country, health)]));
  const expectations: Expectations = {
    tree,
    health,
    owner: ownerOf(fleet, observed.addresses),
    moving: leavesOf(tree.root).some(({ addresses }) => addresses === 0),
    byCountry,
    anywhere: new Set([...[...byCountry.values()].flat(), ...allowedNowhere(tree, health)]),
    byPlace: dependsOnPlace(tree.root),
  };
  const results = countries.map((country) =>
    judgeCountry(
      country,
      answers.filter((answer) => answer.country === country),
      expectations,
      observed.rewrites,
    ),
  );
  return { subject: "name", of: tree.fqdn, ...summary(results), countries: results };
}

function judgeCountry(country: string, answers: readonly AnswerSeen[], given: Expectations, rewrites: boolean): CountryResult {
  const judged = answers.map((answer) => (rewrites ? REWRITTEN : judgeAnswer(answer, given)));
  const counts: Record<string, number> = {};
  for (const { found } of judged) counts[found] = (counts[found] ?? 0) + 1;
  const common = { country, expected: [...given.byCountry.get(country)!], answers: counts };
  const certain = judged.find((one) => one.verdict === "differs" && one.certain);
  if (certain) return { ...common, verdict: "differs", why: certain.why };
  const differing = judged.filter(({ verdict }) => verdict === "differs");
  const fitting = judged.filter(({ verdict }) => verdict === "as-expected");
  if (differing.length + fitting.length === 0) return { ...common, verdict: "not-judged", why: judged[0]?.why };
  if (differing.length > fitting.length) return { ...common, verdict: "differs", why: differing[0]!.why };
  return { ...common, verdict: "as-expected" };
}

const REWRITTEN: Judged = { verdict: "not-judged", found: "not its own", why: "this network rewrites port 53" };

function judgeAnswer(answer: AnswerSeen, given: Expectations): Judged {
  const { anywhere, byCountry, byPlace, tree } = given;
  if (answer.failure !== undefined) return { verdict: "not-judged", found: "no answer", why: answer.failure };
  if (!answer.authoritative)
    return {
      verdict: "not-judged",
      found: "not its own",
      why: "a reply isn't authoritative: something on the way answers for the zone's servers",
    };
  const allowed = byCountry.get(answer.country)!;
  const owners = given.owner(answer);
  if (owners.length === 0)
    return allowed.length === 0
      ? { verdict: "as-expected", found: "nobody" }
      : { verdict: "differs", found: "nobody", why: "the name has no address", certain: true };
  const found = [...new Set(owners.map((owner, index) => owner ?? answer.addresses[index] ?? "?"))].sort().join(" and ");
  if (owners.includes(undefined))
    return given.moving
      ? { verdict: "not-judged", found, why: "an address of a load balancer whose addresses aren't fixed" }
      : { verdict: "differs", found, why: `${found}: that address is no cluster's`, certain: true };
  const clusters = owners as readonly string[];
  const wrong = clusters.find((cluster) => !anywhere.has(cluster));
  if (wrong !== undefined)
    return { verdict: "differs", found, why: `${wrong} ${whyNot(wrong, tree, given.health)}`, certain: true };
  if (byPlace && answer.scope === undefined)
    return {
      verdict: "not-judged",
      found,
      why: "replies have no client-subnet option: they are for this machine, not for that network",
    };
  const fits = clusters.every((cluster) => allowed.includes(cluster));
  // an answer for everybody is right where everybody may get it
  if (byPlace && answer.scope === 0 && [...byCountry.values()].some((other) => !clusters.every((one) => other.includes(one))))
    return { verdict: "not-judged", found, why: "the reply's scope is 0: it doesn't depend on the network, and it should" };
  return fits
    ? { verdict: "as-expected", found }
    : { verdict: "differs", found, why: `${found} instead of ${allowed.join(" or ")}` };
}

function whyNot(cluster: string, tree: NameTree, health: Health): string {
  const leaf = leavesOf(tree.root).find((candidate) => candidate.cluster === cluster);
  if (!leaf) return "is no member of the name";
  if (leaf.drained) return "is drained";
  return health(cluster) ? "stands behind another member" : "answers, though its probe fails from here";
}

function ownerOf(fleet: Fleet, addresses: Observed["addresses"]): Expectations["owner"] {
  const byAddress = new Map(
    Object.entries(addresses).flatMap(([cluster, found]) => found.map((address) => [address, cluster] as const)),
  );
  const byName = new Map(fleet.clusters.map(({ name }) => [`ingress.${name}.${fleet.dns.zone}`, name]));
  return ({ chain, addresses: found }) => {
    const last = byName.get(chain.at(-1) ?? "");
    return last === undefined ? found.map((address) => byAddress.get(address)) : [last];
  };
}

/** The whole name in a line. */
function summary(countries: readonly CountryResult[]): Pick<Result, "verdict" | "found" | "why"> {
  const verdict = together(countries.map((country) => country.verdict));
  const totals: Record<string, number> = {};
  for (const { answers } of countries)
    for (const [found, count] of Object.entries(answers)) totals[found] = (totals[found] ?? 0) + count;
  const sum = Object.values(totals).reduce((one, other) => one + other, 0);
  const found = Object.entries(totals)
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([what, count]) => (count === sum ? what : `${what} ${Math.round((count / sum) * 100)} %`))
    .join(", ");
  if (verdict === "as-expected") return { verdict, found };
  const all = countries.filter((country) => country.verdict === verdict);
  const [first, ...others] = [...new Set(all.map(({ why }) => why ?? "nothing was asked"))];
  const where = all.length === countries.length ? "everywhere" : `${all.length} of ${countries.length} countries`;
  return {
    verdict,
    found: found || "nothing",
    why: `${where}: ${first ?? "nothing was asked"}${others.length > 0 ? `; and ${others.length} more` : ""}`,
  };
}
