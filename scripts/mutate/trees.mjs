// The copy of the project in which mutants live.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Copies what git knows, over the project's own node_modules.
 * @returns {{ folder: string, remove: () => void }}
 */
export function copyProject(root) {
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  // some tests run a command as somebody else, who has to get here
  chmodSync(folder, 0o755);
  const list = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  for (const path of list.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
