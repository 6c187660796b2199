// node scripts/release.mjs TAG COMMIT HEAD: whether a tag is a release, and what the changelog says of it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Judges a tag.
 * @param {{ tag: string, commit: string, head: string, version: string, changelog: string }} release commit that the tag
 *   names, head of main, version of package.json
 * @returns {{ problems: string[], notes: string }} notes: the version's part of the changelog
 */
export function judgeRelease({ tag, commit, head, version, changelog }) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.split("\n", 1)[0].split(" ", 1)[0] === version);
  const notes = part?.split("\n").slice(1).join("\n").trim() ?? "";
  const unreleased = parts.find((text) => text.startsWith("Unreleased"));
  const problems = [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, and package.json says ${version}: the tag has to be v${version}`]),
    ...(commit === head ? [] : [`the tag is at ${commit}, and the head of main at ${head}: tag the head`]),
    ...(notes === "" ? [`CHANGELOG.md has nothing under "## ${version}": move what was unreleased there`] : []),
    ...(unreleased?.includes("\n- ")
      ? [`CHANGELOG.md still has lines under "## Unreleased": they belong under "## ${version}"`]
      : []),
  ];
  return { problems, notes };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const [tag = "", commit = "", head = ""] = process.argv.slice(2);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { problems, notes } = judgeRelease({
    tag,
    commit,
    head,
    version,
    changelog: readFileSync(join(root, "CHANGELOG.md"), "utf8"),
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(notes);
}
