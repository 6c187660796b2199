import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { type Api, pause } from "./api";
import { freePorts, kubeconfigText } from "./control-plane";
import { program } from "./parts";

/** cert-manager's own program, under the name that the suite looks for. */
export const CERT_MANAGER_WEBHOOK = "cert-manager-webhook";

/** Whether the real program judges what is asked of cert-manager's webhook. */
export const hasRealWebhook = (): boolean => program(CERT_MANAGER_WEBHOOK) !== undefined;

/** cert-manager's own webhook: the stand-in's server hands on what is meant for it. */
export class CertManagerWebhook {
  private child?: ChildProcess;
  private port = 0;

  constructor(
    private readonly api: Api,
    private readonly folder: string,
  ) {}

  /** @param key files of the folder that it serves with */
  async start(key: string, cert: string): Promise<void> {
    if (this.child) return;
    const [port, health] = await freePorts(2);
    this.port = port!;
    const kubeconfig = join(this.folder, "webhook.kubeconfig");
    writeFileSync(kubeconfig, kubeconfigText(this.api.endpoint, this.api.authority, this.api.credential), { mode: 0o600 });
    this.child = spawn(
      program(CERT_MANAGER_WEBHOOK)!,
      [
        `--kubeconfig=${kubeconfig}`,
        `--secure-port=${this.port}`,
        `--healthz-port=${health}`,
        `--tls-cert-file=${join(this.folder, cert)}`,
        `--tls-private-key-file=${join(this.folder, key)}`,
        "--metrics-listen-address=0",
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const log = createWriteStream(join(this.folder, `${CERT_MANAGER_WEBHOOK}.log`));
    this.child.stdout!.pipe(log, { end: false });
    this.child.stderr!.pipe(log, { end: false });
  }

  stop(): void {
    this.child?.kill("SIGTERM");
  }

  /** What it says to a review, waited for while it begins. */
  async review(path: string, body: string): Promise<string> {
    for (let tries = 0; ; tries++)
      try {
        return await this.ask(path, body);
      } catch (error) {
        if (tries >= 40) throw error;
        await pause(250);
      }
  }

  private ask(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      // its certificate is the suite's own, of names that lead elsewhere
      const options = { host: "127.0.0.1", port: this.port, path, method: "POST", rejectUnauthorized: false };
      const asked = request({ ...options, headers: { "content-type": "application/json" } }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
        });
        response.on("end", () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
}
