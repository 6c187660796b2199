import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Api, type Credential, until } from "./api";
import type { Programs } from "./parts";

const TOKENS = { admin: "e2e-admin", manager: "e2e-manager", scheduler: "e2e-scheduler", standIn: "e2e-stand-in" };

/** A control plane of the real programs on loopback: no node, no network, RBAC and default admission. */
export class ControlPlane {
  private readonly children = new Map<string, ChildProcess>();
  private ports = { client: 0, peer: 0, api: 0, manager: 0, scheduler: 0 };

  private constructor(
    private readonly programs: Programs,
    /** For keys, data and logs. */
    readonly folder: string,
    /** Where nodes and pods are: an address of this machine that is not loopback, which endpoints may not have. */
    private readonly address: string,
  ) {}

  static async start(programs: Programs, folder: string, address: string): Promise<ControlPlane> {
    const plane = new ControlPlane(programs, folder, address);
    mkdirSync(join(folder, "logs"), { recursive: true });
    const [client, peer, api, manager, scheduler] = await freePorts(5);
    plane.ports = { client: client!, peer: peer!, api: api!, manager: manager!, scheduler: scheduler! };
    plane.writeKeys();
    try {
      plane.startEtcd();
      await plane.startApi();
      plane.startControllers();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  get endpoint(): string {
    return `https://127.0.0.1:${this.ports.api}`;
  }

  /** PEM of the API server's own certificate, which is its authority. */
  get authority(): string {
    return readFileSync(join(this.folder, "certificates", "apiserver.crt"), "utf8");
  }

  api(user: keyof typeof TOKENS = "admin"): Api {
    return new Api(this.endpoint, this.authority, this.credential(user));
  }

  credential(user: keyof typeof TOKENS = "admin"): Credential {
    return { token: TOKENS[user] };
  }

  /** Takes the API server away, as an outage does; etcd and the rest stay. */
  async stopApi(): Promise<void> {
    await this.stopOne("kube-apiserver");
  }

  async startApi(): Promise<void> {
    const { folder, ports } = this;
    this.run("kube-apiserver", [
      `--etcd-servers=http://127.0.0.1:${ports.client}`,
      "--bind-address=127.0.0.1",
      `--advertise-address=${this.address}`,
      `--secure-port=${ports.api}`,
      `--cert-dir=${join(folder, "certificates")}`,
      `--token-auth-file=${join(folder, "tokens.csv")}`,
      "--authorization-mode=Node,RBAC",
      "--service-account-issuer=https://issuer.e2e.example",
      `--service-account-key-file=${join(folder, "accounts.pub")}`,
      `--service-account-signing-key-file=${join(folder, "accounts.key")}`,
      "--service-cluster-ip-range=10.96.0.0/16",
      "--allow-privileged=true",
      // services are reached by their endpoints: there is no kube-proxy
      "--enable-aggregator-routing=true",
    ]);
    await until("API server ready", 150, async () => (await this.api().get("/readyz")).status === 200);
  }

  async stop(): Promise<void> {
    for (const name of [...this.children.keys()].reverse()) await this.stopOne(name);
  }

  private startEtcd(): void {
    const client = `http://127.0.0.1:${this.ports.client}`;
    const peer = `http://127.0.0.1:${this.ports.peer}`;
    this.run("etcd", [
      `--data-dir=${join(this.folder, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
    ]);
  }

  private startControllers(): void {
    this.run("kube-controller-manager", [
      `--kubeconfig=${this.kubeconfig("manager")}`,
      `--secure-port=${this.ports.manager}`,
      `--cert-dir=${join(this.folder, "certificates")}`,
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${join(this.folder, "accounts.key")}`,
      "--allocate-node-cidrs=false",
      "--leader-elect=false",
      // the stand-in makes no heartbeats fast enough for a busy machine
      "--node-monitor-grace-period=10m",
    ]);
    this.run("kube-scheduler", [
      `--kubeconfig=${this.kubeconfig("scheduler")}`,
      `--secure-port=${this.ports.scheduler}`,
      `--cert-dir=${join(this.folder, "certificates")}`,
      "--leader-elect=false",
    ]);
  }

  /** Keys of service accounts and the users' tokens: made anew for each run, good for nothing else. */
  private writeKeys(): void {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    writeFileSync(join(this.folder, "accounts.key"), privateKey, { mode: 0o600 });
    writeFileSync(join(this.folder, "accounts.pub"), publicKey);
    const users = [
      `${TOKENS.admin},admin,admin,"system:masters"`,
      `${TOKENS.standIn},stand-in,stand-in,"system:masters"`,
      `${TOKENS.manager},system:kube-controller-manager,manager,`,
      `${TOKENS.scheduler},system:kube-scheduler,scheduler,`,
    ];
    writeFileSync(join(this.folder, "tokens.csv"), `${users.join("\n")}\n`, { mode: 0o600 });
  }

  kubeconfig(user: keyof typeof TOKENS): string {
    const path = join(this.folder, `${user}.kubeconfig`);
    writeFileSync(path, kubeconfigText(this.endpoint, this.authority, this.credential(user)), { mode: 0o600 });
    return path;
  }

  private run(name: keyof Programs, args: readonly string[]): void {
    const log = createWriteStream(join(this.folder, "logs", `${name}.log`), { flags: "a" });
    const child = spawn(this.programs[name], args, { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.children.set(name, child);
  }

  private async stopOne(name: string): Promise<void> {
    const child = this.children.get(name);
    this.children.delete(name);
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(timer);
  }
}

/** A kubeconfig with one context. */
export function kubeconfigText(server: string, authority: string, { token, certificate, key }: Credential): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const user =
    token !== undefined
      ? { token }
      : { "client-certificate-data": base64(certificate ?? ""), "client-key-data": base64(key ?? "") };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "e2e", cluster: { server, "certificate-authority-data": base64(authority) } }],
    users: [{ name: "e2e", user }],
    contexts: [{ name: "e2e", context: { cluster: "e2e", user: "e2e" } }],
    "current-context": "e2e",
  });
}

/** Ports that nobody listens on now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
