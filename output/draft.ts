import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { recover, removeIfEmpty, scratchPrefix } from "./journal";
import { lock } from "./lock";
import { publish } from "./publish";

/** The next content of an output folder. Nothing of the last one is touched before `publish`. */
export interface Draft {
  /** The output folder. */
  readonly out: string;
  /** A folder for what others write before it is given to `copy`; removed in the end. */
  readonly scratch: string;
  /**
   * Adds a file. Its path is relative to the output folder, or absolute for what lies elsewhere and belongs to it.
   * @param mode who may do what with it. @default - what a new file gets
   */
  write(path: string, content: string | Uint8Array, mode?: number): void;
  /** Adds a copy of a file. */
  copy(path: string, source: string): void;
  /**
   * Replaces the last output: writes what differs, and removes the stacks' files that were not added again. Whole or not
   * at all.
   * @param gone what else is removed, relative to the output folder. @default - nothing
   */
  publish(gone?: readonly string[]): void;
}

/**
 * Lets `work` make the next content of an output folder, alone. What it doesn't publish never was, and an output folder
 * in which nothing came to be is gone afterwards.
 * @throws where the folder has no name or is a file, where another synth works in it, and what `work` throws
 */
export function withDraft<T>(out: string, work: (draft: Draft) => T): T {
  if (out === "") throw new Error("--out: name a folder for the stacks");
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Error(`--out ${out}: is a file; name a folder for the stacks`);
  const unlock = opened(out);
  try {
    recover(out);
    const scratch = mkdtempSync(scratchPrefix(out));
    try {
      return work(newDraft(out, scratch));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  } finally {
    unlock();
    removeIfEmpty(out);
  }
}

/** Makes the folder where it isn't, and takes it. @returns what gives it back */
function opened(out: string): () => void {
  try {
    mkdirSync(out, { recursive: true });
    return lock(out);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EACCES", "EPERM", "EROFS"].includes(code)) throw error;
    throw new Error(`--out ${out}: can't be written by this user (${code}); name a folder that can`);
  }
}

function newDraft(out: string, scratch: string): Draft {
  /** Where each file is that differs, by its target; undefined for those that are there already. */
  const files = new Map<string, string | undefined>();
  const sources = new Map<string, Buffer>();
  const write = (path: string, content: string | Uint8Array, mode?: number): void => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    if (hasBytes(resolve(out, path), bytes)) files.set(path, undefined);
    else {
      const file = join(scratch, `new-${files.size}`);
      writeFileSync(file, bytes);
      if (mode !== undefined) chmodSync(file, mode);
      files.set(path, file);
    }
  };
  return {
    out,
    scratch,
    write,
    copy: (path, source) => {
      const bytes = sources.get(source) ?? readFileSync(source);
      sources.set(source, bytes);
      write(path, bytes);
    },
    publish: (gone = []) => publish(out, scratch, files, gone),
  };
}

function hasBytes(file: string, bytes: Uint8Array): boolean {
  try {
    const found = statSync(file);
    return found.isFile() && found.size === bytes.length && readFileSync(file).equals(bytes);
  } catch {
    return false; // not there; what is in its way is said when it is published
  }
}
