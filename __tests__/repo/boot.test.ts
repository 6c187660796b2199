import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

test("a program that was built anew at the same length isn't run with the compiled code of the last one", () => {
  const folder = mkdtempSync(join(tmpdir(), "boot-"));
  try {
    const [program, bundle] = [join(folder, "p.js"), join(folder, "p.bundle.js")];
    copyFileSync(join(root, "scripts/boot.cjs"), program);
    const built = (word: string, seconds: number) => {
      writeFileSync(bundle, `(function () { (function say() { process.stdout.write("${word}"); })(); })`);
      utimesSync(bundle, seconds, seconds);
    };
    const run = () => execFileSync(process.execPath, [program], { encoding: "utf8" });
    const now = Date.now() / 1000;
    built("one", now - 60);
    expect([run(), run()]).toEqual(["one", "one"]);
    built("two", now + 60);
    expect([run(), run()]).toEqual(["two", "two"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
