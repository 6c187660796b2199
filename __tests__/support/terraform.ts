import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { StackJson } from "./synth";

/** Folders where Terraform itself looks for providers that were put there by hand, and the usual place of mirrors: a folder of /opt. */
export function providerMirrors(): string[] {
  const optional = existsSync("/opt") ? readdirSync("/opt").map((folder) => join("/opt", folder)) : [];
  return [
    join(homedir(), ".terraform.d/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...optional,
  ];
}

/** A provider that is at hand without a network. */
export interface MirroredProvider {
  /** e.g. hashicorp/aws */
  readonly source: string;
  readonly version: string;
}

/** What Terraform found, in its words. */
export interface ValidateResult {
  readonly valid: boolean;
  readonly messages: readonly string[];
}

/** Judges stacks by name, one after the other, in a folder that is initialized once. */
export type Validate = (stacks: Readonly<Record<string, StackJson>>) => Record<string, ValidateResult>;

/** The real `terraform validate` with one real provider, or the reason why it can't be run here. */
export function terraformValidate(provider: MirroredProvider): Validate | string {
  if (spawnSync("terraform", ["version"]).status !== 0) return "terraform is not on the PATH";
  const mirror = providerMirrors().find((folder) =>
    existsSync(join(folder, "registry.terraform.io", provider.source, provider.version)),
  );
  if (!mirror) return `${provider.source} ${provider.version} is in no local provider folder`;
  return (stacks) => validateWith(mirror, provider, stacks);
}

function validateWith(mirror: string, provider: MirroredProvider, stacks: Readonly<Record<string, StackJson>>) {
  const folder = mkdtempSync(join(tmpdir(), "validate-"));
  try {
    const config = join(folder, "cli.tfrc");
    writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
    const name = provider.source.slice(provider.source.indexOf("/") + 1);
    const terraform = { required_providers: { [name]: { source: provider.source, version: provider.version } } };
    const write = (stack: object) =>
      writeFileSync(join(folder, "stack.tf.json"), JSON.stringify({ ...stack, terraform }, null, 1));
    const run = (...args: string[]) =>
      spawnSync("terraform", args, {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, TF_CLI_CONFIG_FILE: config, TF_DATA_DIR: join(folder, ".terraform"), CHECKPOINT_DISABLE: "1" },
      });
    write({});
    const init = run("init", "-backend=false", "-no-color");
    if (init.status !== 0) throw new Error(`terraform init: ${init.stderr}`);
    return Object.fromEntries(
      Object.entries(stacks).map(([id, stack]) => {
        write(stack);
        return [id, readResult(run("validate", "-json").stdout)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(output: string): ValidateResult {
  const result: { valid: boolean; diagnostics: { severity: string; summary: string; detail: string }[] } = JSON.parse(output);
  return {
    valid: result.valid,
    messages: result.diagnostics.map(({ severity, summary, detail }) => `${severity}: ${summary}: ${detail}`),
  };
}
