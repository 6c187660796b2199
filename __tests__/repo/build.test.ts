import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "build-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the program says, built by the project's build where that is due. */
function run(): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "scripts/run.mjs"), "main"], { encoding: "utf8" });
  return stdout + stderr;
}

/** Writes a source as if that had been a minute ago, as an editor's file is older than the next build. */
function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
  const time = Date.now() / 1000 - 60;
  utimesSync(join(folder, path), time, time);
}

test("a program is built again when a file that it is made from changed, wherever that is, and only then", () => {
  cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  write("package-lock.json", "{}");
  mkdirSync(join(folder, "extra"));
  write("extra/word.ts", 'export const word: string = "one";');
  write("extra/unused.ts", "");
  write("main.ts", 'import { word } from "./extra/word";\nconsole.log(word);');
  expect(run()).toBe("one\n");
  const built = () => statSync(join(folder, "dist/main.bundle.js")).mtimeMs;
  const first = built();
  write("extra/unused.ts", "export {};");
  expect(run()).toBe("one\n");
  expect(built()).toBe(first);
  write("extra/word.ts", 'export const word: string = "two, changed";');
  expect(run()).toBe("two, changed\n");
  rmSync(join(folder, "extra/word.ts"));
  expect(run()).toContain('Could not resolve "./extra/word"');
});
