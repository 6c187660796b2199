// Bundles the programs into dist/ when a source has changed since the last time. One bundle for each program, because
// loading a thousand small modules of the bindings takes longer than synthesizing a fleet.
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOMS = [
  "model",
  "routing",
  "changes",
  "constructs",
  "stacks",
  "output",
  "handoff",
  "rehearsal",
  "cli",
  "scripts",
  "bench",
];
export const PROGRAMS = {
  main: "main.ts",
  rehearse: "cli/rehearse.ts",
  handoff: "cli/handoff.ts",
  kubeconfig: "cli/kubeconfig.ts",
  where: "cli/where.ts",
  diff: "cli/diff.ts",
  charts: "cli/charts.ts",
  schema: "scripts/schema.ts",
  "e2e-aws": "cli/e2e-aws.ts",
};

/** Builds those of the programs that are stale; says nothing when none is. */
export async function build(programs = Object.keys(PROGRAMS)) {
  const stamp = sourcesStamp();
  const stampFile = (program) => join(root, "dist", `${program}.sha1`);
  const stale = programs.filter((program) => exists(join(root, PROGRAMS[program])) && readOrEmpty(stampFile(program)) !== stamp);
  if (stale.length === 0) return;
  const esbuild = await import("esbuild");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(stale.map((program) => [`${program}.bundle`, PROGRAMS[program]])),
    outdir: "dist",
    bundle: true,
    alias: { archiver: join(root, "scripts", "no-archiver.cjs") },
    // what Node wraps a module in: scripts/boot.cjs calls it
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
    charset: "ascii",
    // a fifth less to read; what users see of an error is its message
    minifyIdentifiers: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "warning",
  });
  for (const program of stale) {
    copyFileSync(join(root, "scripts", "boot.cjs"), join(root, "dist", `${program}.js`));
    writeFileSync(stampFile(program), stamp);
  }
}

/** Changes when a source's path, size or time does, or the lock file. */
function sourcesStamp() {
  const hash = createHash("sha1");
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.(ts|mjs|cjs|json|proto)$/.test(entry.name)) add(path);
    }
  };
  add("main.ts");
  add("package-lock.json");
  for (const room of ROOMS) if (exists(join(root, room))) walk(room);
  return hash.digest("hex");
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function readOrEmpty(path) {
  return exists(path) ? readFileSync(path, "utf8") : "";
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
