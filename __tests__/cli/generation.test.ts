import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "generation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, "scripts/run.mjs"), program, "f.yaml", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "", MERIDIAN_LOCK: "" },
  });
const git = (...args: readonly string[]) =>
  spawnSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], { cwd: folder, encoding: "utf8" });
const commit = () => git("commit", "-qam", "step");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

const FILE = `fleet: f
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
clusters:
  one: # ours
    cloud: google
    region: us-east1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    google: { projectId: acme-platform, admins: ["group:a@example.com"], runner: "user:ci@example.com" }
names:
  app: { policy: latency } # everybody
`;

test("a walk from one generation to the next: each step edits the file, says what changes, and what to do before the next", () => {
  writeFileSync(join(folder, "f.yaml"), FILE);
  git("init", "-q");
  expect(run("main").status).toBe(0);
  git("add", "f.yaml", "f.lock.json");
  commit();

  const added = run("generation", "add", "two", "--from", "one");
  expect(added.stderr).not.toMatch(/refused/);
  expect(added.stdout).toMatch(
    /^clusters\.two: a copy of one\nclusters\.two\.network\.cidr: 10\.2\.0\.0\/16\nnames\.app\.members: one,/,
  );
  expect(added.stdout).toContain("f-two-cluster: the stack is created; ");
  expect(added.stdout).not.toContain("f-route53:");
  expect(added.stdout).toMatch(/\nThen: npm run generation -- f\.yaml shift two 10\n$/);
  expect(read("f.yaml")).toContain("  app: { policy: latency, members: [one] } # everybody\n");
  commit();

  expect(run("generation", "shift", "two", "10").stdout).toContain(
    "names.app: one and two share its place, one with all of it\n",
  );
  commit();
  const shifted = run("generation", "shift", "two", "100");
  expect(shifted.stdout).toContain("  app.k8s.example.com: one → two for ");
  expect(shifted.stdout).toMatch(/\nThen: npm run generation -- f\.yaml retire one\n$/);
  commit();

  const early = run("generation", "drop", "one");
  expect(early.stderr).toMatch(/^'one' is not retired in the committed lock file/);
  expect(run("generation", "retire", "one").status).toBe(0);
  commit();
  const before = read("f.yaml");
  const standing = run("generation", "drop", "one");
  expect(standing.status).toBe(1);
  expect(standing.stderr).toMatch(
    /npm run teardown -- f\.yaml --cluster one .*\n {2}terraform -chdir=cdktf\.out\/stacks\/f-one-cluster state list\n/,
  );
  // by hand it is no other: synth asks for the same
  writeFileSync(join(folder, "f.yaml"), before.replace(/ {2}one: # ours\n( {4}.*\n)+/, ""));
  expect(run("main").stderr).toContain("[cluster-not-destroyed]");
  writeFileSync(join(folder, "f.yaml"), before);

  // states that hold nothing say it too
  mkdirSync(join(folder, "state"));
  for (const stack of ["f-one-cluster", "f-one-priming"])
    writeFileSync(join(folder, "state", `${stack}.tfstate`), '{"resources":[]}');
  const dropped = run("generation", "drop", "one");
  expect(dropped.stderr).not.toMatch(/refused/);
  expect(dropped.status).toBe(0);
  expect(read("f.yaml")).not.toContain("  one:");
  expect(read("f.yaml")).toContain("destroyedStacks: [f-one-cluster, f-one-priming]\n");
  commit();
  expect(run("main").stderr).toContain("'f-one-cluster' is past: take it out");
}, 60_000);

test("what is refused leaves the file as it was", () => {
  const text = read("f.yaml");
  for (const args of [
    ["shift", "three", "10"],
    ["add", "two", "--from", "two"],
    ["jump", "two"],
    ["add", "new", "--from", "two", "--cidr", "10.2.0.0/16"],
  ]) {
    const { status, stderr } = run("generation", ...args);
    expect([args, status]).toEqual([args, 1]);
    expect(stderr).not.toBe("");
  }
  expect(read("f.yaml")).toBe(text);
}, 60_000);
