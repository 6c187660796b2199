/** The folder of one rehearsal: a copy of the synthesized stacks, local state beside them, sockets; removed in the end. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyFolder } from "../../output/copy";
import { readStacks, type Stack } from "../../output/folder";
import type { Json, JsonObject } from "../../output/json";
import { variablesOf } from "../../output/stack";
import { backendOf, stateKey, stateReadersOf } from "../../output/state";
import { type Cloud, type CloudSnapshot, createCloud } from "../cloud/model";

/** The folder of one rehearsal. */
export interface Workspace {
  readonly folder: string;
  /** The copy of the synthesized folder. */
  readonly synthesized: string;
  /** Folder of the sockets: apart, as Linux allows a socket's path 107 characters only. */
  readonly sockets: string;
  readonly cloud: Cloud;
  /** Writes down what exists in the rehearsal's clouds, for a later command in the same folder. */
  save(): void;
  /** @param keep whether the folder stays; sockets never do */
  remove(keep: boolean): void;
}

const CLOUD_FILE = "cloud.json";
/** Terraform's own settings: empty, so that the user's don't count. */
export const RC_FILE = "terraform.rc";

/** @param kept a folder that an earlier rehearsal kept; its state and clouds go on. @default - a new one */
export function openWorkspace(kept?: string): Workspace {
  const { folder, sockets } = places(kept);
  const synthesized = join(folder, "cdktf.out");
  mkdirSync(join(folder, "state"), { recursive: true });
  writeFileSync(join(folder, RC_FILE), "");
  const file = join(folder, CLOUD_FILE);
  const cloud = createCloud(existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as CloudSnapshot) : undefined);
  return {
    folder,
    synthesized,
    sockets,
    cloud,
    save: () => writeFileSync(file, JSON.stringify(cloud.snapshot())),
    remove: (keep) => {
      rmSync(sockets, { recursive: true, force: true });
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @throws one clear sentence where there is no place for temporary files */
function places(kept: string | undefined): Pick<Workspace, "folder" | "sockets"> {
  try {
    const temporary = realpathSync(tmpdir());
    const sockets = mkdtempSync(join(temporary, "rs-"));
    return { folder: kept ?? mkdtempSync(join(temporary, "rehearsal-")), sockets };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${tmpdir()}: a rehearsal needs a folder for temporary files, and can't make one there (${code}): name another by TMPDIR`,
    );
  }
}

/** Whether a rehearsal was kept in a folder. */
export const isKept = (folder: string): boolean => existsSync(join(folder, CLOUD_FILE));

/** Removes the stacks of an earlier rehearsal; their state stays. */
export function startOver(workspace: Workspace): void {
  rmSync(workspace.synthesized, { recursive: true, force: true });
}

/**
 * Puts a synthesized folder into the workspace, over what is there.
 * @param edit changes a stack's JSON. @default - copied as it is
 */
export function bringIn(
  workspace: Workspace,
  synthesized: string,
  edit?: (stack: string, config: JsonObject) => JsonObject,
): void {
  copyFolder(synthesized, workspace.synthesized);
  if (!edit) return;
  for (const { id, folder, config } of readStacks(workspace.synthesized))
    writeFileSync(join(workspace.synthesized, folder, "cdk.tf.json"), JSON.stringify(edit(id, config), null, 2));
}

/** Lets Terraform find providers in a folder. */
export function useMirror(workspace: Workspace, mirror: string): void {
  const mirrors = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
  writeFileSync(join(workspace.folder, RC_FILE), mirrors);
}

/**
 * Makes the copied stacks run here: state of any kind of backend goes into the workspace, and variables without a
 * default get an invented value.
 * @param keepBackends leaves backends as they are written
 * @returns what was changed, a sentence each
 */
export function adjust(workspace: Workspace, stacks: readonly Stack[], keepBackends: boolean, env: NodeJS.ProcessEnv): string[] {
  const told: string[] = [];
  const paths = new Map<string, string>();
  for (const stack of stacks) paths.set(stateKey(backendOf(stack.config)), `../../../state/${stack.id}.tfstate`);
  const remote = new Set(stacks.map(({ config }) => backendOf(config).kind).filter((kind) => kind !== "local"));
  if (!keepBackends && remote.size > 0)
    told.push(`state is kept in the rehearsal's folder instead of backend '${[...remote].join("', '")}'`);
  for (const stack of stacks) {
    const folder = join(workspace.synthesized, stack.folder);
    const override = keepBackends ? {} : localState(stack, paths, told);
    if (Object.keys(override).length > 0)
      writeFileSync(join(folder, "rehearsal_override.tf.json"), JSON.stringify(override, null, 2));
    const variables = inventedVariables(stack, env);
    const names = Object.keys(variables);
    if (names.length === 0) continue;
    writeFileSync(join(folder, "rehearsal.auto.tfvars.json"), JSON.stringify(variables, null, 2));
    told.push(`${stack.id}: invented values for the variables ${names.join(", ")}`);
  }
  return told;
}

function localState(stack: Stack, paths: ReadonlyMap<string, string>, told: string[]): JsonObject {
  const override: Record<string, Json> = {};
  if (backendOf(stack.config).kind !== "local") {
    override.terraform = { backend: { local: { path: `../../../state/${stack.id}.tfstate` } } };
  }
  const readers: Record<string, Json> = {};
  for (const reader of stateReadersOf(stack.config)) {
    if (reader.kind === "local") continue;
    const path = paths.get(stateKey(reader));
    if (path) readers[reader.name] = { backend: "local", workspace: "default", config: { path } };
    else
      told.push(`${stack.id}: remote state '${reader.name}' belongs to no stack of this fleet and is read from its own backend`);
  }
  if (Object.keys(readers).length > 0) override.data = { terraform_remote_state: readers };
  return override;
}

/** Variables that nobody set: secrets, mostly. The value satisfies what password rules usually ask for. */
function inventedVariables(stack: Stack, env: NodeJS.ProcessEnv): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { name, type: kind = "string", default: preset } of variablesOf(stack.config)) {
    if (preset !== undefined || env[`TF_VAR_${name}`] !== undefined) continue;
    values[name] = /^(list|set|tuple)/.test(kind)
      ? []
      : /^(map|object)/.test(kind)
        ? {}
        : kind === "number"
          ? 1
          : kind === "bool"
            ? false
            : "Rehearsal-1-invented";
  }
  return values;
}
