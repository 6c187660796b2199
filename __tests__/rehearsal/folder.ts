import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A stack as a test writes it: the stacks that it reads, and its Terraform JSON without the terraform block's routine. */
export interface WrittenStack {
  readonly dependencies?: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  /** @default - local, as the state factory writes it */
  readonly backend?: Readonly<Record<string, unknown>>;
}

const VERSIONS: Readonly<Record<string, string>> = {
  aws: "6.25.0",
  azurerm: "4.55.0",
  google: "6.50.0",
  helm: "3.1.1",
  kubernetes: "2.38.0",
  random: "3.9.0",
};

/** Writes a synthesized folder of the shape that cdktf 0.21 writes. The caller removes it with `removeFolders`. */
export function synthesizedFolder(stacks: Readonly<Record<string, WrittenStack>>): string {
  const root = mkdtempSync(join(tmpdir(), "written-"));
  made.push(root);
  const out = join(root, "cdktf.out");
  const manifest: Record<string, unknown> = {};
  for (const [id, { dependencies = [], config, backend }] of Object.entries(stacks)) {
    mkdirSync(join(out, "stacks", id), { recursive: true });
    const providers = Object.keys((config.provider ?? {}) as object);
    const body = {
      "//": { metadata: { backend: Object.keys(backend ?? { local: {} })[0], stackName: id, version: "0.21.0" }, outputs: {} },
      terraform: {
        required_version: ">= 1.5",
        backend: backend ?? { local: { path: `../../../state/${id}.tfstate` } },
        required_providers: Object.fromEntries(providers.map((name) => [name, { source: name, version: VERSIONS[name] }])),
      },
      ...config,
    };
    writeFileSync(join(out, "stacks", id, "cdk.tf.json"), JSON.stringify(body, null, 2));
    manifest[id] = {
      name: id,
      constructPath: id,
      workingDirectory: `stacks/${id}`,
      synthesizedStackPath: `stacks/${id}/cdk.tf.json`,
      dependencies,
      annotations: [],
    };
  }
  writeFileSync(join(out, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks: manifest }, null, 2));
  return out;
}

const made: string[] = [];

/** Removes what `synthesizedFolder` made. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The reader of another stack's outputs, as the state factory writes it. */
export function reader(id: string): object {
  return { backend: "local", config: { path: `../../../state/${id}.tfstate` }, workspace: "${terraform.workspace}" };
}
