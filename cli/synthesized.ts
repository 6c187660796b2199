import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The project's folder, seen from the sources as from the bundle. */
export function projectFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "handoff", "bundle", "stack.sh"))) return folder;
    if (folder === dirname(folder)) throw new Error("handoff/bundle/stack.sh is missing: it belongs beside main.ts");
  }
}

/**
 * Synthesizes by the project's own program, with all that it checks; its warnings go to stderr.
 * @param shown the folder as its words name it, where the output is moved on. @default - out
 * @throws where it refuses, whose words are on stderr then
 */
export function synthesize(file: string, out: string, shown = out): void {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  // the bundle of this project, or what an installed package has
  const programs = [join(projectFolder(), "dist", "main.js"), join(projectFolder(), "dist", "lib", "main.js")];
  const program = programs.find((path) => existsSync(path));
  if (!program) throw new Error("dist/main.js does not exist: run `npm run build` first.");
  const { status, stderr } = spawnSync(process.execPath, [program, file, "--out", out], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  process.stderr.write((stderr ?? "").replaceAll(out, shown));
  if (status !== 0) throw new Error(`${file} was not synthesized; nothing else was written`);
}
