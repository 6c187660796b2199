// npm run bench: whole processes, as ratios within one run, because machines differ and the same one is not always as
// fast. With `--template` also the way of CDKTF's default template (ts-node with type check, imports by index), which
// needs `npm ci --prefix bench/template` first.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.mjs";
import { fleetOf } from "./fleet-of.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RUNS = 5;
const peak = join(root, "bench", "peak.cjs");

/** Median wall time in seconds and peak memory in MB of a command. */
function measure(args, runs = RUNS) {
  const walls = [];
  let megabytes = 0;
  for (let run = 0; run < runs; run++) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ["--require", peak, ...args], { cwd: root, encoding: "utf8" });
    walls.push(Number(process.hrtime.bigint() - start) / 1e9);
    if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
    megabytes = Math.max(megabytes, Number(stderr.match(/peak (\d+)/)?.[1] ?? 0) / 1024);
  }
  return { seconds: walls.sort((a, b) => a - b)[Math.floor(runs / 2)], megabytes: Math.round(megabytes) };
}

await build();
const scratch = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const node = measure(["-e", "0"]);
  console.log("seconds (median)   times node -e 0 (goal)   peak MB (goal)");
  const row = (what, { seconds, megabytes }, goal = {}) => {
    const times = seconds / node.seconds;
    const missed = times > goal.times || megabytes > goal.megabytes;
    const cells = [
      seconds.toFixed(2).padStart(16),
      `${times.toFixed(1)}${goal.times ? ` (${goal.times})` : ""}`.padStart(22),
      `${megabytes}${goal.megabytes ? ` (${goal.megabytes})` : ""}`.padStart(14),
    ];
    console.log(`${cells.join("   ")}   ${what}${missed ? ": goal missed" : ""}`);
  };
  const synth = (file, out) => ["dist/main.js", file, "--out", join(scratch, out)];
  row("node -e 0", node);
  row("arctiq, built program", measure(synth("fleets/arctiq.yaml", "arctiq")), { times: 4 });
  row(
    "arctiq, npm run synth unchanged (without npm)",
    measure(["scripts/run.mjs", "main", "fleets/arctiq.yaml", "--out", join(scratch, "arctiq")]),
  );
  for (const count of [10, 100, 1000]) {
    const file = join(scratch, `${count}.yaml`);
    writeFileSync(file, fleetOf(count));
    const goal = count === 1000 ? { times: 130, megabytes: 450 } : {};
    row(`${count} clusters into an empty folder`, measure(synth(file, String(count)), 1), goal);
    row(`${count} clusters, unchanged`, measure(synth(file, String(count)), count > 100 ? 1 : 3), goal);
    const tagged = join(scratch, `${count}-tagged.yaml`);
    writeFileSync(tagged, fleetOf(count).replace("defaults:\n", "defaults:\n  tags: { bench: tag }\n"));
    row(
      `${count} clusters, diff of a tag on each with that folder`,
      measure(["dist/diff.js", tagged, "--against", join(scratch, String(count))], 1),
    );
  }
  const template = join(root, "bench", "template");
  if (!process.argv.includes("--template")) console.log("without the default template's way; --template adds it");
  else if (!existsSync(join(template, "node_modules")))
    console.log("the default template's way needs: npm ci --prefix bench/template");
  else
    row(
      "a tenth of arctiq, default template (ts-node, index imports)",
      measure([join(template, "node_modules/ts-node/dist/bin.js"), join(template, "main.ts"), join(scratch, "template")], 1),
    );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
