import { spawnSync } from "node:child_process";
import type { StateLock } from "./records";

/**
 * Who holds the lock of a stack's state. Terraform has no command that only looks, so this takes the lock for a moment:
 * marking a resource that doesn't exist as not tainted changes nothing.
 * @throws where Terraform can't say
 */
export function stateLock(folder: string): StateLock | undefined {
  const args = ["untaint", "-no-color", "-allow-missing", "-lock-timeout=0s", "terraform_data.nothing"];
  const { status, stdout, stderr, error } = spawnSync("terraform", args, { cwd: folder, env: process.env, encoding: "utf8" });
  if (error) throw new Error(`terraform can't be run: ${error.message}`);
  if (status === 0) return undefined;
  const text = `${stdout}${stderr}`;
  const lock = lockIn(text);
  if (!lock) throw new Error(`terraform in ${folder}: ${text.trim()}`);
  return lock;
}

/** The lock that Terraform's message tells of. */
export function lockIn(text: string): StateLock | undefined {
  if (!text.includes("acquiring the state lock")) return undefined;
  const field = (name: string) => new RegExp(`\\b${name}:[ \\t]*(\\S.*)`).exec(text)?.[1]?.trim() ?? "";
  return { id: field("ID"), who: field("Who"), operation: field("Operation"), created: field("Created") };
}
