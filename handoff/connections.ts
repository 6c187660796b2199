import { type Json, type JsonObject, member } from "../output/json";
import { type Backend, stateReadersOf } from "../output/state";
import { blocks, literal } from "./values";

/** A value that is known at synth, or an output of a stack. */
export type Value = { readonly text: string } | { readonly stack: string; readonly output: string };

/** How a person's kubectl reaches a cluster: the same plugin that Terraform uses, and never a token. */
export interface Connection {
  /** Name of cluster, user and context. */
  readonly name: string;
  readonly server: Value;
  /** Certificate of the API's authority, in base64. @default - of a public authority */
  readonly authority?: Value;
  readonly proxyUrl?: string;
  readonly tlsServerName?: string;
  readonly exec: { readonly command: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> };
}

/** `${data.terraform_remote_state.<reader>.outputs.<output>}`, perhaps inside base64decode(). */
const REMOTE = /^\$\{(?:base64decode\()?data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)\)?\}$/;
const DECODED = /^\$\{base64decode\("([A-Za-z0-9+/=]+)"\)\}$/;

/**
 * The connection that a stack's Kubernetes provider has.
 * @param keeper the stack that keeps a state
 * @returns nothing where the provider isn't configured by an endpoint and a plugin
 */
export function connectionOf(
  stack: string,
  block: JsonObject,
  config: JsonObject,
  keeper: (reader: Backend) => string | undefined,
): Connection | undefined {
  const [exec] = blocks(block.exec);
  const command = literal(exec?.command);
  const known = (value: Json | undefined): Value | undefined => {
    const remote = REMOTE.exec(typeof value === "string" ? value : "");
    if (!remote) return literal(value) === undefined ? undefined : { text: String(value) };
    const reader = stateReadersOf(config).find(({ name }) => name === remote[1]);
    const producer = reader && keeper(reader);
    return producer === undefined ? undefined : { stack: producer, output: remote[2]! };
  };
  const server = known(block.host);
  if (!exec || command === undefined || !server) return undefined;
  const written = typeof block.cluster_ca_certificate === "string" ? block.cluster_ca_certificate : "";
  const decoded = DECODED.exec(written)?.[1];
  const authority = decoded === undefined ? known(written) : { text: decoded };
  const proxyUrl = literal(block.proxy_url);
  const tlsServerName = literal(block.tls_server_name);
  return {
    name: "stack" in server ? withoutLastPart(server.stack) : withoutLastPart(stack),
    server,
    ...(authority && { authority }),
    ...(proxyUrl !== undefined && { proxyUrl }),
    ...(tlsServerName !== undefined && { tlsServerName }),
    exec: {
      command,
      args: Array.isArray(exec.args) ? exec.args.map(String) : [],
      env: Object.fromEntries(Object.entries(member(exec, "env")).map(([key, value]) => [key, String(value)])),
    },
  };
}

/** `<fleet>-<cluster>-cluster` → `<fleet>-<cluster>`, which is the cluster's name in its cloud too. */
const withoutLastPart = (id: string): string => id.slice(0, id.lastIndexOf("-"));
