import type { Connection, Value } from "./connections";
import type { Handoff } from "./model";

/** The outputs of each stack that was applied, by stack and name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The one version that aws, kubelogin and gke-gcloud-auth-plugin all print. */
const EXEC_API_VERSION = "client.authentication.k8s.io/v1beta1";

const INSTALL_HINTS: Readonly<Record<string, string>> = {
  aws: "Install the AWS CLI, version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  kubelogin: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
  "gke-gcloud-auth-plugin":
    "Install gke-gcloud-auth-plugin: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin",
};

/** A connection with its plugin in client-go's words. */
export interface KubeConnection extends Omit<Connection, "exec"> {
  readonly exec: Readonly<Record<string, unknown>>;
}

/** What kubectl is told of each cluster; only what a cloud decides is missing. */
export function kubeConnections({ connections }: Handoff): readonly KubeConnection[] {
  return connections.map(({ exec, ...connection }) => ({
    ...connection,
    exec: {
      apiVersion: EXEC_API_VERSION,
      command: exec.command,
      args: exec.args,
      env: Object.keys(exec.env).length > 0 ? Object.entries(exec.env).map(([name, value]) => ({ name, value })) : null,
      // a device code or a browser needs the terminal; a pipeline has none
      interactiveMode: "IfAvailable",
      // the GKE plugin is told the cluster by its own writer too
      provideClusterInfo: exec.command === "gke-gcloud-auth-plugin",
      installHint: INSTALL_HINTS[exec.command] ?? `Install ${exec.command}`,
    },
  }));
}

/**
 * One kubeconfig for a person: cluster, user and context of each cluster under its name in its cloud, so that files merge
 * without one fleet's entry taking another's place. No context is the current one: a command without `--context` reaches
 * nothing. JSON, which kubectl reads as YAML. Clusters that aren't applied are left out.
 */
export function kubeconfig(connections: readonly KubeConnection[], outputs: Outputs): string {
  const known = connections.flatMap((connection) => {
    const server = resolved(connection.server, outputs);
    return server === undefined
      ? []
      : [{ ...connection, server, authority: connection.authority && resolved(connection.authority, outputs) }];
  });
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "",
    preferences: {},
    clusters: known.map(({ name, server, authority, proxyUrl, tlsServerName }) => ({
      name,
      cluster: {
        server,
        ...(authority !== undefined && { "certificate-authority-data": authority }),
        ...(proxyUrl !== undefined && { "proxy-url": proxyUrl }),
        ...(tlsServerName !== undefined && { "tls-server-name": tlsServerName }),
      },
    })),
    users: known.map(({ name, exec }) => ({ name, user: { exec } })),
    contexts: known.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function resolved(value: Value, outputs: Outputs): string | undefined {
  if ("text" in value) return value.text;
  const output = outputs[value.stack]?.[value.output];
  return typeof output === "string" ? output : undefined;
}
