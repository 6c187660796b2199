import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "killed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const FILES = ["f.yaml", "f.lock.json", "cdktf.out/stacks/f-one-cluster/cdk.tf.json"];
const state = () => FILES.map((name) => readFileSync(join(folder, name), "utf8"));

/** Dies when the n-th file is put in place. */
const KILLER = join(folder, "killer.cjs");
writeFileSync(
  KILLER,
  `const fs = require("node:fs");
const rename = fs.renameSync;
let left = Number(process.env.KILL_AT || 0);
fs.renameSync = (from, to) => {
  if (/(f\\.yaml|f\\.lock\\.json|cdk\\.tf\\.json)$/.test(to) && --left === 0) process.kill(process.pid, "SIGKILL");
  return rename(from, to);
};
`,
);

const run = (program: string, args: readonly string[], killAt = 0) =>
  spawnSync(process.execPath, ["--require", KILLER, join(root, "scripts/run.mjs"), program, "f.yaml", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "", MERIDIAN_LOCK: "", KILL_AT: String(killAt) },
  });

function begin(): void {
  rmSync(join(folder, "cdktf.out"), { recursive: true, force: true });
  rmSync(join(folder, "f.lock.json"), { force: true });
  const cluster = (net: number) => `
    cloud: azure
    region: uksouth
    kubernetes: "1.35"
    network: { cidr: 10.${net}.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    azure: { subscriptionId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002, admins: [00000000-0000-0000-0000-000000000003], runner: 00000000-0000-0000-0000-000000000004 }
`;
  writeFileSync(
    join(folder, "f.yaml"),
    `fleet: f\ndns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }\nwaves: { canary: [one] }\nnames: { app: { policy: simple, members: [one] } }\nclusters:\n  one:${cluster(1)}`,
  );
  expect(run("main", []).status).toBe(0);
}

test.each([
  ["a wave", "upgrade", ["--wave"]],
  ["a generation's step", "generation", ["add", "two", "--from", "one"]],
])("%s that is killed while it writes was never begun, and the same command is the retry", (_, program, args) => {
  begin();
  const before = state();
  expect(run(program, args, 2).signal).toBe("SIGKILL");
  // what a synth finds it puts back first
  expect(run("main", []).status).toBe(0);
  expect(state()).toEqual(before);
  expect(run(program, args, 2).signal).toBe("SIGKILL");
  const { status, stderr } = run(program, args);
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("refused")]);
  expect(state()[0]).not.toBe(before[0]);
});
