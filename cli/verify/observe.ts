import type { Fleet } from "../../model/schema/fleet";
import type { NameTree } from "../../routing/tree";
import type { Sample } from "../../verify/clients";
import { type AnswerSeen, type Observed, requestKey, type WebRequest, type WebSeen } from "../../verify/observed";
import { hostOf, probes, visits } from "../../verify/requests";
import type { Ask, Server } from "./dns";
import { follow } from "./follow";
import { impatient } from "./patience";
import type { Resolver } from "./resolver";
import type { Visit } from "./web";
import { seeZone } from "./zone";

/** How verify reaches the world. */
export interface World {
  readonly ask: Ask;
  readonly resolver: Resolver;
  readonly visit: Visit;
  /** Networks that names are asked for. */
  readonly samples: readonly Sample[];
}

/** Questions on the way at once: few enough for any name server, and for the sockets of a laptop. */
const AT_ONCE = 40;

/** Looks at all that a fleet shows to the outside. */
export async function observe(fleet: Fleet, trees: readonly NameTree[], outside: World): Promise<Observed> {
  const world = { ...outside, ask: impatient(outside.ask) };
  const [rewrites, { zone, servers }] = await Promise.all([answersNowhere(world), seeZone(fleet.dns.zone, world)]);
  if (servers.length === 0) return { zone, rewrites, addresses: {}, names: {}, web: {} };
  const addresses = await seeAddresses(fleet, servers, world);
  const [names, web] = await Promise.all([seeNames(fleet, trees, servers, world), seeWeb(fleet, trees, addresses, world)]);
  return { zone, rewrites, addresses, names, web };
}

/** A reply from where nobody is. */
async function answersNowhere({ ask, resolver }: World): Promise<boolean> {
  try {
    await ask(resolver.nowhere, { name: "example.com", type: "NS" });
    return true;
  } catch {
    return false;
  }
}

/** The addresses of each cluster in use, as the zone has them. */
async function seeAddresses(fleet: Fleet, servers: readonly Server[], world: World): Promise<Observed["addresses"]> {
  const clusters = fleet.clusters.filter(({ retired }) => !retired);
  const found = await inParallel(clusters, async ({ name }) => {
    const seen = await follow(`ingress.${name}.${fleet.dns.zone}`, undefined, { zone: fleet.dns.zone, servers }, world);
    return { name, ...seen };
  });
  return Object.fromEntries(found.flatMap(({ name, failure, addresses }) => (failure === undefined ? [[name, addresses]] : [])));
}

async function seeNames(
  fleet: Fleet,
  trees: readonly NameTree[],
  servers: readonly Server[],
  world: World,
): Promise<Observed["names"]> {
  const questions = trees.flatMap((tree) => world.samples.map((sample, index) => ({ tree, sample, index })));
  const ends = new Set(fleet.clusters.map(({ name }) => `ingress.${name}.${fleet.dns.zone}`));
  const answers = await inParallel(questions, async ({ tree, sample, index }) => {
    // each of the zone's servers is asked for some of a country's networks
    const turned = [...servers.slice(index % servers.length), ...servers.slice(0, index % servers.length)];
    const start = { zone: fleet.dns.zone, servers: turned };
    return { fqdn: tree.fqdn, answer: await seeAnswer(hostOf(tree), sample, start, world, ends) };
  });
  return Object.fromEntries(
    trees.map(({ fqdn }) => [fqdn, answers.flatMap((seen) => (seen.fqdn === fqdn ? [seen.answer] : []))]),
  );
}

async function seeAnswer(
  name: string,
  { country, network }: Sample,
  start: Parameters<typeof follow>[2],
  world: World,
  ends: ReadonlySet<string>,
): Promise<AnswerSeen> {
  return { country, network, ...(await follow(name, network, start, world, ends)) };
}

async function seeWeb(
  fleet: Fleet,
  trees: readonly NameTree[],
  addresses: Observed["addresses"],
  { visit }: World,
): Promise<Observed["web"]> {
  const all = [
    ...visits(fleet, trees, addresses).map(({ request }) => request),
    ...trees.flatMap((tree) => probes(tree, addresses)),
  ];
  const requests = [...new Map(all.map((request): [string, WebRequest] => [requestKey(request), request]))];
  const seen = await inParallel(requests, async ([key, request]): Promise<[string, WebSeen]> => [key, await visit(request)]);
  return Object.fromEntries(seen);
}

/** Does a thing for each, a limited number at once; results are in the order of the things. */
async function inParallel<T, R>(things: readonly T[], act: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    while (next < things.length) {
      const index = next++;
      results[index] = await act(things[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, things.length) }, work));
  return results;
}
