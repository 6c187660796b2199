import { Resolver as SystemResolver } from "node:dns/promises";
import type { Server } from "./dns";

/** Finds name servers: by the machine's own resolver, as it asks for nothing that depends on who asks. */
export interface Resolver {
  /** The closest zone that holds a name, with the names of its servers. @throws where none is found */
  readonly zoneOf: (name: string) => Promise<Zone>;
  /** Addresses of a name server. Empty where it has none. */
  readonly servers: (name: string) => Promise<readonly Server[]>;
  /** Where no name server can be: who answers there is none of ours. */
  readonly nowhere: Server;
}

export interface Zone {
  readonly name: string;
  readonly servers: readonly string[];
}

const DNS_PORT = 53;

/** 192.0.2.0/24 is for documentation alone (RFC 5737). */
const NOWHERE: Server = { name: "nowhere", address: "192.0.2.1", port: DNS_PORT };

/** The machine's resolver. */
export function systemResolver(): Resolver {
  const system = new SystemResolver({ timeout: 3000, tries: 3 });
  return {
    nowhere: NOWHERE,
    zoneOf: once(async (name) => {
      for (let zone = name; zone.includes("."); zone = zone.slice(zone.indexOf(".") + 1)) {
        const servers = await orNone(system.resolveNs(zone));
        if (servers.length > 0) return { name: zone, servers: servers.map((server) => server.toLowerCase()) };
      }
      throw new Error(`no zone holds ${name}, says this machine's resolver`);
    }),
    servers: once(async (name) => {
      const addresses = await orNone(system.resolve4(name));
      return addresses.map((address) => ({ name, address, port: DNS_PORT }));
    }),
  };
}

/** No such name and no such record are answers; anything else is a resolver that doesn't work. */
async function orNone(answer: Promise<string[]>): Promise<readonly string[]> {
  try {
    return await answer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENODATA" || code === "ENOTFOUND") return [];
    throw new Error(`this machine's resolver doesn't answer (${code ?? error})`);
  }
}

/** Asks once for each name. */
function once<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const found = known.get(name) ?? ask(name);
    known.set(name, found);
    return found;
  };
}
