import type { AnswerSeen } from "../../verify/observed";
import type { Ask, Reply, Server } from "./dns";
import type { Resolver } from "./resolver";

/** CNAMEs in a row that are followed: Traffic Manager's deepest tree has ten levels. */
const LONGEST_CHAIN = 16;

/**
 * Follows a name to its addresses, asking each zone on the way at its own servers.
 * @param subnet the network that answers are for
 * @param start the zone that holds the name
 * @param ends names that need not be followed further
 */
export async function follow(
  name: string,
  subnet: string | undefined,
  start: { readonly zone: string; readonly servers: readonly Server[] },
  world: { readonly ask: Ask; readonly resolver: Resolver },
  ends: ReadonlySet<string> = new Set(),
): Promise<Omit<AnswerSeen, "country" | "network">> {
  const chain: string[] = [];
  let scope: number | undefined;
  let authoritative = true;
  let { zone, servers } = start;
  let current = name;
  const failed = (failure: string) => ({ chain, addresses: [], scope, authoritative, failure });
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    if (!isIn(current, zone))
      try {
        const next = await world.resolver.zoneOf(current);
        zone = next.name;
        servers = (await Promise.all(next.servers.map(world.resolver.servers))).flat();
      } catch (error) {
        return failed((error as Error).message);
      }
    const reply = await firstAnswer(servers, (server) => world.ask(server, { name: current, type: "A", subnet }));
    if (typeof reply === "string") return failed(reply);
    authoritative &&= reply.authoritative;
    if (reply.scope !== undefined) scope = Math.max(scope ?? 0, reply.scope);
    const before = current;
    const addresses = () => reply.answers.flatMap(({ name, type, data }) => (type === "A" && name === current ? [data] : []));
    for (
      let next = aliasOf(reply, current);
      next !== undefined;
      next = isIn(current, zone) ? aliasOf(reply, current) : undefined
    ) {
      chain.push(next);
      current = next;
      if (ends.has(current)) return { chain, addresses: [...addresses()].sort(), scope, authoritative };
      if (chain.length > LONGEST_CHAIN) break;
    }
    if (addresses().length > 0 && isIn(current, zone)) return { chain, addresses: [...addresses()].sort(), scope, authoritative };
    if (current === before) return { chain, addresses: [], scope, authoritative };
  }
  return failed(`its CNAMEs don't end: ${chain.slice(-3).join(", ")}`);
}

/** The first server that answers; otherwise what the last one said. */
async function firstAnswer(servers: readonly Server[], ask: (server: Server) => Promise<Reply>): Promise<Reply | string> {
  let said = "its zone has no server";
  for (const server of servers)
    try {
      const reply = await ask(server);
      if (reply.code === "NOERROR" || reply.code === "NXDOMAIN") return reply;
      said = `${server.name} says ${reply.code}`;
    } catch (error) {
      said = (error as Error).message;
    }
  return said;
}

const aliasOf = ({ answers }: Reply, name: string) =>
  answers.find((record) => record.type === "CNAME" && record.name === name)?.data;
const isIn = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`);
