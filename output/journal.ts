/**
 * What a stopped synth leaves in an output folder. A synth prepares everything in a scratch folder there, writes down in
 * it what it is about to replace, with the old files beside, and only then replaces. Killed in the middle, its journal
 * stays, and the next synth puts the old files back; readers refuse the mixture.
 */
import { copyFileSync, existsSync, linkSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const SCRATCH_PREFIX = ".synth-";
/** In a scratch folder: there from before the first replaced file until after the last. */
export const JOURNAL = "journal.json";

/** What a synth replaces. */
export interface Journal {
  readonly files: readonly {
    /** The file that is replaced or removed, relative to the output folder or absolute. */
    readonly target: string;
    /** The old one, in the scratch folder. @default - there was none */
    readonly old?: string;
  }[];
  /** Folders that were made for new files, outer ones first. */
  readonly folders: readonly string[];
}

/** What a new scratch folder's path starts with. */
export const scratchPrefix = (out: string): string => join(out, SCRATCH_PREFIX);

/** @throws where a synth was stopped while it replaced the files, or is just doing so */
export function assertWhole(out: string): void {
  if (scratchFolders(out).some((scratch) => existsSync(join(scratch, JOURNAL))))
    throw new Error(
      `${out}: a synth was stopped while it wrote here, or is writing now: some files are new and some old. Synthesize again`,
    );
}

/** Puts back what a stopped synth had begun to replace, and removes all scratch folders. For who holds the lock. */
export function recover(out: string): void {
  for (const scratch of scratchFolders(out)) {
    const journal = join(scratch, JOURNAL);
    if (existsSync(journal)) putBack(out, scratch, JSON.parse(readFileSync(journal, "utf8")) as Journal);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Makes everything as it was before; may be interrupted and begun again. */
export function putBack(out: string, scratch: string, { files, folders }: Journal): void {
  for (const { target, old } of files) {
    const path = resolve(out, target);
    if (old === undefined) rmSync(path, { force: true });
    else if (existsSync(join(scratch, old))) moveOver(join(scratch, old), path);
  }
  for (const folder of [...folders].reverse()) removeIfEmpty(resolve(out, folder));
  rmSync(join(scratch, JOURNAL));
}

/** Renames a file over another; between file systems a copy beside the target is renamed. */
export function moveOver(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const beside = `${to}.synth-tmp`;
    copyFileSync(from, beside);
    renameSync(beside, to);
  }
}

/** A second name for a file's content, so that the first can be replaced; a copy where there are no hard links. */
export function keep(file: string, as: string): void {
  try {
    linkSync(file, as);
  } catch {
    copyFileSync(file, as);
  }
}

/** Removes a folder, unless something is in it. */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false; // not empty, gone already, or not ours to remove
  }
}

/** The folders that hold a path, relative and inner ones first: "a/b/c" → "a/b", "a". */
export function foldersOf(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === "." || folder === dirname(folder) ? [] : [folder, ...foldersOf(folder)];
}

function scratchFolders(out: string): readonly string[] {
  return existsSync(out)
    ? readdirSync(out)
        .filter((name) => name.startsWith(SCRATCH_PREFIX))
        .map((name) => join(out, name))
    : [];
}
