import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Token } from "cdktf";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "program-"));
const out = join(folder, "out");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a user does: npm run synth, without npm, with a lock file that is named since the folder isn't the usual one. */
function synth(fleet: string, ...args: string[]) {
  return spawnSync(
    process.execPath,
    [join(root, "scripts/run.mjs"), "main", fleet, "--out", out, "--lock", "fleet.lock.json", ...args],
    { cwd: folder, encoding: "utf8", env: { ...process.env, CI: "", MERIDIAN_LOCK: "" } },
  );
}

const FIRST_LOCK =
  /^note: fleet\.yaml has no lock file; nothing was compared, .* Commit \S+, which is written now\nnote: versions of EKS's add-ons .*\n$/;

function write(text: string): string {
  writeFileSync(join(folder, "fleet.yaml"), text);
  return "fleet.yaml";
}

/** Every file below a folder with its bytes and the time at which it was written. */
function snapshot(where: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(where, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, `${statSync(path).mtimeMs} ${readFileSync(path, "utf8")}`]),
  );
}

const cluster = (name: string, octet: number, more = "") => `
  ${name}:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.${octet}.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
    ${more}`;
const fleet = (...clusters: string[]) => `
fleet: program
dns: { zone: k8s.example.com }
clusters:${clusters.join("")}
`;

test("a fleet file becomes a folder for each stack, and the order is printed", () => {
  const { status, stdout, stderr } = synth(write(fleet(cluster("one", 1), cluster("two", 2))));
  expect(stderr).toMatch(FIRST_LOCK);
  expect(status).toBe(0);
  expect(stdout).toMatch(/1 {2}program-global .*\n {2}2 {2}program-one-cluster .*\n {2}2 {2}program-two-cluster/);
  expect(readdirSync(join(out, "stacks")).sort()).toEqual([
    "program-global",
    "program-one-cluster",
    "program-one-priming",
    "program-two-cluster",
    "program-two-priming",
  ]);
});

test("the same file again writes nothing again and compiles nothing", () => {
  const dist = join(root, "dist");
  const before = snapshot(out);
  const bundle = statSync(join(dist, "main.bundle.js")).mtimeMs;
  const again = synth("fleet.yaml");
  expect([again.status, again.stderr]).toEqual([0, ""]);
  expect(snapshot(out)).toEqual(before);
  expect(statSync(join(dist, "main.bundle.js")).mtimeMs).toBe(bundle);
});

test("a wrong file is refused with every mistake at its place, exit code 1, and the last output untouched", () => {
  const before = snapshot(out);
  const wrong = fleet(cluster("one", 1, "retird: true"), cluster("two", 1).replace("eu-west-1", "eu-wst-1"));
  const { status, stdout, stderr } = synth(write(wrong));
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.split("\n").filter(Boolean)).toEqual([
    expect.stringMatching(/^fleet\.yaml:11:5 clusters\.one\.retird: .*did you mean 'retired'\?/),
    expect.stringMatching(/^fleet\.yaml:14:13 clusters\.two\.region: 'eu-wst-1' is no AWS region; did you mean 'eu-west-1'\?/),
    expect.stringMatching(/^fleet\.yaml:15:22 clusters\.two\.network\.cidr: .*10\.1\.0\.0\/16.*/),
  ]);
  expect(snapshot(out)).toEqual(before);
});

test("overrides of resources that aren't there are all said, each at its place", () => {
  const { status, stderr } = synth(
    write(
      fleet(
        cluster("one", 1, "overrides: { aws_vpc.nope: { a: 1 }, aws_nope.x: { a: 1 } }"),
        cluster("two", 2, "overrides: { aws_vpc.nope: { a: 1 } }"),
      ),
    ),
  );
  expect(status).toBe(1);
  expect(stderr.split("\n").filter(Boolean)).toEqual([
    expect.stringMatching(
      /^fleet\.yaml:11:18 clusters\.one\.overrides\["aws_vpc\.nope"\]: stack program-one-cluster has no resource 'aws_vpc\.nope'; did you mean 'aws_vpc\./,
    ),
    expect.stringMatching(
      /^fleet\.yaml:11:42 clusters\.one\.overrides\["aws_nope\.x"\]: stack program-one-cluster has no resource/,
    ),
    expect.stringMatching(/^fleet\.yaml:18:18 clusters\.two\.overrides/),
  ]);
});

test("a cluster that leaves the file without having been retired is refused, and nothing is written", () => {
  const before = snapshot(out);
  const { status, stderr } = synth(write(fleet(cluster("one", 1))));
  expect(status).toBe(1);
  expect(stderr).toContain("stack program-two-cluster was made before and its cluster 'two' is no longer in the fleet file");
  expect(stderr).toContain("retired: true");
  expect(snapshot(out)).toEqual(before);
});

test("another fleet's synth into the same folder doesn't make it forget", () => {
  const other = fleet(cluster("one", 1)).replace("fleet: program", "fleet: other");
  expect(synth(write(other), "--lock", "other.lock.json").status).toBe(0);
  const { status, stderr } = synth(write(fleet(cluster("one", 1))));
  expect(status).toBe(1);
  expect(stderr).toContain("stack program-two-cluster was made before");
});

test("a retired cluster keeps its stacks, and may then leave; what Terraform put beside them stays", () => {
  expect(synth(write(fleet(cluster("one", 1), cluster("two", 2, "retired: true")))).status).toBe(0);
  const stack = join(out, "stacks/program-two-cluster");
  expect(readdirSync(stack)).toEqual(["cdk.tf.json"]); // the stack of a cluster has no assets
  mkdirSync(join(stack, ".terraform"));
  writeFileSync(join(stack, ".terraform.lock.hcl"), "");
  const destroyed = "destroyedStacks: [program-two-cluster, program-two-priming]\n";
  expect(synth(write(fleet(cluster("one", 1)))).stderr).toContain("nothing says that the stacks of 'two' are destroyed");
  expect(synth(write(fleet(cluster("one", 1)) + destroyed)).status).toBe(0);
  expect(readdirSync(stack).sort()).toEqual([".terraform", ".terraform.lock.hcl"]);
});

test("what is protected can't be lost by another cloud under the same name, nor with the lock file gone", () => {
  const out = join(folder, "cloud");
  const into = ["--out", out, "--lock", "cloud.lock.json"];
  const file = fleet(cluster("one", 1), cluster("two", 2));
  expect(synth(write(file), ...into).status).toBe(0);
  const existing =
    "\n  two: { cloud: existing, region: eu-west-1, existing: { endpoint: https://k, exec: { command: x }, ingress: { ips: [198.51.100.4] } } }\n";
  const moved = /fleet\.yaml:\d+:\d+ clusters\.two\.cloud: was 'aws' and is 'existing' now.*\n$/;
  const changed = synth(write(fleet(cluster("one", 1), existing)), ...into);
  expect(changed.stderr).toMatch(moved);
  expect(changed.status).toBe(1);
  rmSync(join(folder, "cloud.lock.json"));
  const compared = /^note: fleet\.yaml has no lock file; it was compared with the last output in /;
  expect(synth("fleet.yaml", ...into).stderr).toMatch(compared);
  expect(synth("fleet.yaml", ...into).stderr).toMatch(moved);
  expect(synth(write(fleet(cluster("one", 1))), ...into).stderr).toContain("stack program-two-cluster was made before");
  expect(existsSync(join(folder, "cloud.lock.json"))).toBe(false);
});

test("another fleet in the same folder is said, since a renamed one is another too", () => {
  const out = join(folder, "renamed");
  const into = (lock: string) => ["--out", out, "--lock", lock];
  expect(synth(write(fleet(cluster("one", 1))), ...into("a.lock.json")).stderr).toMatch(FIRST_LOCK);
  const text = fleet(cluster("one", 1)).replace("fleet: program", "fleet: renamed");
  const refused = synth(write(text), ...into("a.lock.json"));
  expect(refused.stderr).toMatch(
    /^fleet\.yaml:2:8 fleet: is 'renamed', and the lock file a\.lock\.json is of fleet 'program'\. .* \[fleet-renamed\]\n$/,
  );
  expect(refused.status).toBe(1);
  const renamed = synth("fleet.yaml", ...into("b.lock.json"));
  expect(renamed.stderr).toMatch(/warning: .*renamed held the stacks of fleet 'program'; .* A fleet that was renamed is another/);
  expect(renamed.status).toBe(0);
});

test("an output that a merge has broken is one clear sentence", () => {
  const out = join(folder, "broken");
  const into = ["--out", out, "--lock", "broken.lock.json"];
  expect(synth(write(fleet(cluster("one", 1))), ...into).status).toBe(0);
  writeFileSync(join(out, "manifest.json"), "<<<<<<< HEAD\n{");
  const { status, stderr } = synth("fleet.yaml", ...into);
  expect(stderr).toMatch(new RegExp(`^${join(out, "manifest.json")}: is no JSON \\(.*\\)\\. Put its last good version back`));
  expect(status).toBe(1);
});

test("a retired cluster leaves the names and keeps its applications, which take traffic until the names have moved", () => {
  const out = join(folder, "apps");
  const shop =
    'apps: { web: { chart: web, repository: https://charts.example.com, version: 1.0.0, values: { hosts: ["{hosts}"] } } }\nnames: { www: { policy: latency, app: web } }\n';
  const written = () => Object.keys(snapshot(join(out, "stacks"))).map((path) => path.slice(out.length));
  const regions = () => readFileSync(join(out, "stacks/program-route53/cdk.tf.json"), "utf8").match(/ingress\.\w+/g);
  const into = ["--out", out, "--lock", "apps.lock.json"];
  expect(synth(write(fleet(cluster("one", 1), cluster("two", 2)) + shop), ...into).stderr).toMatch(FIRST_LOCK);
  expect(new Set(regions())).toEqual(new Set(["ingress.one", "ingress.two"]));
  const before = written();
  expect(synth(write(fleet(cluster("one", 1), cluster("two", 2, "retired: true")) + shop), ...into).stderr).toBe("");
  expect(written()).toEqual(before);
  expect(new Set(regions())).toEqual(new Set(["ingress.one"]));
  const destroyed = "destroyedStacks: [program-two-apps, program-two-cluster, program-two-priming]\n";
  expect(synth(write(fleet(cluster("one", 1)) + shop), ...into).stderr).toMatch(
    /\[cluster-not-destroyed\]\n {2}terraform -chdir=.*\/program-two-apps state list\n {2}terraform /,
  );
  expect(synth(write(fleet(cluster("one", 1)) + shop + destroyed), ...into).stderr).toBe("");
});

test("shared storage that is switched off is refused until it was unprotected, since its volumes would be lost", () => {
  const shared = write(fleet(cluster("one", 1, "addons: { storage: { shared: true } }")));
  expect(synth(shared).status).toBe(0);
  const before = snapshot(out);
  const without = write(fleet(cluster("one", 1)));
  const { status, stderr } = synth(without);
  expect(status).toBe(1);
  expect(stderr).toMatch(/stack program-one-priming: aws_efs_file_system\.\w+ is protected from deletion/);
  expect(snapshot(out)).toEqual(before);
  expect(
    synth(write(fleet(cluster("one", 1, "addons: { storage: { shared: true } }"))), "--without-deletion-protection").status,
  ).toBe(0);
  expect(synth(write(fleet(cluster("one", 1)))).status).toBe(0);
});

test("a fleet can be synthesized without any deletion protection, to be destroyed", () => {
  expect(synth("fleet.yaml").status).toBe(0);
  const protectedStacks = JSON.stringify(snapshot(join(out, "stacks")));
  expect(synth("fleet.yaml", "--without-deletion-protection").status).toBe(0);
  expect(protectedStacks).toMatch(/prevent_destroy\\?\\?": true/);
  expect(JSON.stringify(snapshot(join(out, "stacks")))).not.toMatch(/prevent_destroy\\?\\?": true/);
});

test("what fails in the middle leaves no folder behind", () => {
  const fresh = join(folder, "fresh");
  const vendored = write(`${fleet(cluster("one", 1))}charts: { source: vendored }\n`);
  const refused = synth(vendored, "--out", fresh);
  expect(refused.stderr).toContain("charts.source: 'vendored'");
  expect(refused.status).toBe(1);
  expect(existsSync(fresh)).toBe(false);
  expect(synth(vendored).status).toBe(1);
  expect(readdirSync(out).sort()).toEqual(["manifest.json", "stacks"]);
});

test("an output folder that is a file or has no name is refused", () => {
  writeFileSync(join(folder, "file"), "");
  const { status, stderr } = synth(write(fleet(cluster("one", 1))), "--out", join(folder, "file"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/^--out .*: is a file; name a folder for the stacks\n$/);
  expect(synth("fleet.yaml", "--out", "").stderr).toBe("--out: name a folder for the stacks\n");
});

test("a file that isn't there is one clear sentence", () => {
  const { status, stderr } = synth("nowhere.yaml");
  expect(status).toBe(1);
  expect(stderr).toBe("nowhere.yaml: there is no such fleet file. Name one, for instance: npm run synth -- fleets/arctiq.yaml\n");
});

test("an output folder that moves with its states is as good as before", () => {
  const moved = join(folder, "moved");
  cpSync(out, moved, { recursive: true });
  for (const text of Object.values(snapshot(moved))) expect(text).not.toContain(folder);
});

test("tokens carry no creation stack, in tests as in the program", () => {
  const token = Token.asAny("x") as unknown as { creationStack?: string[] };
  expect(token.creationStack ?? []).toEqual([]);
});
