import { spawnSync } from "node:child_process";
import { kubeConnections, kubeconfig } from "../../handoff/kubeconfig";
import { handoffOf } from "../../handoff/model";
import type { Stack } from "../../output/folder";
import { type JsonObject, member } from "../../output/json";
import type { HelmRecord, StackRelease } from "./records";

/** Runs a program for its output. @throws with what it said */
export function run(program: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: process.env,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw new Error(`${program} can't be run: ${error.message}`);
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 2).join(" ")}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

/**
 * A kubeconfig that reaches the cluster as the stack does, whatever the operator's own says.
 * @param pulled the stack's own state: it has the outputs of the states that the stack reads
 * @throws where the stack has no cluster, or its state doesn't know it yet
 */
export function kubeconfigOf(stacks: readonly Stack[], stack: Stack, pulled: string): string {
  const connections = kubeConnections(handoffOf(stacks)).filter(({ name }) => stack.id.startsWith(`${name}-`));
  const [connection] = connections.sort((one, other) => other.name.length - one.name.length);
  if (!connection) throw new Error(`${stack.id} connects to no cluster, so Helm keeps no records for it`);
  const { server } = connection;
  const outputs = "stack" in server ? { [server.stack]: outputsRead(pulled) } : {};
  const config = kubeconfig([connection], outputs);
  if ((JSON.parse(config) as { contexts: readonly object[] }).contexts.length === 0)
    throw new Error(`the state of ${stack.id} doesn't know its cluster: nothing was applied yet, so there is nothing to recover`);
  return config.replace('"current-context": ""', `"current-context": ${JSON.stringify(connection.name)}`);
}

interface PulledState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly outputs?: { readonly value: Record<string, unknown> } } }[];
  }[];
}

/** Outputs of the states that a stack reads, as they were when it was applied last. */
function outputsRead(pulled: string): Readonly<Record<string, unknown>> {
  const { resources = [] } = JSON.parse(pulled || "{}") as PulledState;
  const read = resources.filter(({ mode, type }) => mode === "data" && type === "terraform_remote_state");
  return Object.assign({}, ...read.map(({ instances }) => instances[0]?.attributes.outputs?.value ?? {}));
}

/** The releases of a stack. */
export function releasesOf(config: JsonObject): readonly StackRelease[] {
  return Object.values(member(member(config, "resource"), "helm_release")).map((release) => {
    const { name, namespace, timeout } = release as { name: string; namespace: string; timeout?: number };
    // 300: the provider's own default
    return { name, namespace, timeoutSeconds: timeout ?? 300 };
  });
}

interface SecretList {
  readonly items: readonly {
    readonly metadata: {
      readonly namespace: string;
      readonly creationTimestamp: string;
      readonly labels: Record<string, string>;
    };
  }[];
}

/** Helm's records in a cluster: only what their labels say is read. */
export function recordsIn(kubeconfigFile: string): readonly HelmRecord[] {
  const text = run("kubectl", [`--kubeconfig=${kubeconfigFile}`, "get", "secrets", "-A", "-l", "owner=helm", "-o", "json"]);
  return (JSON.parse(text) as SecretList).items.map(({ metadata: { namespace, creationTimestamp, labels } }) => ({
    release: labels.name ?? "",
    namespace,
    revision: Number(labels.version),
    status: labels.status ?? "",
    modified: labels.modifiedAt === undefined ? new Date(creationTimestamp) : new Date(Number(labels.modifiedAt) * 1000),
  }));
}
