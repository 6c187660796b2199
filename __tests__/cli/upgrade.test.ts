import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [join(root, "scripts/run.mjs"), program, "f.yaml", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "", MERIDIAN_LOCK: "", ...env },
  });
const stack = () => readFileSync(join(folder, "cdktf.out/stacks/f-one-cluster/cdk.tf.json"), "utf8");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

function write(cluster: string): void {
  writeFileSync(
    join(folder, "f.yaml"),
    `fleet: f\ndns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }\nclusters:\n  one: # ours\n${cluster}`,
  );
}
const EKS = `    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
`;

test("control plane, pools and back: each a step of its own, in the file where it says so and otherwise in the lock", () => {
  write(`${EKS}    kubernetes: "1.35" # since May\n`);
  expect(run("main", []).status).toBe(0);
  const up = run("upgrade", []);
  expect(up.stderr).toBe("");
  expect(up.stdout).toMatch(/^one: control plane 1\.35 → 1\.36\n {4}EKS supports 1\.36 until /);
  expect(up.stdout).toMatch(
    /Commit f\.yaml and f\.lock\.json, then apply f-one-cluster, .*\nWhen you are content, the pools: npm run upgrade -- f\.yaml --clusters one --pools/,
  );
  expect(read("f.yaml")).toContain("  one: # ours\n");
  expect(read("f.yaml")).toContain('kubernetes: "1.36" # since May');
  expect([...stack().matchAll(/"version": "(1\.\d+)"/g)].map(([, version]) => version).sort()).toEqual(["1.35", "1.36"]);
  expect(run("upgrade", ["--pools"]).stdout).toMatch(/^one: pool main 1\.35 → 1\.36/);
  expect([...stack().matchAll(/"version": "(1\.\d+)"/g)].map(([, version]) => version)).toEqual(["1.36", "1.36"]);
  const back = run("upgrade", ["--back"]);
  expect(back.stdout).toMatch(
    /^one: pool main 1\.36 → 1\.35\n.*\n\nCommit .*\nThen EKS's control planes, in an apply of their own: .* --back/,
  );
  expect(run("upgrade", ["--back"]).stdout).toMatch(/^one: control plane 1\.36 → 1\.35/);
  expect(read("f.yaml")).toContain('kubernetes: "1.35" # since May');
});

test("what is refused leaves the file and the lock as they were", () => {
  const [file, lock] = [read("f.yaml"), read("f.lock.json")];
  const { status, stderr } = run("upgrade", ["--clusters", "on"]);
  expect(stderr).toBe("--clusters: no cluster is called 'on'; did you mean 'one'?\n");
  expect(status).toBe(1);
  expect([read("f.yaml"), read("f.lock.json")]).toEqual([file, lock]);
});

test("what EKS installs is asked of AWS, or given; without both the commands are printed", () => {
  const nothing = join(folder, "empty");
  mkdirSync(nothing);
  const without = run("upgrade", ["--only", "images"], { PATH: nothing });
  expect(without.stderr).toMatch(
    /^AWS can't be asked from here .*--set key=version:\n {2}one, main: aws ssm get-parameter --region eu-west-1 /,
  );
  expect(without.status).toBe(1);
  const given = run("upgrade", ["--only", "images", "--set", "main=1.35.4-20261112"]);
  expect(given.stdout).toMatch(/^one: image of pool main AWS's choice → 1\.35\.4-20261112/);
  expect(stack()).toContain('"release_version": "1.35.4-20261112"');
  const fake = join(nothing, "aws");
  writeFileSync(fake, "#!/bin/sh\necho v1.2.3-eksbuild.4\n");
  chmodSync(fake, 0o755);
  const asked = run("upgrade", ["--only", "addons"], { PATH: `${nothing}:${process.env.PATH}` });
  expect(asked.stdout).toMatch(/one: add-on coredns AWS's choice → v1\.2\.3-eksbuild\.4/);
  expect(stack()).not.toContain("aws_eks_addon_version");
  expect(run("main", []).status).toBe(0);
  expect(stack()).toContain('"addon_version": "v1.2.3-eksbuild.4"');
});

test("the steps to a version further away are printed, and nothing changes", () => {
  const lock = read("f.lock.json");
  expect(run("upgrade", ["--to", "1.37"]).stdout.split("\n")).toHaveLength(5);
  expect(read("f.lock.json")).toBe(lock);
});

test("waves: the next one moves, the others stay, and without waves it is said", () => {
  expect(run("upgrade", ["--wave"]).stderr).toBe(
    "--wave: f.yaml names no waves. Write them in their order: waves: { canary: [a], rest: [b, c] }\n",
  );
  rmSync(join(folder, "f.lock.json"));
  rmSync(join(folder, "cdktf.out"), { recursive: true });
  write(
    `${EKS}    kubernetes: "1.35"\n  two:\n${EKS.replace("10.1.", "10.2.")}    kubernetes: "1.35"\nwaves: { canary: [two], rest: [one] }\n`,
  );
  expect(run("main", []).status).toBe(0);
  const first = run("upgrade", ["--wave"]);
  expect(first.stderr).toBe("");
  expect(first.stdout).toMatch(/^Wave canary\ntwo: control plane 1\.35 → 1\.36\n/);
  expect(first.stdout).not.toContain("one:");
  expect(run("upgrade", ["--wave"]).stdout).toMatch(/^Wave rest\none: control plane 1\.35 → 1\.36\n/);
  expect(run("upgrade", ["--wave", "--pools"]).stdout).toMatch(/^Wave canary\ntwo: pool main 1\.35 → 1\.36\n/);
});
