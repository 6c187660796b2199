// npm run bench:routing, or node bench/routing.mjs: what public names add to a synth, as ratios within one run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RUNS = 3;
const CLUSTERS = 12;

/** A fleet of existing clusters on four continents, with this many names: latency of failovers, and geolocation. */
function fleetWith(names) {
  const regions = ["sa-east-1", "eu-central-1", "ap-southeast-2", "us-east-1"];
  const clusters = Array.from({ length: CLUSTERS }, (_, index) => {
    const exec = `exec: { command: "true" }, ingress: { ips: [198.18.${index}.1] }`;
    return `  c${index}: { cloud: existing, region: ${regions[index % 4]}, existing: { endpoint: "https://api.example.com", ${exec} } }`;
  });
  const pairs = [0, 1, 2, 3].map((index) => `{ name: g${index}, policy: failover, members: [c${index}, c${index + 4}] }`);
  const specs = Array.from({ length: names }, (_, index) =>
    index % 2 === 0
      ? `  n${index}: { policy: latency, members: [${pairs.join(", ")}] }`
      : `  n${index}: { policy: geolocation, default: c3, members: [c0, c1, c2, c3] }`,
  );
  const head = 'fleet: bench\ndns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }\nclusters:';
  return [head, ...clusters, names > 0 ? "names:" : "", ...specs, ""].join("\n");
}

function seconds(args) {
  const walls = Array.from({ length: RUNS }, () => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  return walls.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

await build(["main", "where"]);
const scratch = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const measured = [0, 10, 100].map((names) => {
    const file = join(scratch, `${names}.yaml`);
    writeFileSync(file, fleetWith(names));
    const synth = seconds(["dist/main.js", file, "--out", join(scratch, `out-${names}`)]);
    return { names, synth, where: names > 0 ? seconds(["dist/where.js", file, "--from", "BR,DE,JP"]) : undefined };
  });
  const base = measured[0].synth;
  console.log(`${CLUSTERS} existing clusters     synth   to none   where (3 clients)`);
  for (const { names, synth, where } of measured)
    console.log(
      `${String(names).padStart(4)} names              ${synth.toFixed(2)} s   ${(synth / base).toFixed(2)}      ${where === undefined ? "" : `${where.toFixed(2)} s`}`,
    );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
