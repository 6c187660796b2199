import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { besidesFlags, type ShownChange } from "../../changes/teardown/flags";
import { isKubernetes } from "../../changes/teardown/order";
import { copyFolder } from "../../output/copy";
import type { Stack } from "../../output/folder";
import { backendOf } from "../../output/state";
import { flagged, unprotected } from "../../output/unprotected";
import { lockIn } from "../recover/lock";
import type { Terraform } from "../terraform";

/** A stack on its way out. */
export interface Leaving {
  readonly stack: Stack;
  /** Its folder in the copy without protection. */
  readonly folder: string;
  /** What its state holds. */
  readonly held: readonly string[];
}

const PLAN = "teardown.tfplan";

/**
 * A stack in a copy of its folder in which nothing is protected, with what its state holds.
 * @throws where it can't be read, or somebody holds its lock
 */
export async function prepared(stack: Stack, out: string, copy: string, terraform: Terraform): Promise<Leaving> {
  const folder = join(copy, stack.folder);
  mkdirSync(folder, { recursive: true });
  copyFolder(join(out, stack.folder), folder);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(unprotected(stack.config), null, 2));
  await must(terraform, folder, ["init", "-input=false", "-no-color"], `${stack.id}: init failed`);
  const held = await heldIn(stack, folder, terraform);
  if (held.length > 0) await refuseLocked(stack.id, folder, terraform);
  return { stack, folder, held };
}

/** Addresses of a state. A local one that isn't there may be somewhere else; a remote one that isn't there is none. */
export async function heldIn({ id, config }: Stack, folder: string, terraform: Terraform): Promise<readonly string[]> {
  const { code, out } = await terraform(folder, ["state", "list", "-no-color"]);
  if (code === 0) return out.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
  if (!/No state file was found/.test(out)) throw new Error(`${id}: its state can't be read:\n${out.trim()}`);
  const { kind, settings } = backendOf(config);
  const file = resolve(folder, String(settings.path ?? "terraform.tfstate"));
  // Terraform empties the file before it writes: a kill in between leaves nothing but the backup
  if (kind === "local" && existsSync(file) && readFileSync(file, "utf8").trim() === "" && existsSync(`${file}.backup`))
    throw new Error(`${id}: its state is empty, as a killed run leaves it: cp ${file}.backup ${file}, then run this again`);
  if (kind === "local")
    throw new Error(
      `${id}: there is no state of it here. Bring the folder state/ from where it was applied. If it never was, list it under destroyedStacks, or make an empty state by terraform -chdir=${folder} apply -refresh-only`,
    );
  return [];
}

async function refuseLocked(id: string, folder: string, terraform: Terraform): Promise<void> {
  // Terraform has no command that only looks: this takes the lock for a moment, and changes nothing
  const args = ["untaint", "-no-color", "-allow-missing", "-lock-timeout=0s", "terraform_data.nothing"];
  const { code, out } = await terraform(folder, args);
  if (code === 0) return;
  const lock = lockIn(out);
  throw new Error(
    lock
      ? `${id}: its state is locked by ${lock.who} since ${lock.created} (${lock.operation}): nothing is torn down while it is held. When you are sure that this run is dead: terraform -chdir=${folder} force-unlock ${lock.id}`
      : `${id}: its state can't be locked:\n${out.trim()}`,
  );
}

export interface Destroying {
  readonly terraform: Terraform;
  readonly say: (line: string) => void;
  /** The cluster's API is gone, and what was in it with it. */
  readonly deadApi: boolean;
}

/** Destroys a stack: what only the API could destroy is forgotten where that is dead, protection is lifted, and it goes. */
export async function destroyed({ stack, folder, held }: Leaving, { terraform, say, deadApi }: Destroying): Promise<void> {
  const { id } = stack;
  if (held.length === 0) {
    say(`${id}: nothing is there`);
    return;
  }
  const inside = held.filter(isKubernetes);
  if (deadApi && inside.length > 0) {
    await must(terraform, folder, ["state", "rm", "-no-color", ...inside], `${id}: could not forget what was in the cluster`);
    say(`${id}: forgot ${inside.length} that were in the cluster: ${inside.join(", ")}`);
  }
  await liftFlags({ stack, folder, held }, terraform, say);
  const hint =
    inside.length > 0 && !deadApi
      ? `. If the cluster's API is dead for good, --dead-api forgets what was in it and destroys the rest`
      : "";
  await must(
    terraform,
    folder,
    ["plan", "-destroy", "-input=false", "-no-color", `-out=${PLAN}`],
    `${id}: can't be destroyed${hint}`,
  );
  await must(
    terraform,
    folder,
    ["apply", "-input=false", "-no-color", PLAN],
    `${id}: its destroy stopped; run the same again to go on${hint}`,
    true,
  );
  const left = await heldIn(stack, folder, terraform);
  if (left.length > 0) throw new Error(`${id}: its state still holds ${left.join(", ")}`);
  // its plans hold what its state held
  rmSync(folder, { recursive: true, force: true });
  say(`${id}: destroyed`);
}

/** Only what has a switch, and of that only the switch: a plan that would do more is not applied. */
async function liftFlags({ stack, folder, held }: Leaving, terraform: Terraform, say: (line: string) => void): Promise<void> {
  const on = flagged(stack.config).filter((address) => held.includes(address));
  if (on.length === 0) return;
  const targets = on.map((address) => `-target=${address}`);
  const what = `${stack.id}: its protection can't be lifted`;
  await must(terraform, folder, ["plan", "-input=false", "-no-color", `-out=${PLAN}`, ...targets], what);
  const shown = await must(terraform, folder, ["show", "-json", PLAN], what);
  const more = besidesFlags((JSON.parse(shown) as { resource_changes?: readonly ShownChange[] }).resource_changes ?? []);
  if (more.length > 0)
    throw new Error(
      `${stack.id}: to lift its protection would also ${more.join(", ")}: what is applied is not what was synthesized. Apply the fleet as it is first, then run this again`,
    );
  await must(terraform, folder, ["apply", "-input=false", "-no-color", PLAN], what);
  say(`${stack.id}: protection lifted from ${on.join(", ")}`);
}

/** @returns what it printed @throws with what it said, where it fails */
async function must(
  terraform: Terraform,
  folder: string,
  args: readonly string[],
  failure: string,
  shown = false,
): Promise<string> {
  const { code, out } = await terraform(folder, args, shown);
  if (code !== 0) throw new Error(`${failure}\n${out.trim()}`);
  return out;
}
