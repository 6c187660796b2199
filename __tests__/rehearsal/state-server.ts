import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A state server as Terraform's http backend wants it: GET, POST and DELETE a state, POST and DELETE its lock. */
export interface StateServer {
  readonly url: string;
  /** How often each stack was locked. */
  readonly locksTaken: ReadonlyMap<string, number>;
  /** Stacks that are locked. */
  held(): string[];
  hold(stack: string, lockId: string): void;
  close(): Promise<void>;
}

export async function stateServer(): Promise<StateServer> {
  const states = new Map<string, string>();
  const locks = new Map<string, string>();
  const locksTaken = new Map<string, number>();

  const answer = (method: string, stack: string, isLock: boolean, body: string): readonly [status: number, body: string] => {
    if (isLock && method === "POST") {
      if (locks.has(stack)) return [423, locks.get(stack) ?? ""];
      locks.set(stack, body);
      locksTaken.set(stack, (locksTaken.get(stack) ?? 0) + 1);
      return [200, ""];
    }
    if (isLock) return [locks.delete(stack) ? 200 : 409, ""];
    if (method === "GET") return states.has(stack) ? [200, states.get(stack) ?? ""] : [404, ""];
    if (method === "DELETE") states.delete(stack);
    else states.set(stack, body);
    return [200, ""];
  };

  const server = createServer(async (request, response) => {
    const [, stack = "", lock] = new URL(request.url ?? "/", "http://localhost").pathname.split("/");
    const [status, body] = answer(request.method ?? "GET", stack, lock === "lock", await textOf(request));
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    locksTaken,
    held: () => [...locks.keys()],
    hold: (stack, lockId) =>
      locks.set(stack, JSON.stringify({ ID: lockId, Operation: "apply", Created: "2026-01-01T00:00:00Z" })),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
