/** The Terraform (or OpenTofu) program: where it is, how old, and how one of its commands is run. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { createInterface } from "node:readline";

/** The oldest release with what a rehearsal needs: `import` and `check` blocks and their `-json` events. */
const OLDEST = [1, 5] as const;

/**
 * The program that a rehearsal runs: the one that TERRAFORM_BINARY_NAME names, as for cdktf, else `terraform`, else `tofu`.
 * @returns its path, undefined where none is on PATH
 */
export function terraformOnPath(): string | undefined {
  const named = process.env.TERRAFORM_BINARY_NAME;
  for (const name of named ? [named] : ["terraform", "tofu"])
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = isAbsolute(name) ? name : join(folder || ".", name);
      try {
        accessSync(path, constants.X_OK);
        if (statSync(path).isFile()) return path;
      } catch {
        // not in this folder
      }
    }
  return undefined;
}

/**
 * Makes sure that the program is new enough.
 * @throws with one sentence where it is missing or too old
 */
export function requireTerraform(program = terraformOnPath()): string {
  if (!program)
    throw new Error(
      "Neither 'terraform' nor 'tofu' is on PATH. A rehearsal runs the real program: install Terraform 1.5 or newer.",
    );
  const { TF_CLI_CONFIG_FILE: _, ...env } = process.env;
  const printed = execFileSync(program, ["version", "-json"], {
    encoding: "utf8",
    env: { ...env, CHECKPOINT_DISABLE: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { terraform_version: version } = JSON.parse(printed) as { terraform_version: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    throw new Error(`${program} is ${version}; a rehearsal needs ${OLDEST.join(".")} or newer.`);
  return program;
}

/** One line of Terraform's `-json` output (developer.hashicorp.com/terraform/internals/machine-readable-ui). */
export interface Event {
  readonly "@message"?: string;
  readonly type?: string;
  readonly diagnostic?: {
    readonly severity: "error" | "warning";
    readonly summary: string;
    readonly detail?: string;
    readonly address?: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  };
  readonly change?: { readonly resource: { readonly addr: string; readonly resource_type: string }; readonly action: string };
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number; readonly operation: string };
  readonly hook?: { readonly resource: { readonly addr: string }; readonly action: string };
}

/** How a command ended. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Command {
  readonly child: ChildProcess;
  readonly done: Promise<Finished>;
}

/** What all commands of a rehearsal share. */
export interface Launch {
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told of every process that starts, so that none outlives the rehearsal. */
  readonly started: (child: ChildProcess) => void;
}

/**
 * Runs Terraform in a folder. The child leads a process group of its own: Ctrl-C in a terminal would otherwise reach it
 * beside our own, more orderly, interrupt.
 * @param onEvent called for each line of `-json` output
 */
export function terraform(launch: Launch, folder: string, args: readonly string[], onEvent?: (event: Event) => void): Command {
  const child = spawn(launch.program, args, { cwd: folder, env: launch.env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  launch.started(child);
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    if (!onEvent) stdout += `${line}\n`;
    else if (line.startsWith("{")) onEvent(JSON.parse(line) as Event);
    else stderr += `${line}\n`;
  });
  const read = new Promise<void>((resolve) => lines.on("close", resolve));
  const done = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => read.then(() => resolve({ code: code ?? 1, stdout, stderr })));
  });
  return { child, done };
}
