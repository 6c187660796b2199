import { chmodSync, cpSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What Terraform keeps beside the JSON: of the folder that is copied, never of its copy. */
const TERRAFORMS_OWN = /[\\/](\.terraform|terraform\.tfstate[^\\/]*|[^\\/]*\.tfplan)$/;

/**
 * Copies a synthesized folder over what is there. The copy can be written to, whatever the modes of the folder are: it may
 * come from a store of artifacts, or from a checkout that is read-only.
 * @throws one clear sentence where it can't be read, or there is no room
 */
export function copyFolder(from: string, to: string): void {
  try {
    cpSync(from, to, { recursive: true, filter: (source) => !TERRAFORMS_OWN.test(source) });
    makeWritable(to);
  } catch (error) {
    const { code = "", path } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new Error(
        `${to}: there is no space left for a copy of ${from} (${code}): make room, or name another place by TMPDIR`,
      );
    if (code !== "EACCES" && code !== "EPERM") throw error;
    throw new Error(`${from}: can't be copied, as this user may not read all of it (${path ?? code}): give the right to read it`);
  }
}

function makeWritable(folder: string): void {
  chmodSync(folder, statSync(folder).mode | 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o200);
  }
}
