import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { StackJson } from "../synth";
import { providerMirrors } from "../terraform";
import type { Api, Credential } from "./api";
import { kubeconfigText } from "./control-plane";
import { outputsRead, withoutClouds } from "./cut";
import { program } from "./parts";

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly text: string;
}

/** Commands that fetch a token, by the clouds' own names and by the one that the suite's existing cluster has. */
const PLUGINS = ["aws", "kubelogin", "gke-gcloud-auth-plugin", "e2e-token"];

/** A synthesized folder, and Terraform in it with the real helm and kubernetes providers. */
export class Workspace {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    /** Holds the fleet file, the synthesized folder `out` and the states. */
    readonly root: string,
    private readonly api: Api,
  ) {
    const { bin } = this;
    mkdirSync(bin, { recursive: true });
    for (const name of PLUGINS) this.writePlugin(join(bin, name), api.credential);
    const config = join(root, "cli.tfrc");
    writeFileSync(config, installation());
    this.env = {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
      TF_CLI_CONFIG_FILE: config,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      HELM_CACHE_HOME: join(root, "helm"),
      HELM_CONFIG_HOME: join(root, "helm"),
    };
  }

  /** Makes the plugins print another credential: a token that has run out, for instance. */
  login(credential: Credential): void {
    for (const name of PLUGINS) this.writePlugin(join(this.bin, name), credential);
  }

  private writePlugin(path: string, { token, certificate, key }: Credential): void {
    const status = { token, clientCertificateData: certificate, clientKeyData: key };
    const credential = { apiVersion: "client.authentication.k8s.io/v1beta1", kind: "ExecCredential", status };
    writeFileSync(path, `#!/bin/sh\ncat <<'CREDENTIAL'\n${JSON.stringify(credential)}\nCREDENTIAL\n`);
    chmodSync(path, 0o700);
  }

  /** Where the plugins are that print a token. */
  get bin(): string {
    return join(this.root, "bin");
  }

  /** The synthesized folder. */
  get out(): string {
    return join(this.root, "out");
  }

  stackFolder(stack: string): string {
    return join(this.out, "stacks", stack);
  }

  /** Kills a run as a machine that is lost does: nobody tidies up, neither Terraform nor its providers. */
  async kill(run: ChildProcess): Promise<void> {
    const children = spawnSync("ps", ["-o", "pid=", "--ppid", String(run.pid)], { encoding: "utf8" }).stdout;
    const inner = children.split(/\s+/).filter(Boolean).map(Number);
    const providers = inner.flatMap((pid) =>
      spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" })
        .stdout.split(/\s+/)
        .filter(Boolean)
        .map(Number),
    );
    for (const pid of [run.pid!, ...inner, ...providers])
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // gone with its parent
      }
  }

  /** Helm itself, as an operator would call it. */
  async helm(...args: string[]): Promise<string> {
    const config = join(this.root, "kubeconfig");
    writeFileSync(config, kubeconfigText(this.api.endpoint, this.api.authority, this.api.credential), { mode: 0o600 });
    const { status, text } = await ended(spawn(program("helm")!, [...args, `--kubeconfig=${config}`], { env: this.env }));
    if (status !== 0) throw new Error(`helm ${args.join(" ")}: ${text}`);
    return text;
  }

  /**
   * Cuts a cloud out of a stack, and stands in for the states that it reads.
   * @returns the addresses of what was cut out
   */
  prepare(stack: string): readonly string[] {
    const file = join(this.stackFolder(stack), "cdk.tf.json");
    const whole = JSON.parse(readFileSync(file, "utf8")) as StackJson;
    const { stack: cut, removed } = withoutClouds(whole);
    if (removed.length > 0) writeFileSync(file, JSON.stringify(cut, null, 1));
    for (const [name, outputs] of Object.entries(outputsRead(cut))) this.writeState(stack, cut, name, outputs);
    return removed;
  }

  private writeState(stack: string, json: StackJson, name: string, outputs: readonly string[]): void {
    const { config } = json.data!.terraform_remote_state![name] as { config: { path: string } };
    const path = join(this.stackFolder(stack), config.path);
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    const value = (output: string) => {
      if (output === "endpoint") return this.api.endpoint;
      if (output === "certificate_authority") return Buffer.from(this.api.authority).toString("base64");
      return /(_ids|_servers|_addresses|_ips)$/.test(output)
        ? ["one", "two", "three"]
        : `stand-in-${output.replaceAll("_", "-")}`;
    };
    const made = outputs.map((output) => {
      const is = value(output);
      return [output, { value: is, type: typeof is === "string" ? "string" : ["list", "string"] }];
    });
    const state = {
      version: 4,
      terraform_version: "1.11.4",
      serial: 1,
      lineage: "e2e",
      outputs: Object.fromEntries(made),
      resources: [],
    };
    writeFileSync(path, JSON.stringify(state));
  }

  terraform(stack: string, ...args: string[]): Promise<Ended> {
    return ended(this.start(stack, ...args));
  }

  /** Begins a run of Terraform; what it says is also in terraform.log beside the stack. */
  start(stack: string, ...args: string[]): ChildProcess {
    const cwd = this.stackFolder(stack);
    const child = spawn("terraform", [...args, "-no-color"], { cwd, env: this.env });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => appendFileSync(join(cwd, "terraform.log"), chunk));
    return child;
  }

  init = (stack: string) => this.must(stack, "init", "-input=false");
  apply = (stack: string, ...args: string[]) => this.must(stack, "apply", "-auto-approve", "-input=false", ...args);
  destroy = (stack: string, ...args: string[]) => this.must(stack, "destroy", "-auto-approve", "-input=false", ...args);

  /** What a plan would change: nothing, or its text. */
  async plan(stack: string): Promise<string | undefined> {
    const { status, text } = await this.terraform(stack, "plan", "-input=false", "-detailed-exitcode");
    return status === 0 ? undefined : text;
  }

  private async must(stack: string, ...args: string[]): Promise<string> {
    const { status, text } = await this.terraform(stack, ...args);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")} in ${stack}: ${text.slice(-6000)}`);
    return text;
  }
}

export function ended(child: ChildProcess): Promise<Ended> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, text })));
}

/** Providers from a folder where they were put by hand, else from the registry. */
function installation(): string {
  const mirror = [process.env.E2E_PROVIDERS, ...providerMirrors()].find((folder) =>
    folder ? existsSync(join(folder, "registry.terraform.io/hashicorp/helm")) : false,
  );
  if (mirror === undefined) return "";
  const only = '["registry.terraform.io/hashicorp/helm", "registry.terraform.io/hashicorp/kubernetes"]';
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    include = ${only}\n  }\n  direct {\n    exclude = ${only}\n  }\n}\n`;
}
