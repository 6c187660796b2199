import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Api, type ApiObject, until } from "./api";
import { kubeconfigText } from "./control-plane";
import { program } from "./parts";

/** Reloader's own program, under the name that the suite looks for. */
const RELOADER = "reloader";
/** Where priming installs it. */
const NAMESPACE = "reloader";

/** Why it can't run here. @default - it can */
export const missingReloader = (): string | undefined =>
  program(RELOADER) === undefined
    ? `${RELOADER} is neither in KUBEBUILDER_ASSETS nor on PATH (go build of stakater/Reloader at the pinned appVersion)`
    : undefined;

/** Reloader as its Deployment in the cluster says: with those arguments, and with the rights of that account alone. */
export class Reloader {
  private said = "";

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.said += chunk.toString("utf8");
      });
  }

  static async start(api: Api, folder: string): Promise<Reloader> {
    const { body } = await api.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${RELOADER}`);
    const pod = body.spec.template.spec as ApiObject;
    const [container] = pod.containers as readonly ApiObject[];
    mkdirSync(folder, { recursive: true });
    const config = join(folder, "kubeconfig");
    const token = await tokenOf(api, pod.serviceAccountName);
    writeFileSync(config, kubeconfigText(api.endpoint, api.authority, { token }), { mode: 0o600 });
    const env = { ...environmentOf(container!), HOME: folder, KUBECONFIG: config };
    const reloader = new Reloader(spawn(program(RELOADER)!, container!.args, { env, stdio: ["ignore", "pipe", "pipe"] }));
    const leads = async () => {
      if (reloader.child.exitCode !== null) throw new Error(reloader.log);
      return reloader.said.includes("became leader");
    };
    await until("Reloader leads", 60, leads);
    return reloader;
  }

  /** What it has said. */
  get log(): string {
    return this.said;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await gone;
  }
}

/** A container's environment, as far as it needs no kubelet. */
function environmentOf({ env = [] }: ApiObject): Record<string, string> {
  const fields: Readonly<Record<string, string>> = { "metadata.name": `${RELOADER}-0`, "metadata.namespace": NAMESPACE };
  return Object.fromEntries(
    (env as readonly ApiObject[]).flatMap(({ name, value, valueFrom }): [string, string][] => {
      const text = value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ""];
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

async function tokenOf(api: Api, account: string): Promise<string> {
  const { status, body } = await api.post(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`, {
    apiVersion: "authentication.k8s.io/v1",
    kind: "TokenRequest",
    spec: { expirationSeconds: 3600 },
  });
  if (status >= 300) throw new Error(`no token for ${account}: ${body.message}`);
  return body.status.token;
}
