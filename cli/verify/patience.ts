import type { Ask } from "./dns";

/** Questions in a row that a server leaves unanswered before it is asked no more. */
const ENOUGH = 5;

/**
 * Asks, but not a server that has said nothing for a while: a thousand questions that each wait for it would take an hour.
 * One that answered meanwhile is asked on.
 */
export function impatient(ask: Ask): Ask {
  const silences = new Map<string, number>();
  return async (server, question) => {
    const key = `${server.address} ${server.port}`;
    const before = silences.get(key) ?? 0;
    if (before >= ENOUGH) throw new Error(`${server.name} (${server.address}) doesn't answer`);
    try {
      const reply = await ask(server, question);
      silences.set(key, 0);
      return reply;
    } catch (error) {
      silences.set(key, (silences.get(key) ?? 0) + 1);
      throw error;
    }
  };
}
