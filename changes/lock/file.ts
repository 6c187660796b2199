import { existsSync, readFileSync } from "node:fs";
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

/** A lock of another fleet says nothing about this one; its stacks would be taken for dropped, or for nothing at all. */
export function checkOwner(lock: Lock | undefined, file: string, fleet: string): void {
  if (lock !== undefined && lock.fleet !== fleet)
    throw new Error(
      `${file}: is the lock of fleet '${lock.fleet}', and the file is of fleet '${fleet}'. A renamed fleet is another fleet, and everything of the first is still there: put the name back; or, for another fleet, give it a file of its own`,
    );
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
