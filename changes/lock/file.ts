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
  return existsSync(file) ? parseLock(readFileSync(file, "utf8"), file) : undefined;
}
