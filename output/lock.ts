import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { scratchPrefix } from "./journal";

/** Says that a synth works in this folder; holds whose it is. */
const LOCK = ".synth.lock";

interface Owner {
  readonly pid: number;
  readonly host: string;
}

/**
 * Lets one synth at a time work in an output folder. The lock of a process of this machine that has died is taken over.
 * @returns what gives the lock back
 * @throws where another synth has it
 */
export function lock(out: string): () => void {
  const path = join(out, LOCK);
  const own = JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner);
  while (!tryCreate(path, own)) {
    const held = readOrEmpty(path);
    if (held === undefined) continue; // just given back
    if (isAlive(held))
      throw new Error(`${out}: ${sentence(held)}; wait for it, then synthesize again. If there is none, remove ${path}`);
    takeAway(path, held);
  }
  return () => rmSync(path, { force: true });
}

/** Appears with its content or not at all: a lock without an owner could never be taken over. */
function tryCreate(path: string, content: string): boolean {
  const beside = `${path}.${process.pid}`;
  try {
    writeFileSync(beside, content);
    linkSync(beside, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return tryCreateWithoutLinks(path, content);
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

function tryCreateWithoutLinks(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a dead process's lock, unless another process has just done so and taken it. */
function takeAway(path: string, dead: string): void {
  const aside = `${scratchPrefix(join(path, ".."))}lock-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another one was faster
  }
  if (readOrEmpty(aside) !== dead) tryCreate(path, readOrEmpty(aside) ?? "");
  rmSync(aside, { force: true });
}

function isAlive(held: string): boolean {
  const owner = ownerOf(held);
  if (!owner || owner.host !== hostname()) return true; // nobody here knows
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function sentence(held: string): string {
  const owner = ownerOf(held);
  return owner
    ? `another synth (process ${owner.pid} on ${owner.host}) is at work in this folder`
    : "another synth is at work in this folder";
}

function ownerOf(held: string): Owner | undefined {
  try {
    const { pid, host } = JSON.parse(held) as Partial<Owner>;
    return typeof pid === "number" && typeof host === "string" ? { pid, host } : undefined;
  } catch {
    return undefined;
  }
}

function readOrEmpty(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
