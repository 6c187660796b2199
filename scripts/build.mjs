// Bundles the programs into dist/ when a source has changed since the last time. One bundle for each program, because
// loading a thousand small modules of the bindings takes longer than synthesizing a fleet.
import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const PROGRAMS = {
  main: "main.ts",
  init: "cli/init.ts",
  validate: "cli/validate.ts",
  expand: "cli/expand.ts",
  rehearse: "cli/rehearse.ts",
  handoff: "cli/handoff.ts",
  report: "cli/report.ts",
  kubeconfig: "cli/kubeconfig.ts",
  recover: "cli/recover.ts",
  where: "cli/where.ts",
  verify: "cli/verify.ts",
  diff: "cli/diff.ts",
  upgrade: "cli/upgrade.ts",
  generation: "cli/generation.ts",
  teardown: "cli/teardown.ts",
  "bootstrap-state": "cli/bootstrap-state.ts",
  charts: "cli/charts.ts",
  schema: "scripts/schema.ts",
  "e2e-aws": "cli/e2e-aws.ts",
};

/** What is read besides a program's own sources; node_modules changes with the lock file. */
const BUILT_WITH = ["package-lock.json", "scripts/build.mjs", "scripts/boot.cjs", "scripts/no-archiver.cjs"];

/** Builds those of the programs that are stale; says nothing when none is. */
export async function build(programs = Object.keys(PROGRAMS)) {
  const stale = programs.filter((program) => exists(join(root, PROGRAMS[program])) && isStale(program));
  if (stale.length === 0) return;
  const began = Date.now();
  const esbuild = await import("esbuild");
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    metafile: true,
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
    const sources = [...BUILT_WITH, ...sourcesOf(PROGRAMS[program], metafile)];
    // one that changed meanwhile may be in the bundle as it was
    const seen = sources.map((path) => [path, timeOf(path) < began ? stampOf(path) : ""]);
    writeFileSync(stampFile(program), JSON.stringify(Object.fromEntries(seen), null, 1));
  }
}

/** The program's sources as of its last build, by path: what esbuild read, so that no list of folders can be incomplete. */
const stampFile = (program) => join(root, "dist", `${program}.sources.json`);

function isStale(program) {
  const file = stampFile(program);
  if (!exists(file) || !exists(join(root, "dist", `${program}.js`))) return true;
  return Object.entries(JSON.parse(readFileSync(file, "utf8"))).some(([path, stamp]) => stampOf(path) !== stamp);
}

/** Paths of the project's own files that a program is made from. */
function sourcesOf(entry, metafile) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || path.includes("node_modules/") || !metafile.inputs[path]) return;
    found.add(path);
    for (const imported of metafile.inputs[path].imports) visit(imported.path);
  };
  visit(entry);
  return [...found].sort();
}

/** Changes when a file's size or time does, or when it is gone. */
function stampOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found ? `${found.size} ${found.mtimeMs}` : "gone";
}

function timeOf(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
