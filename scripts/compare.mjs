// node scripts/compare.mjs [revision]: synthesizes the committed fleets as they are here and as they were at a revision (default:
// where this branch left main), each with the sources of its time, and says which files differ, byte for byte. Ends with 1
// where some do.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Compares two folders.
 * @returns a line for each file that differs, or that only one of them has; none where they are the same
 */
export function differences(before, after) {
  const paths = new Set([...filesBelow(before), ...filesBelow(after)]);
  return [...paths].sort().flatMap((path) => {
    const [old, now] = [before, after].map((folder) => join(folder, path));
    if (!existsSync(old)) return [`new      ${path}`];
    if (!existsSync(now)) return [`gone     ${path}`];
    return readFileSync(old).equals(readFileSync(now)) ? [] : [`changed  ${path}`];
  });
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}

/** Synthesizes the fleets of a checkout; nothing is judged, and no lock written. */
function synthesize(checkout, out) {
  const fleets = readdirSync(join(checkout, "fleets")).filter((name) => name.endsWith(".yaml"));
  for (const name of fleets) {
    const args = [join("scripts", "run.mjs"), "main", join("fleets", name), "--out", join(out, name.replace(/\.yaml$/, ""))];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: checkout,
      env: { ...process.env, CI: "", MERIDIAN_LOCK: "off" },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${join(checkout, "fleets", name)}:\n${stderr}`);
  }
}

function compare(revision) {
  const git = (...args) => spawnSync("git", args, { cwd: root, encoding: "utf8" }).stdout.trim();
  const since = revision ?? git("merge-base", "HEAD", git("rev-parse", "--verify", "--quiet", "main") || "origin/main");
  const base = git("rev-parse", "--verify", "--quiet", `${since}^{commit}`);
  if (base === "") throw new Error(`there is no revision '${since}' here`);
  const scratch = mkdtempSync(join(tmpdir(), "compare-"));
  try {
    const [checkout, before, after] = ["base", "before", "after"].map((name) => join(scratch, name));
    for (const folder of [checkout, before, after]) mkdirSync(folder);
    execFileSync("tar", ["-x", "-C", checkout], {
      input: execFileSync("git", ["archive", base], { cwd: root, maxBuffer: 2 ** 30 }),
    });
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
    synthesize(checkout, before);
    synthesize(root, after);
    const lines = differences(before, after);
    for (const line of lines) console.log(line);
    console.log(`${lines.length} of ${filesBelow(after).length} files differ from those of ${base.slice(0, 12)}`);
    return lines.length === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = compare(process.argv[2]) ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
