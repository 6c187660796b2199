import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { main } from "../../cli/diff";
import { main as generation } from "../../cli/generation";
import { main as upgrade } from "../../cli/upgrade";
import { one } from "../changes/support";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "diff-"));
const file = join(folder, "f.yaml");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) =>
  spawnSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { encoding: "utf8" }).status;

/** What the program prints and says, and its exit code. */
const diff = (path: string, ...args: string[]) => ran(main, path, ...args);

function ran(program: typeof main, ...args: string[]): { readonly code: number; readonly out: string; readonly err: string } {
  let [out, err] = ["", ""];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const code = program(args, (text) => {
    out += text;
  });
  write.mockRestore();
  return { code, out, err };
}

test("a fleet file is compared with HEAD, for people, for programs and for a request", () => {
  writeFileSync(file, stringify(one("aks", { kubernetes: "1.34" })));
  expect([git("init", "-q"), git("add", "f.yaml"), git("commit", "-q", "-m", "x")]).toEqual([0, 0, 0]);
  expect(diff(file, "--exit-code")).toEqual({ code: 0, out: "Nothing changes.\n", err: "" });

  writeFileSync(file, stringify(one("aks", { kubernetes: "1.35", tags: { a: "b" } })));
  const before = readFileSync(file, "utf8");
  expect(diff(file).code).toBe(0);
  expect(diff(file, "--exit-code").code).toBe(2);
  expect(diff(file).out).toMatch(/changes azurerm_kubernetes_cluster\.cluster_\w+ \(.*kubernetes_version.*\)/);
  expect(diff(file, "--markdown").out).toMatch(/^\| `acme-aks-cluster` \| changed \|/m);
  const data = JSON.parse(diff(file, "--json").out) as {
    against: string;
    stacks: { stack: string; resources: { action: string }[] }[];
  };
  expect(data.against).toBe("HEAD");
  expect(data.stacks.map(({ stack }) => stack)).toContain("acme-aks-cluster");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("a folder is judged by the lock that was written with it, wherever that is; without one it is said what isn't known", () => {
  const out = join(folder, "cdktf.out");
  const text = (cidr: string) => stringify(one("aks", { network: { cidr: "10.2.0.0/16", nodes: cidr } }));
  writeFileSync(file, text("10.2.0.0/20"));
  const lock = join(folder, "f.lock.json");
  const [env, cwd] = [{ ...process.env, CI: "", MERIDIAN_LOCK: "write" }, folder];
  const synth = [join(root, "scripts/run.mjs"), "main", "f.yaml"];
  expect(spawnSync(process.execPath, synth, { cwd, env }).status).toBe(0);
  expect(diff(file, "--against", out)).toEqual({ code: 0, out: "Nothing changes.\n", err: "" });
  writeFileSync(file, text("10.2.16.0/20"));
  expect(diff(file, "--against", out).out).toContain("[aks-nodes-range]");
  // as it is in another worktree: with what another branch has written beside the file here
  const other = join(folder, "worktree");
  mkdirSync(other);
  cpSync(out, join(other, "cdktf.out"), { recursive: true });
  const here = process.cwd();
  try {
    renameSync(lock, join(other, "f.lock.json"));
    process.chdir(folder);
    expect(diff("f.yaml", "--against", "worktree/cdktf.out").out).toContain("[aks-nodes-range]");
  } finally {
    process.chdir(here);
  }
  const blind = diff(file, "--against", out).out;
  expect(blind).toMatch(/^No lock file that was written with .*cdktf\.out is known: of its accounts, ranges, /);
  expect(blind).not.toContain("[aks-nodes-range]");
  expect(JSON.parse(diff(file, "--against", out, "--json").out)).toMatchObject({ note: expect.stringMatching(/^No lock file/) });
});

test("that a line of the file is past is said, and is no change", () => {
  writeFileSync(
    file,
    stringify({ ...one("aks", { kubernetes: "1.34" }), acceptChanges: ["clusters.aks.kubernetes: 1.33 → 1.34"] }),
  );
  const { code, out } = diff(file, "--exit-code");
  expect(out).toMatch(/^Nothing changes\.\n\nWhat the rules say:\n {2}note: acceptChanges\[0\]: .*\[accepted-past\]\n$/);
  expect(code).toBe(0);
});

test("a file outside of git, and another fleet's lock, are one clear sentence", () => {
  const outside = mkdtempSync(join(tmpdir(), "no-git-"));
  try {
    const alone = join(outside, "f.yaml");
    writeFileSync(alone, stringify(one("aks")));
    expect(diff(alone)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is in no git repository, or git is not installed: /),
    });
  } finally {
    rmSync(outside, { recursive: true });
  }
  const lock = join(folder, "f.lock.json");
  writeFileSync(
    lock,
    readFileSync(join(folder, "worktree", "f.lock.json"), "utf8").replace('"fleet": "acme"', '"fleet": "other"'),
  );
  expect(diff(file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /f\.yaml:1:8 fleet: is 'acme', and the lock file .*f\.lock\.json is of fleet 'other'\. .* \[fleet-renamed\]\n$/,
    ),
  });
  rmSync(lock);
});

test("a revision that isn't there, and a file that it hasn't, are one clear sentence", () => {
  expect(diff(file, "--against", "nowhere")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^--against nowhere: there is no such revision\..*\n$/),
  });
  writeFileSync(join(folder, "g.yaml"), stringify(one("aks")));
  expect(diff(join(folder, "g.yaml"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /g\.yaml is not in HEAD: there is nothing to compare with\. Commit it, or name a synthesized folder/,
    ),
  });
});

test("a file that is extended is compared as it was in that revision, also where its folder is gone", () => {
  const extending = join(folder, "h.yaml");
  const inside = (base: string, kubernetes: string) => {
    mkdirSync(join(folder, base));
    writeFileSync(join(folder, base, "base.yaml"), `defaults: { kubernetes: "${kubernetes}" }\n`);
    writeFileSync(extending, stringify({ ...one("aks"), extends: `${base}/base.yaml` }));
  };
  inside("old", "1.34");
  expect([git("add", "old", "h.yaml"), git("commit", "-q", "-m", "y")]).toEqual([0, 0]);
  rmSync(join(folder, "old"), { recursive: true });
  inside("new", "1.34");
  expect(diff(extending)).toEqual({ code: 0, out: "Nothing changes.\n", err: "" });
  inside("other", "1.35");
  expect(diff(extending).out).toContain("kubernetes_version");
  git("add", "h.yaml");
  expect(git("commit", "-q", "-m", "z")).toBe(0);
  expect(diff(extending)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/other\/base\.yaml is not in HEAD: a base lies in/),
  });
});

test("what comes in is in no revision, and nothing that edits a file takes it", () => {
  expect(diff("-").err).toBe("what comes in is in no revision: name a synthesized folder with --against\n");
  expect(ran(generation, "-", "retire", "aks").err).toBe("a step edits the fleet file: name one\n");
  expect(ran(upgrade, "-")).toEqual({ code: 1, out: "", err: "an upgrade edits the fleet file: name one\n" });
});
