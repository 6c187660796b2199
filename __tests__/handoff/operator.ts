import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { main as handoff, writeBundle } from "../../cli/handoff";
import type { FleetFacts } from "../../handoff/facts";
import type { PipelineName } from "../../handoff/pipelines/index";
import { readStacks } from "../../output/folder";
import { terraformOnPath } from "../../rehearsal";
import { type Cloud, createCloud } from "../../rehearsal/cloud/model";
import type { BeforeChange } from "../../rehearsal/provider/apply";
import { type Servers, serve } from "../../rehearsal/runner/servers";
import { typesInState } from "../../rehearsal/runner/state-file";

/** How a command of the operator's ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** A stack written by hand. */
export interface Synthetic {
  readonly dependencies?: readonly string[];
  readonly config: object;
}

/**
 * What stack.sh needs besides terraform, make and jq: programs that POSIX asks of every system. Nothing else is on PATH;
 * no node, above all.
 */
const POSIX = ["sh", "cat", "rm", "rmdir", "mkdir", "mv", "sleep", "grep", "head", "sha256sum"];

/** A fleet without clusters or names has nothing to show. */
const NOTHING_SEEN = {
  zone: "f.example",
  caa: null,
  clusters: [],
  names: [],
  source: "nobody",
  date: "2026-01-01",
  networks: {},
};

export const NO_FACTS: FleetFacts = { zone: "f.example", clusters: [], names: [], seen: NOTHING_SEEN };

/** Writes stacks where a bundle has what was synthesized. */
export function writeStacks(bundle: string, stacks: Readonly<Record<string, Synthetic>>): void {
  const manifest = Object.entries(stacks).map(([id, { dependencies = [] }]) => [
    id,
    { name: id, workingDirectory: `stacks/${id}`, synthesizedStackPath: `stacks/${id}/cdk.tf.json`, dependencies },
  ]);
  for (const [id, { config }] of Object.entries(stacks)) {
    const folder = join(bundle, "terraform", "stacks", id);
    mkdirSync(folder, { recursive: true });
    const backend = { local: { path: `../../../state/${id}.tfstate` } };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend, required_version: ">= 1.5" }, ...config }));
  }
  writeFileSync(join(bundle, "terraform", "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
}

/** A person with terraform, make and jq alone, in front of a bundle, with the rehearsal's clouds behind the providers. */
export class Operator {
  readonly folder = mkdtempSync(join(tmpdir(), "op-"));
  /** In a folder whose name a shell would take apart. */
  readonly bundle = join(this.folder, "the bundle");
  readonly cloud: Cloud = createCloud();
  /** Makes a change in the cloud fail with a sentence. */
  before: BeforeChange = async () => undefined;
  readonly bin = join(this.folder, "bin");
  private readonly sockets = mkdtempSync(join(tmpdir(), "os-"));
  private servers: Servers[] = [];

  /** @param programs what fetches tokens: never started here, but looked for */
  constructor(programs: readonly string[] = ["aws", "kubelogin", "gke-gcloud-auth-plugin"]) {
    mkdirSync(this.bin);
    for (const name of ["make", "jq", ...POSIX]) symlinkSync(onPath(name), join(this.bin, name));
    for (const name of programs) this.program(name, "#!/bin/sh\nexit 1\n");
    // Terraform finds each stack's own providers, as it would find those of a registry
    this.program(
      "terraform",
      `#!/bin/sh
for word in "$@"; do case $word in -chdir=*) stack=\${word##*/} ;; esac; done
stack=\${stack-\${PWD##*/}}
if [ -e "${this.sockets}/$stack.json" ]; then read -r TF_REATTACH_PROVIDERS <"${this.sockets}/$stack.json" && export TF_REATTACH_PROVIDERS; fi
exec ${terraformOnPath()} "$@"
`,
    );
    writeFileSync(join(this.folder, "terraform.rc"), "");
  }

  /** Gets a bundle of a fleet file, over the one that is there. */
  async receive(file: string, ...flags: readonly string[]): Promise<void> {
    const code = handoff([file, "--out", this.bundle, ...flags], () => undefined);
    if (code !== 0) throw new Error(`no bundle of ${file}`);
    await this.serve();
  }

  /** Gets a bundle of stacks that no fleet file stands for. */
  async receiveStacks(
    stacks: Readonly<Record<string, Synthetic>>,
    pipelines: readonly PipelineName[] = [],
    facts: FleetFacts = NO_FACTS,
  ): Promise<void> {
    writeStacks(this.bundle, stacks);
    writeBundle(this.bundle, facts, "fleets/f.yaml", { pipelines });
    await this.serve();
  }

  /** Serves the providers of what is in the bundle now, and of what its states still hold. */
  async serve(): Promise<void> {
    for (const server of this.servers) server.close();
    this.servers = [];
    const synthesized = join(this.bundle, "terraform");
    for (const stack of readStacks(synthesized)) {
      const server = await serve({
        folder: this.sockets,
        name: stack.id,
        stacks: [stack],
        earlier: [typesInState(join(synthesized, stack.folder), stack)],
        cloud: this.cloud,
        before: (change) => this.before(change),
      });
      this.servers.push(server);
      writeFileSync(join(this.sockets, `${stack.id}.json`), `${server.reattach}\n`);
    }
  }

  /** @param args targets, flags, and NAME=value, which make hands on */
  make(...args: readonly string[]): Promise<Ran> {
    return this.run(join(this.bin, "make"), args);
  }

  /** @param input standard input of the bundle's own program */
  stack(input: string, ...args: readonly string[]): Promise<Ran> {
    return this.run(join(this.bundle, "stack.sh"), args, input);
  }

  /** A shell in a stack's folder, as an engine starts one. */
  inStack(stack: string, command: string, variables: Readonly<Record<string, string>>): Promise<Ran> {
    return this.run(join(this.bin, "sh"), ["-c", command], "", join(this.bundle, "terraform/stacks", stack), variables);
  }

  /** @param typed what the operator types */
  atTerminal(typed: string, command: string): Promise<Ran> {
    return this.run("/usr/bin/script", ["-qec", command, "/dev/null"], typed);
  }

  private run(program: string, args: readonly string[], input = "", cwd = this.bundle, variables = {}): Promise<Ran> {
    const env = {
      ...variables,
      PATH: this.bin,
      HOME: this.folder,
      TMPDIR: this.folder,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: join(this.folder, "terraform.rc"),
      TF_PLUGIN_CACHE_DIR: "",
    };
    const child = spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
    // who needs no input may be gone before it is written
    child.stdin.on("error", () => undefined).end(input);
    return ended(child);
  }

  /** Addresses in a stack's state. */
  state(stack: string): readonly string[] {
    const file = join(this.bundle, "state", `${stack}.tfstate`);
    if (!existsSync(file)) return [];
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
      resources: readonly { mode: string; type: string; name: string }[];
    };
    return resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`);
  }

  program(name: string, text: string): void {
    writeFileSync(join(this.bin, name), text);
    chmodSync(join(this.bin, name), 0o755);
  }

  remove(): void {
    for (const server of this.servers) server.close();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.sockets, { recursive: true, force: true });
  }
}

/** What a program printed, without colours, and how it ended. */
export async function ended(
  child: { readonly stdout: Readable; readonly stderr: Readable } & Pick<ChildProcess, "on">,
): Promise<Ran> {
  let out = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, out: withoutColour(out) };
}

/** A program's path; fails where a needed one is missing. */
export function onPath(name: string): string {
  const found = (process.env.PATH ?? "").split(delimiter).find((folder) => existsSync(join(folder, name)));
  if (!found) throw new Error(`${name} is not on PATH`);
  return join(found, name);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Terraform's colours begin with one
const withoutColour = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, "");
