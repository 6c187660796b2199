// Writes the lock file of every committed fleet anew, after a change of what Meridian makes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = mkdtempSync(join(tmpdir(), "locks-"));
try {
  for (const file of readdirSync(join(root, "fleets")).filter((name) => name.endsWith(".yaml"))) {
    const fleet = join("fleets", file);
    const args = [
      join("scripts", "run.mjs"),
      "main",
      fleet,
      "--out",
      join(out, file),
      "--lock",
      fleet.replace(/\.yaml$/, ".lock.json"),
    ];
    const env = { ...process.env, CI: "", MERIDIAN_LOCK: "write" };
    const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
