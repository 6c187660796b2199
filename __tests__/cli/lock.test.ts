import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "committed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOCK = join(folder, "f.lock.json");

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const author = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b.c", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b.c" };
  return spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "", MERIDIAN_LOCK: "", ...author, ...env },
  });
}
const git = (...args: string[]) => run("git", args);
const synth = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, [join(root, "scripts/run.mjs"), "main", "f.yaml", ...args], env);

/** A fleet of one GKE cluster; `settings` are further fields of it. */
function write(settings: string): void {
  writeFileSync(
    join(folder, "f.yaml"),
    `fleet: f
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
clusters:
  aks:
    cloud: azure
    region: uksouth
    network: { cidr: 10.2.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    azure: { subscriptionId: 00000000-0000-0000-0000-000000000001, tenantId: 00000000-0000-0000-0000-000000000002, admins: [00000000-0000-0000-0000-000000000003], runner: 00000000-0000-0000-0000-000000000004 }
    ${settings}
`,
  );
}
const kubernetes = (version: string) => write(`kubernetes: "${version}"`);
function commit(): void {
  git("add", "f.yaml", "f.lock.json");
  expect(git("commit", "-q", "-m", "x").status).toBe(0);
}

test("before is what is committed: two synths of one step each are judged as one of two, however often one synthesizes", () => {
  git("init", "-q", "-b", "main");
  kubernetes("1.34");
  expect(synth().status).toBe(0);
  commit();
  kubernetes("1.35");
  expect(synth().status).toBe(0);
  kubernetes("1.36");
  const written = readFileSync(LOCK, "utf8");
  for (const _ of [1, 2]) {
    const { status, stderr } = synth();
    expect(stderr).toMatch(/^f\.yaml:10:17 clusters\.aks\.kubernetes: from 1\.34 to 1\.36 are 2 minor versions/m);
    // to be typed as it stands
    expect(stderr).toContain("(npm run upgrade -- f.yaml --to 1.36 prints the chain)");
    expect(stderr).toMatch(/acceptChanges: \["clusters\.aks\.kubernetes: 1\.34 → 1\.36"\] \[kubernetes-skipped\]/);
    expect(status).toBe(1);
  }
  expect(readFileSync(LOCK, "utf8")).toBe(written);
});

test("a lock that was edited in the same branch is still judged by the committed one", () => {
  writeFileSync(LOCK, readFileSync(LOCK, "utf8").replaceAll('"1.35"', '"1.36"'));
  const { status, stderr } = synth();
  expect(stderr).toContain("[kubernetes-skipped]");
  expect(status).toBe(1);
});

test("an accepted change is made, and once it is committed a note says to take the acceptance out", () => {
  const text = readFileSync(join(folder, "f.yaml"), "utf8");
  writeFileSync(join(folder, "f.yaml"), `${text}acceptChanges: ["clusters.aks.kubernetes: 1.34 → 1.36"]\n`);
  const accepted = synth();
  expect(accepted.stderr).toMatch(/^note: clusters\.aks\.kubernetes: accepted by acceptChanges: /m);
  expect(accepted.status).toBe(0);
  commit();
  expect(synth().stderr).toMatch(/^note: acceptChanges\[0\]: .* is past, or not what this change does: take it out/m);
  writeFileSync(join(folder, "f.yaml"), text);
  expect(synth().stderr).toBe("");
  commit();
});

test("a request is judged against what its branch and the other have in common", () => {
  git("switch", "-q", "-c", "request");
  write('kubernetes: "1.36"\n    region: ukwest'.replace("region", "retired: false\n    # region"));
  expect(synth().status).toBe(0);
  commit();
  git("switch", "-q", "main");
  write('kubernetes: "1.36"\n    tags: { a: b }');
  expect(synth().status).toBe(0);
  commit();
  git("switch", "-q", "request");
  kubernetes("1.35");
  expect(synth(["--against", "main"]).stderr).toContain("[kubernetes-lowered]");
  kubernetes("1.36");
  expect(synth(["--against", "main"]).stderr).toBe("");
  const unknown = synth(["--against", "nowhere"]);
  expect(unknown.stderr).toBe(
    "--against nowhere: there is no such revision. Name a commit, a tag or a branch, such as origin/main\n",
  );
  expect(unknown.status).toBe(1);
});

test("a pipeline's lock must be there as it would be written, and nothing is written", () => {
  kubernetes("1.36");
  expect(synth().status).toBe(0);
  expect(synth([], { CI: "true" }).status).toBe(0);
  const before = readFileSync(LOCK, "utf8");
  write('kubernetes: "1.36"\n    tags: { x: y }');
  const { status, stderr } = synth([], { CI: "true" });
  expect(stderr).toMatch(
    /^f\.lock\.json: doesn't fit f\.yaml as it is, .* Run npm run synth -- f\.yaml and commit the lock file:\n {2}stacks\.f-aks-cluster\.digest: /,
  );
  expect(status).toBe(1);
  expect(readFileSync(LOCK, "utf8")).toBe(before);
  expect(synth(["--out", "elsewhere"]).status).toBe(0);
  expect(readFileSync(LOCK, "utf8")).toBe(before);
  kubernetes("1.36");
});

test("without a lock a pipeline says so and writes none, unless it was asked to hold to one", () => {
  rmSync(LOCK);
  git("rm", "-q", "--cached", "f.lock.json");
  git("commit", "-q", "-m", "x");
  rmSync(join(folder, "cdktf.out"), { recursive: true });
  const { status, stderr } = synth([], { CI: "true" });
  expect(stderr).toMatch(
    /^note: f\.yaml has no lock file; nothing was compared, and versions are today's newest\. None is written now; /,
  );
  expect(status).toBe(0);
  expect(existsSync(LOCK)).toBe(false);
  const frozen = synth(["--frozen"]);
  expect(frozen.stderr).toMatch(/^f\.lock\.json: there is no lock file to hold to\. .*\n$/);
  expect(frozen.status).toBe(1);
});

test("a fleet file that was renamed without its lock is told which one is left behind", () => {
  write("");
  expect(synth([], { MERIDIAN_LOCK: "write" }).status).toBe(0);
  renameSync(LOCK, join(folder, "old.lock.json"));
  const said = () => synth([], { CI: "true" }).stderr;
  expect(said()).toMatch(
    /^note: f\.yaml has no lock file; .* old\.lock\.json is of this fleet, and its fleet file is gone: .* \(git mv -f old\.lock\.json f\.lock\.json\)$/m,
  );
  writeFileSync(join(folder, "old.yaml"), "");
  expect(said()).not.toContain("old.lock.json");
  for (const name of ["old.yaml", "old.lock.json"]) rmSync(join(folder, name));
  rmSync(join(folder, "cdktf.out"), { recursive: true });
});

test("a revision that has no lock file is said to have none, and nothing of the one that is here", () => {
  git("checkout", "-q", "-b", "first");
  kubernetes("1.36");
  expect(synth().status).toBe(0);
  commit();
  const { status, stderr } = synth(["--against", "HEAD~1"], { CI: "true" });
  expect(stderr).toMatch(/^note: HEAD~1 has no f\.lock\.json; .*, and versions are those of the lock file that is here$/m);
  expect(status).toBe(0);
  rmSync(LOCK);
  git("rm", "-q", "--cached", "f.lock.json");
  git("commit", "-q", "-m", "x");
});

test("a version that the file leaves open stays as it is in the lock, and in an output of before locks", () => {
  kubernetes("1.35");
  expect(synth([], { MERIDIAN_LOCK: "off" }).status).toBe(0);
  write("");
  const adopted = synth();
  expect(adopted.stderr).toMatch(
    /^note: f\.yaml has no lock file; it was compared with the last output in cdktf\.out, and kept its versions\. /,
  );
  expect(readFileSync(LOCK, "utf8")).toContain('"kubernetes": "1.35"');
  rmSync(join(folder, "cdktf.out"), { recursive: true });
  expect(synth().status).toBe(0);
  expect(readFileSync(join(folder, "cdktf.out/stacks/f-aks-cluster/cdk.tf.json"), "utf8")).toContain(
    '"kubernetes_version": "1.35"',
  );
});
