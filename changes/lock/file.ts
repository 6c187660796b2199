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
