import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readJsonObject } from "../output/json";
import { readManifest } from "../output/manifest";
import { backendOf } from "../output/state";

/**
 * The addresses that a stack's state holds: of a local state from its file, otherwise as Terraform says.
 * @param out the synthesized folder
 * @returns undefined where it can't be read: no such stack, no program, no login
 */
export function heldBy(out: string, stack: string): readonly string[] | undefined {
  const entry = readManifest(out).find(({ id }) => id === stack);
  const folder = join(out, "stacks", stack);
  const json = entry ? join(out, entry.file) : join(folder, "cdk.tf.json");
  if (!existsSync(json)) return undefined;
  const { kind, settings } = backendOf(readJsonObject(json));
  if (kind === "local") {
    const path = typeof settings === "object" && settings !== null && "path" in settings ? String(settings.path) : "";
    const file = resolve(folder, path);
    // never applied, or somewhere else: nobody knows
    return existsSync(file) ? managedIn(readFileSync(file, "utf8")) : undefined;
  }
  const program = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const listed = spawnSync(program, [`-chdir=${folder}`, "state", "list"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (listed.status !== 0) return undefined;
  return listed.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
}

function managedIn(text: string): readonly string[] {
  const { resources = [] } = JSON.parse(text) as { readonly resources?: readonly { mode: string; type: string; name: string }[] };
  return resources.flatMap(({ mode, type, name }) => (mode === "managed" ? [`${type}.${name}`] : []));
}
