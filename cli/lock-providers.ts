import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readStacks } from "../output/folder";
import { member } from "../output/json";

export const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Writes each stack's lock file: the checksums of its providers for the platforms. Stacks with the same providers share
 * the work. Where neither the registry nor the mirror has them, that is said and nothing is locked.
 * @returns a sentence for whoever made the bundle
 */
export function lockProviders(synthesized: string, platforms: readonly string[], mirror: string | undefined): string {
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const flags = [
    ...platforms.map((platform) => `-platform=${platform}`),
    ...(mirror === undefined ? [] : [`-fs-mirror=${resolve(mirror)}`]),
  ];
  const made = new Map<string, string>();
  const work = mkdtempSync(join(tmpdir(), "lock-"));
  try {
    const stacks = readStacks(synthesized);
    for (const { folder, config } of stacks) {
      const providers = JSON.stringify({
        terraform: { required_providers: member(config, "terraform", "required_providers") },
      });
      if (!made.has(providers)) {
        const place = mkdtempSync(join(work, "providers-"));
        writeFileSync(join(place, "providers.tf.json"), providers);
        const { status, stderr, error } = spawnSync(terraform, ["providers", "lock", "-no-color", ...flags], {
          cwd: place,
          encoding: "utf8",
        });
        if (status !== 0) return `Providers' checksums aren't locked: ${reason(stderr ?? "", error)}`;
        made.set(providers, join(place, LOCK_FILE));
      }
      copyFileSync(made.get(providers)!, join(synthesized, folder, LOCK_FILE));
    }
    return `Providers' checksums are locked for ${platforms.join(", ")} in ${stacks.length} stacks.`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function reason(stderr: string, error: Error | undefined): string {
  const [said = ""] = stderr.split("\n").filter((line) => /Error|Could not/.test(line));
  return `${(error?.message ?? said.replace(/[│╷╵]/g, "").trim()) || "terraform providers lock failed"}. With a network, 'make lock' in the bundle does it; without one, --mirror names a folder that 'terraform providers mirror' filled`;
}
