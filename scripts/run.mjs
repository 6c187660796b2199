// node scripts/run.mjs <program> [arguments]: builds the programs if a source has changed, then runs one in this process.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, PROGRAMS } from "./build.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Meridian needs Node 20.9 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
const [program, ...args] = process.argv.slice(2);
if (!Object.hasOwn(PROGRAMS, program ?? "")) {
  console.error(`which program? one of: ${Object.keys(PROGRAMS).join(", ")}`);
  process.exit(1);
}
// these start with a synth
await build(["rehearse", "handoff", "kubeconfig", "e2e-aws"].includes(program) ? ["main", program] : [program]);
const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");
process.argv = [process.argv[0], join(dist, `${program}.js`), ...args];
createRequire(import.meta.url)(join(dist, `${program}.js`));
