import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Moto as MotoServer, startMoto } from "../../rehearsal/e2e/moto";
import type { StackJson } from "../support/synth";

/** The real provider that the test runs: older than the one that stacks pin, and the same in what it does with records. */
const PROVIDER = { source: "hashicorp/aws", version: "5.100.0" };

const MIRRORS = [
  join(homedir(), ".terraform.d/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  "/opt/tf-plugins",
];

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_REGION: "us-east-1",
};

/** Why the test can't run here. @default - undefined, it can */
export function missing(): string | undefined {
  if (!process.env.E2E_AWS) return "the real provider waits 15 seconds for each level of records: E2E_AWS=1 runs them";
  const runs = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: "ignore" }).status === 0;
  if (!runs("terraform", "version")) return "terraform is not on PATH";
  if (!runs("moto_server", "--help")) return "moto_server is not on PATH";
  if (!runs("aws", "--version")) return "the aws command is not on PATH";
  if (!mirror()) return `${PROVIDER.source} ${PROVIDER.version} is in no local provider folder`;
  return undefined;
}

function mirror(): string | undefined {
  return MIRRORS.find((folder) => existsSync(join(folder, "registry.terraform.io", PROVIDER.source, PROVIDER.version)));
}

/** Terraform with the real provider, pointed at a moto server. */
export class Moto {
  private readonly folder = mkdtempSync(join(tmpdir(), "moto-"));

  private constructor(private readonly server: MotoServer) {}

  static async start(): Promise<Moto> {
    return new Moto(await startMoto("111122223333"));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Applies resources, all at a time: the provider waits 15 seconds for each record. @returns Terraform's outputs */
  apply(resource: StackJson["resource"], output: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const config = {
      terraform: { required_providers: { aws: PROVIDER } },
      provider: {
        aws: [
          {
            region: "us-east-1",
            endpoints: [{ route53: this.server.url, sts: this.server.url }],
            skip_credentials_validation: true,
            skip_metadata_api_check: true,
            skip_requesting_account_id: true,
          },
        ],
      },
      resource,
      output: Object.fromEntries(Object.entries(output).map(([name, value]) => [name, { value }])),
    };
    writeFileSync(join(this.folder, "stack.tf.json"), JSON.stringify(config, null, 1));
    writeFileSync(
      join(this.folder, "cli.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror())}\n  }\n}\n`,
    );
    return this.terraform("init", "-no-color")
      .then(() => this.terraform("apply", "-auto-approve", "-no-color", "-parallelism=100"))
      .then(() => this.terraform("plan", "-detailed-exitcode", "-no-color"))
      .then(() => this.terraform("output", "-json"))
      .then((text) => {
        const outputs: Record<string, { value: string }> = JSON.parse(text);
        return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
      });
  }

  /** An answer of the API as data. */
  ask<T>(...args: string[]): T {
    const { stdout, stderr, status } = spawnSync("aws", ["--endpoint-url", this.server.url, "--output", "json", ...args], {
      encoding: "utf8",
      env: { ...process.env, ...CREDENTIALS },
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  private terraform(...args: string[]): Promise<string> {
    const env = { ...process.env, ...CREDENTIALS, TF_CLI_CONFIG_FILE: join(this.folder, "cli.tfrc"), CHECKPOINT_DISABLE: "1" };
    return new Promise((resolve, reject) => {
      const child = spawn("terraform", args, { cwd: this.folder, env });
      let text = "";
      let errors = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      child.stderr.on("data", (chunk) => (errors += chunk));
      child.on("close", (code) => (code === 0 ? resolve(text) : reject(new Error(`terraform ${args[0]}: ${text}\n${errors}`))));
    });
  }
}
