import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { Lock } from "./lock";
import { parseLock } from "./parse";

/** The lock file of a fleet file: beside it, `x.lock.json` of `x.yaml`. */
export function lockFileOf(fleetFile: string): string {
  return join(dirname(fleetFile), `${basename(fleetFile, extname(fleetFile))}.lock.json`);
}

/** A lock file's content; undefined where there is none. @throws one clear sentence where it can't be used */
export function readLock(file: string): Lock | undefined {
  return existsSync(file) ? parseLock(textOf(file), file) : undefined;
}

const END = ".lock.json";

/**
 * A lock file of a fleet whose own fleet file is gone, as when that alone was renamed.
 * @param file the lock file that isn't there
 */
export function lockLeftBehind(file: string, fleet: string): string | undefined {
  const folder = dirname(file);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(END) && ![".yaml", ".yml"].some((end) => names.includes(name.slice(0, -END.length) + end)))
    .map((name) => join(folder, name))
    .find((path) => ownerOf(path) === fleet);
}

/** Whose a lock file is; one that can't be read is nobody's. */
function ownerOf(file: string): string | undefined {
  try {
    return readLock(file)?.fleet;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code = "no reason" } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file}: ${code === "EISDIR" ? "is a folder, and a lock file is looked for there" : `can't be read (${code})`}`,
    );
  }
}
