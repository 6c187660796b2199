import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/fleet";

interface Judgement {
  readonly problems: readonly string[];
  readonly notes: string;
}

/** The script is a module of Node's own kind. */
function judge(release: Readonly<Record<string, string>>): Judgement {
  const url = pathToFileURL(join(root, "scripts/release.mjs")).href;
  const code = `import(${JSON.stringify(url)}).then(({ judgeRelease }) => console.log(JSON.stringify(judgeRelease(${JSON.stringify(release)}))))`;
  return JSON.parse(spawnSync(process.execPath, ["-e", code], { encoding: "utf8" }).stdout) as Judgement;
}

const CHANGELOG =
  "# Changelog\n\nWords.\n\n## Unreleased\n\n## 1.2.0 (2026-11)\n\n- It does more.\n\n## 1.1.0\n\n- It did less.\n";
const good = { tag: "v1.2.0", commit: "a1", head: "a1", version: "1.2.0", changelog: CHANGELOG };

test("a tag of the version at the head of main is a release, with its part of the changelog", () => {
  expect(judge(good)).toEqual({ problems: [], notes: "- It does more." });
});

test("another tag, another commit, and a changelog that doesn't say it are refused, each with what to do", () => {
  const { problems } = judge({ ...good, tag: "v1.3.0", head: "b2", version: "1.2.1" });
  expect(problems).toEqual([
    "the tag is v1.3.0, and package.json says 1.2.1: the tag has to be v1.2.1",
    "the tag is at a1, and the head of main at b2: tag the head",
    'CHANGELOG.md has nothing under "## 1.2.1": move what was unreleased there',
  ]);
  const open = CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- It will do more.\n");
  expect(judge({ ...good, changelog: open }).problems).toEqual([
    'CHANGELOG.md still has lines under "## Unreleased": they belong under "## 1.2.0"',
  ]);
});

test("the changelog of today is no release of its version", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const run = spawnSync(process.execPath, [join(root, "scripts/release.mjs"), "v0.0.1", "a", "b"], { encoding: "utf8" });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain(`the tag has to be v${version}`);
});
