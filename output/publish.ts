import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { foldersOf, JOURNAL, type Journal, keep, moveOver, putBack, removeIfEmpty } from "./journal";
import { readManifest } from "./manifest";

/**
 * Replaces an output by the next one: all of it or nothing. What Terraform keeps beside the stacks' files (.terraform, its
 * lock file, a state) is not ours and stays.
 * @param files every file of the next output by its target: where its new content is, undefined where it is there already
 * @param gone what else is removed
 * @throws where a target can't be written, or a replacement failed; the last output is then as it was
 */
export function publish(
  out: string,
  scratch: string,
  files: ReadonlyMap<string, string | undefined>,
  gone: readonly string[] = [],
): void {
  const changed = [...files].flatMap(([target, file]) => (file === undefined ? [] : [{ target, file }]));
  const stale = [...new Set([...staleFiles(out, files), ...gone])];
  if (changed.length === 0 && stale.length === 0) return;
  assertWritable(out, [...changed.map(({ target }) => target), ...stale]);
  const journal = writeJournal(out, scratch, [...changed.map(({ target }) => target), ...stale]);
  undisturbed(() => {
    try {
      for (const folder of journal.folders) mkdirSync(resolve(out, folder));
      for (const { target, file } of changed) moveOver(file, resolve(out, target));
      for (const target of stale) rmSync(resolve(out, target));
      // from here on it is the next output
      rmSync(join(scratch, JOURNAL));
    } catch (error) {
      putBack(out, scratch, journal);
      throw new Error(`${out}: ${(error as Error).message}. The last output was put back`);
    }
  });
  for (const target of stale) foldersOf(target).every((folder) => removeIfEmpty(join(out, folder)));
}

/** What the last synth generated and this one didn't: JSON and assets of its stacks. */
function staleFiles(out: string, next: ReadonlyMap<string, unknown>): readonly string[] {
  return readManifest(out)
    .flatMap(({ folder, file }) => [file, ...filesBelow(out, join(folder, "assets"))])
    .filter((file) => !next.has(file) && existsSync(join(out, file)));
}

/** @throws an error that names each target which could not be replaced */
function assertWritable(out: string, targets: readonly string[]): void {
  const known = new Map<string, string | undefined>();
  const problemOf = (folder: string): string | undefined => {
    if (!known.has(folder)) known.set(folder, folderProblem(folder));
    return known.get(folder);
  };
  const problems = new Set(
    targets.flatMap((target) => {
      const path = resolve(out, target);
      if (kindOf(path) === "folder") return [`${join(out, target)} is a folder, and a file belongs there`];
      return problemOf(dirname(path)) ?? [];
    }),
  );
  if (problems.size > 0) throw new Error(`${[...problems].join("\n")}\nNothing was written`);
}

/** Why no file can be put into a folder, or, where it isn't there yet, into the nearest one that is. */
function folderProblem(folder: string): string | undefined {
  const kind = kindOf(folder);
  if (kind === undefined) return folderProblem(dirname(folder));
  if (kind === "file") return `${folder} is a file, and a folder belongs there`;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${folder} can't be written by this user`;
  }
}

function kindOf(path: string): "file" | "folder" | undefined {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return undefined; // not there, or a file is in its way
  }
}

/** Keeps the old files, then writes down what will be replaced: from then on a stopped synth is put back by the next one. */
function writeJournal(out: string, scratch: string, targets: readonly string[]): Journal {
  const files = targets.map((target, index) => {
    const path = resolve(out, target);
    if (!existsSync(path)) return { target };
    const old = `old-${index}`;
    keep(path, join(scratch, old));
    return { target, old };
  });
  const folders = new Set<string>();
  for (const target of targets)
    for (const folder of [...foldersOf(target)].reverse()) if (!existsSync(resolve(out, folder))) folders.add(folder);
  const journal: Journal = { files, folders: [...folders] };
  writeFileSync(join(scratch, "journal.new"), JSON.stringify(journal));
  renameSync(join(scratch, "journal.new"), join(scratch, JOURNAL));
  return journal;
}

/** Runs what must not be stopped half-way: Ctrl-C and the like wait, and come too late. */
function undisturbed(work: () => void): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const ignore = (): void => undefined;
  for (const signal of signals) process.on(signal, ignore);
  try {
    work();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}

/** Paths of the files below `prefix`, relative to the folder; none where it doesn't exist. */
function filesBelow(folder: string, prefix: string): readonly string[] {
  if (!existsSync(join(folder, prefix))) return [];
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = join(prefix, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}
