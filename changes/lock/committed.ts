import { spawnSync } from "node:child_process";
import { dirname, relative } from "node:path";
import type { Lock } from "./lock";
import { parseLock } from "./parse";

/** A lock as it is committed. */
export interface Committed {
  readonly lock: Lock;
  /** The revision that it is of, as people read it. */
  readonly revision: string;
}

/**
 * The lock that a change is judged against, from git.
 * @param file the lock file
 * @param revision a revision to compare with: what HEAD and it have in common is taken. @default HEAD
 * @returns undefined where there is no git, no commit, or no lock in it
 * @throws one clear sentence where a revision that was asked for can't be read
 */
export function committedLock(file: string, revision?: string): Committed | undefined {
  const base = revision === undefined ? "HEAD" : mergeBase(file, revision);
  const text = committedText(file, base);
  if (text === undefined) return undefined;
  return { lock: parseLock(text, `${base.slice(0, 12)}:${file}`), revision: revision ?? "HEAD" };
}

/**
 * A file as it is in a revision; undefined where it isn't in it, or there is no git.
 * @param beside a file that is there: the folder of the first may be gone by now. @default - the file itself
 * @throws one clear sentence where git has the file and can't give it: taken for absent, nothing would be compared
 */
export function committedText(file: string, revision: string, beside = file): string | undefined {
  const path = `./${relative(dirname(beside), file)}`;
  const shown = git(beside, ["show", `${revision}:${path}`]);
  if (shown.ok) return shown.out;
  const [, foreign] = /dubious ownership in repository at '([^']+)'/.exec(shown.said) ?? [];
  if (foreign !== undefined)
    throw new Error(
      `${file}: git refuses a repository that another user owns, so nothing can be compared. Allow it: git config --global --add safe.directory ${foreign}`,
    );
  const listed = git(beside, ["ls-tree", revision, "--", path]);
  if (listed.ok && listed.out !== "")
    throw new Error(
      `${file}: git has it in ${revision.slice(0, 12)} and can't read it there, so nothing can be compared: git fsck says what is missing, a fresh clone has it`,
    );
  return undefined;
}

/** Whether a file lies in a git repository, and git is there to ask. */
export const isInGit = (file: string): boolean => git(file, ["rev-parse", "--git-dir"]).ok;

/** The newest commit that HEAD and a revision have in common: what a request is judged against. */
export function mergeBase(file: string, revision: string): string {
  const ask = `--against ${revision}`;
  if (!isInGit(file)) throw new Error(`${ask}: ${dirname(file)} is in no git repository, or git is not installed`);
  const shallow = git(file, ["rev-parse", "--is-shallow-repository"]).out.trim() === "true";
  const deepen = shallow
    ? ". This clone is shallow: fetch its history first (git fetch --unshallow; in GitHub Actions fetch-depth: 0)"
    : "";
  if (!git(file, ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]).ok)
    throw new Error(`${ask}: there is no such revision${deepen || ". Name a commit, a tag or a branch, such as origin/main"}`);
  const base = git(file, ["merge-base", revision, "HEAD"]);
  if (!base.ok) throw new Error(`${ask}: it has no commit in common with HEAD${deepen}`);
  return base.out.trim();
}

interface Run {
  readonly ok: boolean;
  readonly out: string;
  /** What git said of a failure, in English. */
  readonly said: string;
}

function git(file: string, args: readonly string[]): Run {
  const folder = dirname(file);
  const run = spawnSync("git", ["-C", folder, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
  });
  return { ok: run.status === 0, out: run.stdout ?? "", said: run.stderr ?? "" };
}
