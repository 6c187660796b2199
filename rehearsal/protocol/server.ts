/**
 * Serves providers to Terraform: each on a Unix socket of its own, found through TF_REATTACH_PROVIDERS
 * (developer.hashicorp.com/terraform/plugin/debugging). Terraform then neither downloads, starts nor kills a provider.
 *
 * gRPC's unary calls are spoken directly over Node's HTTP/2 (grpc/grpc, doc/PROTOCOL-HTTP2.md): two aliases of one provider
 * share a socket and differ only by their connection, which gRPC libraries hide.
 */
import { createServer, type Http2Session, type ServerHttp2Stream } from "node:http2";
import { providerService } from "./messages";

/** One instance of a provider inside one Terraform process: what ConfigureProvider said to it holds for its other calls. */
export type Connection = Http2Session;

/** A provider's answers, a function for each method of the protocol that it knows. */
export type Handlers = Readonly<Record<string, (request: never, connection: Connection) => unknown>>;

/** A provider that listens. */
export interface Listening {
  readonly socket: string;
  close(): void;
}

const GRPC_OK = 0;
const GRPC_UNIMPLEMENTED = 12;
const GRPC_INTERNAL = 13;
/** A frame's head: a byte that says whether the message is compressed, and four bytes of length. */
const FRAME_HEAD_BYTES = 5;

const methods = new Map(Object.entries(providerService).map(([name, method]) => [method.path, { name, method }]));

/**
 * Listens for Terraform on a Unix socket.
 * @param socket path of the socket; at most 107 characters, which is what Linux allows
 * @param handlers the provider
 */
export async function listen(socket: string, handlers: Handlers): Promise<Listening> {
  const sessions = new Set<Http2Session>();
  const server = createServer({ maxSessionMemory: 512 });
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => session.destroy());
  });
  server.on("stream", (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on("error", () => stream.destroy());
    const found = methods.get(String(headers[":path"]));
    const handle = found && handlers[found.name];
    if (!handle) {
      refuse(stream, GRPC_UNIMPLEMENTED, "not part of a rehearsal");
      return;
    }
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      Promise.resolve()
        .then(() => found.method.requestDeserialize(Buffer.concat(chunks).subarray(FRAME_HEAD_BYTES)))
        .then((request) => handle(request as never, stream.session as Connection))
        .then(
          (answer) => reply(stream, found.method.responseSerialize(answer as object)),
          (error: unknown) =>
            refuse(stream, GRPC_INTERNAL, error instanceof Error ? (error.stack ?? error.message) : String(error)),
        );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    socket,
    close: () => {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

function reply(stream: ServerHttp2Stream, message: Buffer): void {
  if (stream.destroyed || stream.closed) return;
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUInt32BE(message.length, 1);
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(GRPC_OK) }));
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.end(Buffer.concat([head, message]));
}

function refuse(stream: ServerHttp2Stream, status: number, message: string): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": String(status),
      "grpc-message": encodeURIComponent(message),
    },
    { endStream: true },
  );
}

/**
 * The value of TF_REATTACH_PROVIDERS. Every provider appears under Terraform's and under OpenTofu's registry, because
 * each looks providers up under its own.
 * @param sockets provider name ("aws") → socket path
 */
export function reattach(sockets: Readonly<Record<string, string>>): string {
  const entries: Record<string, object> = {};
  for (const [provider, socket] of Object.entries(sockets))
    for (const registry of ["registry.terraform.io", "registry.opentofu.org"])
      entries[`${registry}/hashicorp/${provider}`] = {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: process.pid,
        Test: true,
        Addr: { Network: "unix", String: socket },
      };
  return JSON.stringify(entries);
}
