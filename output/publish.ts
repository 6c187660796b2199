import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readManifest } from "./manifest";

/**
 * Gives `write` a folder to synthesize into, inside the output folder so that a file can be renamed from the one to the
 * other, and gives what that gives. It is gone afterwards, and so is an output folder in which nothing came to be.
 * @throws where the output folder has no name or is a file, and what `write` throws
 */
export function withFreshFolder<T>(out: string, write: (fresh: string) => T): T {
  if (out === "") throw new Error("--out: name a folder for the stacks");
  if (existsSync(out) && !statSync(out).isDirectory()) throw new Error(`--out ${out}: is a file; name a folder for the stacks`);
  mkdirSync(out, { recursive: true });
  const fresh = mkdtempSync(join(out, ".synth-"));
  try {
    return write(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    if (readdirSync(out).length === 0) rmdirSync(out);
  }
}

/**
 * Moves a freshly synthesized folder over the output folder, file by file, so that no reader finds half a file. Of a
 * stack that is gone only the generated files go; what Terraform put beside them (.terraform, its lock file, a state)
 * is not ours to delete.
 */
export function publish(fresh: string, out: string): void {
  const files = filesBelow(fresh);
  const generated = new Set(files);
  for (const { folder, file: json } of readManifest(out)) {
    const assets = filesBelow(out, join(folder, "assets"));
    for (const file of [json, ...assets]) if (!generated.has(file)) rmSync(join(out, file), { force: true });
  }
  for (const folder of new Set(files.map((file) => dirname(join(out, file))))) mkdirSync(folder, { recursive: true });
  for (const file of files) if (!sameBytes(join(fresh, file), join(out, file))) renameSync(join(fresh, file), join(out, file));
}

function sameBytes(one: string, other: string): boolean {
  return existsSync(other) && readFileSync(other).equals(readFileSync(one));
}

/** Paths of the files below `prefix`, relative to the folder; none where it doesn't exist. */
function filesBelow(folder: string, prefix = ""): string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}
