import type { ZoneSeen, ZoneServerSeen } from "../../verify/observed";
import type { Ask, Reply, Server } from "./dns";
import type { Resolver } from "./resolver";

interface World {
  readonly ask: Ask;
  readonly resolver: Resolver;
}

/** What the parent says of a zone, and what each of the servers says that it names. */
export async function seeZone(
  zone: string,
  world: World,
): Promise<{ readonly zone: ZoneSeen; readonly servers: readonly Server[] }> {
  const { glue, ...delegation } = await seeDelegation(zone, world);
  const servers = (
    await Promise.all(delegation.servers.map(async (name) => glue.get(name) ?? (await world.resolver.servers(name))))
  ).flat();
  const lost = delegation.servers.filter((name) => !servers.some((server) => server.name === name));
  const seen = await Promise.all(servers.map((server) => seeServer(zone, server, world.ask)));
  return {
    zone: { delegation, servers: [...seen, ...lost.map(withoutAddress)] },
    servers: servers.filter((_, index) => seen[index]!.failure === undefined),
  };
}

const withoutAddress = (name: string): ZoneServerSeen => ({
  name,
  address: "no address",
  failure: "it has no IPv4 address",
  ns: [],
  caa: [],
});

type Delegation = ZoneSeen["delegation"] & { readonly glue: ReadonlyMap<string, readonly Server[]> };

/** The parent's servers answer with a referral; one that has both zones answers itself. */
async function seeDelegation(zone: string, { ask, resolver }: World): Promise<Delegation> {
  const above = zone.slice(zone.indexOf(".") + 1);
  const none = { servers: [], glue: new Map<string, readonly Server[]>() };
  let parent = above;
  let said = "none of its servers has an address";
  try {
    const found = await resolver.zoneOf(above);
    parent = found.name;
    for (const server of (await Promise.all(found.servers.map(resolver.servers))).flat())
      try {
        const reply = await ask(server, { name: zone, type: "NS" });
        if (reply.code === "NOERROR" || reply.code === "NXDOMAIN") return { parent, ...referral(zone, reply, server.port) };
        said = `${server.name} says ${reply.code}`;
      } catch (error) {
        said = (error as Error).message;
      }
    return { parent, ...none, failure: `the parent zone ${parent}: ${said}` };
  } catch (error) {
    return { parent, ...none, failure: (error as Error).message };
  }
}

function referral(zone: string, reply: Reply, port: number): Pick<Delegation, "servers" | "glue"> {
  const records = [...reply.answers, ...reply.authorities].filter(({ type, name }) => type === "NS" && name === zone);
  const servers = [...new Set(records.map(({ data }) => data))].sort();
  const glue = new Map<string, readonly Server[]>();
  for (const { name, type, data } of reply.additionals)
    if (type === "A" && servers.includes(name)) glue.set(name, [...(glue.get(name) ?? []), { name, address: data, port }]);
  return { servers, glue };
}

async function seeServer(zone: string, server: Server, ask: Ask): Promise<ZoneServerSeen> {
  const { name, address } = server;
  try {
    const replies: Reply[] = [];
    for (const type of ["NS", "SOA", "CAA"] as const) replies.push(await ask(server, { name: zone, type }));
    const [ns, soa, caa] = replies.map((reply) => reply.answers.filter((record) => record.name === zone));
    const of = (records: Reply["answers"] | undefined, type: string) =>
      (records ?? []).flatMap((record) => (record.type === type ? [record.data] : []));
    const refused = replies.find(({ code }) => code !== "NOERROR")?.code;
    const failure = refused
      ? `it says ${refused}`
      : replies.some(({ authoritative }) => !authoritative)
        ? "it isn't authoritative for the zone"
        : undefined;
    return { name, address, failure, ns: of(ns, "NS"), soa: of(soa, "SOA")[0], caa: of(caa, "CAA") };
  } catch (error) {
    return { name, address, failure: (error as Error).message, ns: [], caa: [] };
  }
}
