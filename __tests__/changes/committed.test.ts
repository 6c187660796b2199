import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { committedLock, mergeBase } from "../../changes/lock/committed";

const folder = mkdtempSync(join(tmpdir(), "committed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main", ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
const lock = (meridian: string) =>
  JSON.stringify({ format: 1, fleet: "f", meridian, zone: {}, state: {}, clusters: {}, names: {}, stacks: {} });

/** main has two commits, and a branch of the first has one more. */
const origin = join(folder, "origin");
function commit(meridian: string): void {
  writeFileSync(join(origin, "f.lock.json"), lock(meridian));
  git(origin, "add", "-A");
  git(origin, "commit", "-qm", meridian);
}
beforeAll(() => {
  mkdirSync(origin);
  git(origin, "init", "-q");
  commit("1");
  git(origin, "switch", "-qc", "request");
  commit("branch");
  git(origin, "switch", "-q", "main");
  commit("2");
});

function clone(name: string, ...args: readonly string[]): string {
  const target = join(folder, name);
  git(folder, "clone", "-q", "--no-local", ...args, `file://${origin}`, target);
  return join(target, "f.lock.json");
}

test("a request is judged against what it and the other branch have in common, not against what came there since", () => {
  const file = clone("whole", "--branch", "request");
  expect(committedLock(file, "origin/main")).toMatchObject({ lock: { meridian: "1" }, revision: "origin/main" });
  expect(committedLock(file)).toMatchObject({ lock: { meridian: "branch" }, revision: "HEAD" });
});

test("a shallow clone is one clear sentence that says what to fetch", () => {
  const deepen = "This clone is shallow: fetch its history first (git fetch --unshallow; in GitHub Actions fetch-depth: 0)";
  const alone = clone("alone", "--depth", "1", "--branch", "request");
  expect(() => mergeBase(alone, "origin/main")).toThrow(`--against origin/main: there is no such revision. ${deepen}`);
  const both = clone("both", "--depth", "1", "--no-single-branch", "--branch", "request");
  expect(() => mergeBase(both, "origin/main")).toThrow(`--against origin/main: it has no commit in common with HEAD. ${deepen}`);
  // HEAD itself is there, so that without --against nothing is missed
  expect(committedLock(both)).toMatchObject({ lock: { meridian: "branch" } });
});

test("a revision that isn't there, and a folder without git, are said in one sentence too", () => {
  const file = clone("more", "--branch", "request");
  expect(() => mergeBase(file, "v9")).toThrow(
    "--against v9: there is no such revision. Name a commit, a tag or a branch, such as origin/main",
  );
  expect(() => mergeBase(join(folder, "f.lock.json"), "main")).toThrow(
    /^--against main: .* is in no git repository, or git is not installed$/,
  );
  expect(committedLock(join(folder, "f.lock.json"))).toBeUndefined();
});

test("what git has and can't read is said, and isn't taken for a lock that was never committed", () => {
  const file = clone("broken", "--branch", "request");
  const cwd = join(folder, "broken");
  const blob = git(cwd, "rev-parse", "HEAD:f.lock.json");
  const packs = join(cwd, ".git/objects/pack");
  for (const pack of readdirSync(packs).filter((name) => name.endsWith(".pack"))) {
    const bytes = execFileSync("cat", [join(packs, pack)]);
    for (const each of readdirSync(packs)) rmSync(join(packs, each), { force: true });
    execFileSync("git", ["unpack-objects", "-q"], { cwd, input: bytes });
  }
  rmSync(join(cwd, ".git/objects", blob.slice(0, 2), blob.slice(2)), { force: true });
  expect(() => committedLock(file)).toThrow(
    /f\.lock\.json: git has it in HEAD and can't read it there, so nothing can be compared/,
  );
});

test("a repository that another user owns is said, with git's own way to allow it", () => {
  const file = clone("foreign", "--branch", "request");
  process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = "1";
  try {
    expect(() => committedLock(file)).toThrow(/another user owns.*safe\.directory \S*foreign/);
  } finally {
    delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER;
  }
});
