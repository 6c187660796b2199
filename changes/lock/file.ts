import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { type Lock, lockText } from "./lock";
import { parseLock } from "./parse";

/** The lock file of a fleet file: beside it, `x.lock.json` of `x.yaml`. */
export function lockFileOf(fleetFile: string): string {
  return join(dirname(fleetFile), `${basename(fleetFile, extname(fleetFile))}.lock.json`);
}

/** A lock file's content; undefined where there is none. @throws one clear sentence where it can't be used */
export function readLock(file: string): Lock | undefined {
  return existsSync(file) ? parseLock(readFileSync(file, "utf8"), file) : undefined;
}

/** Writes a lock file by rename, so that nobody reads half of one; a file that says the same already keeps its time. */
export function writeLock(file: string, lock: Lock): void {
  const text = lockText(lock);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}`);
  writeFileSync(beside, text);
  renameSync(beside, file);
}
