// Compiles what another project may import into dist/lib: one CommonJS file for each source, so that no binding is loaded
// but those of the entry that was asked for, and every entry shares what it has in common with the others. npm runs it
// before it packs.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lib = join(root, "dist", "lib");

rmSync(lib, { recursive: true, force: true });
const tsc = join(root, "node_modules", ".bin", "tsc");
const { status } = spawnSync(tsc, ["-p", join(root, "tsconfig.package.json")], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
// the compiler copied the project's own, which would make dist/lib look like the project's folder
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
writeFileSync(join(lib, "package.json"), `${JSON.stringify({ version, type: "commonjs" })}\n`);
chmodSync(join(lib, "cli", "meridian.js"), 0o755);
