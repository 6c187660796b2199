import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main, writeBundle } from "../../cli/handoff";
import { filesBelow } from "../../cli/handoff/bundle-folder";
import { root } from "../support/fleet";
import { NO_FACTS, writeStacks } from "./operator";
import { smallFleet } from "./small-fleet";

const folder = mkdtempSync(join(tmpdir(), "a folder "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let bundle = "";
beforeEach(() => {
  bundle = mkdtempSync(join(folder, "b-"));
});

type Stacks = Parameters<typeof writeStacks>[1];
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(bundle, path)), { recursive: true });
  writeFileSync(join(bundle, path), text);
};
const contents = (of: string) => Object.fromEntries(filesBelow(of).map((path) => [path, readFileSync(join(of, path), "utf8")]));
const remote: Stacks = {
  ...smallFleet(),
  "f-global": { config: { terraform: { backend: { s3: { bucket: "b", region: "eu-west-1" } } } } },
};

/** The bundle of stacks written by hand, over the one that is there. */
function received(stacks: Stacks = smallFleet(), extras: Parameters<typeof writeBundle>[3] = {}): void {
  const synthesize = (into: string) => {
    rmSync(into, { recursive: true, force: true });
    writeStacks(dirname(into), stacks);
  };
  writeBundle(bundle, NO_FACTS, "fleets/f.yaml", { ...extras, synthesize });
}

/** How the program ends, and what it says. */
function handoff(...args: readonly string[]): { readonly code: number; readonly said: string } {
  let said = "";
  const heard = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    const code = main(args, (text) => {
      said += text;
    });
    return { code, said };
  } finally {
    heard.mockRestore();
  }
}
const QUICKSTART = join(root, "fleets/quickstart.yaml");

test.each([
  [["--pipelines", "githb"], "--pipelines: there is no 'githb'; did you mean 'github'?"],
  [["--pipelines", " , "], "--pipelines: names none of github, gitlab, azure, bitbucket, jenkins"],
  [["--engines", "atlantis,spacelift"], "--engines: there is no 'spacelift'"],
  [["--nights"], "--nights: is for pipelines; name them with --pipelines"],
  [["--nights", "--engines", "hcp"], "--nights: is for pipelines"],
  [["--mirror", "/nowhere"], "--mirror: checksums are taken from it for the platforms that --platforms names"],
  [["--mirror", "/nowhere", "--platforms", "linux_amd64"], "--mirror /nowhere: there is no such folder"],
  [["--platforms", "linux-amd64"], "--platforms: 'linux-amd64' is no platform; they are named as linux_amd64"],
])("%p is refused before anything is made", (args, said) => {
  const out = join(bundle, "out");
  const refused = handoff(QUICKSTART, "--out", out, ...args);
  expect([refused.code, refused.said]).toEqual([1, expect.stringContaining(said)]);
  expect(existsSync(out)).toBe(false);
});

describe("a folder that is no bundle", () => {
  test.each([
    ["somebody's Makefile", () => put("Makefile", "all:\n"), /is no bundle, and has Makefile, which a bundle would overwrite/],
    ["a project", () => put("bundle.json", '{"fleet":"quickstart"}'), /is no bundle, and has bundle\.json/],
    ["what synth wrote", () => put("manifest.json", '{"stacks":{}}'), /holds what synth wrote; name another folder/],
    ["the bundle of another fleet", () => received(), /is the bundle of fleet 'f', and this one is 'quickstart'/],
  ])("%s is refused, and stays as it is", (_, make, said) => {
    make();
    const before = contents(bundle);
    expect(handoff(QUICKSTART, "--out", bundle)).toEqual({ code: 1, said: expect.stringMatching(said) });
    expect(contents(bundle)).toEqual(before);
  });

  test("a file is refused by its name", () => {
    put("out", "x");
    expect(handoff(QUICKSTART, "--out", join(bundle, "out")).said).toMatch(/--out .*out: is a file; name a folder/);
  });
});

test("a folder that this user can't write is refused in a sentence", () => {
  chmodSync(bundle, 0o555);
  chmodSync(folder, 0o755);
  const isRoot = process.getuid!() === 0;
  // root may write everywhere
  if (isRoot) process.seteuid!(65534);
  try {
    const { code, said } = handoff(QUICKSTART, "--out", join(bundle, "x"));
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/--out .*\/x: can't be written by this user \(EACCES\); name a folder that can/),
    ]);
  } finally {
    if (isRoot) process.seteuid!(0);
    chmodSync(bundle, 0o755);
  }
});

test("a bundle has the same bytes in another folder, its sums hold, its programs run, and what is the same isn't touched", () => {
  received();
  const first = contents(bundle);
  const { mtimeMs } = statSync(join(bundle, "Makefile"));
  received();
  expect(statSync(join(bundle, "Makefile")).mtimeMs).toBe(mtimeMs);
  expect(statSync(join(bundle, "stack.sh")).mode & 0o111).toBe(0o111);
  expect(spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: bundle }).status).toBe(0);
  bundle = mkdtempSync(join(folder, "c-"));
  received();
  expect(contents(bundle)).toEqual(first);
});

test("a new bundle takes along what the last one had alone, and nothing of the operator's", () => {
  received(remote, { pipelines: ["github", "gitlab"], engines: ["terramate"] });
  const edited = "pipelines/gitlab/f-destroy.gitlab-ci.yml";
  put(edited, "# mine\n");
  const own = {
    "state/f-names.tfstate": "{}",
    "applied/f-names": "",
    "terraform.tfvars": 'image_tag = "1"\n',
    "terraform/stacks/f-names/.terraform.lock.hcl": "# sums\n",
    "terraform/stacks/f-names/.terraform/x": "x",
    "terraform/stacks/f-names/own.tf": "# own\n",
    "notes.txt": "x",
  };
  for (const [path, text] of Object.entries(own)) put(path, text);
  const { "f-names": _, ...others } = remote;
  received(others, { pipelines: ["github"] });
  expect(contents(bundle)).toMatchObject(own);
  const there = filesBelow(bundle);
  expect(there).not.toContain("terraform/stacks/f-names/cdk.tf.json");
  expect(there.filter((path) => path.includes("stack.tm.hcl"))).toEqual([]);
  // somebody changed it
  expect(there.filter((path) => path.startsWith("pipelines/gitlab/"))).toEqual([edited]);
  expect(there).toContain("pipelines/github/.github/workflows/f-apply.yml");
  for (const path of Object.keys(own)) expect(readFileSync(join(bundle, "SHA256SUMS"), "utf8")).not.toContain(`  ${path}\n`);
});

test("sums that somebody wrote lead to no file outside of the bundle", () => {
  received();
  const outside = join(folder, "outside");
  writeFileSync(outside, "x");
  const sum = spawnSync("sha256sum", [outside], { encoding: "utf8" }).stdout.slice(0, 64);
  writeFileSync(join(bundle, "SHA256SUMS"), `${sum}  ../outside\n${sum}  ${outside}\n`);
  received();
  expect(existsSync(outside)).toBe(true);
});

describe("what is stopped or refused in the middle", () => {
  test("leaves the last bundle as it was", () => {
    received();
    const before = contents(bundle);
    // found out after the synth: the state lies beside the stacks
    expect(() => received(smallFleet({ weight: 90 }), { pipelines: ["github"] })).toThrow(/keeps its state in files/);
    const broken = () => {
      throw new Error("killed");
    };
    expect(() => writeBundle(bundle, NO_FACTS, "fleets/f.yaml", { synthesize: broken })).toThrow("killed");
    expect(contents(bundle)).toEqual(before);
  });

  test("while files were replaced, is seen by every target, and put right by the next bundle", () => {
    received();
    const before = contents(bundle);
    put(".synth-killed/old-0", before.Makefile!);
    put(".synth-killed/journal.json", JSON.stringify({ files: [{ target: "Makefile", old: "old-0" }], folders: [] }));
    put("Makefile", "half of one");
    const bin = join(bundle, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "terraform"), "#!/bin/sh\n");
    chmodSync(join(bin, "terraform"), 0o755);
    const { status, stderr } = spawnSync("./stack.sh", ["plan", "f-names"], {
      cwd: bundle,
      encoding: "utf8",
      env: { PATH: `${bin}:${process.env.PATH}` },
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining("some files are new and some old: have it made again")]);
    rmSync(bin, { recursive: true });
    received();
    expect(contents(bundle)).toEqual(before);
  });
});
