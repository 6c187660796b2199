import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/fleet";

const script = join(root, "scripts/compare.mjs");

/** What the script says of two folders of files. The script is a module of Node's own kind. */
function differences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): unknown {
  const scratch = mkdtempSync(join(tmpdir(), "compare-"));
  try {
    for (const [side, files] of Object.entries({ before, after })) {
      mkdirSync(join(scratch, side));
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(scratch, side, path)), { recursive: true });
        writeFileSync(join(scratch, side, path), text);
      }
    }
    const folders = ["before", "after"].map((side) => JSON.stringify(join(scratch, side)));
    const code = `import(${JSON.stringify(pathToFileURL(script).href)}).then(({ differences }) => console.log(JSON.stringify(differences(${folders.join()}))))`;
    return JSON.parse(spawnSync(process.execPath, ["-e", code], { encoding: "utf8" }).stdout);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

test("outputs are compared byte for byte, and each file that differs is named", () => {
  const output = { "arctiq/manifest.json": "{}", "arctiq/stacks/a/cdk.tf.json": "{ }" };
  expect(differences(output, output)).toEqual([]);
  expect(
    differences({ ...output, "arctiq/old": "" }, { ...output, "arctiq/stacks/a/cdk.tf.json": "{}", "data/new": "" }),
  ).toEqual(["gone     arctiq/old", "changed  arctiq/stacks/a/cdk.tf.json", "new      data/new"]);
});

test("a revision that isn't there is one sentence, and another code than a difference", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "no-such-revision"], { encoding: "utf8" });
  expect([status, stdout, stderr]).toEqual([2, "", "there is no revision 'no-such-revision' here\n"]);
});
