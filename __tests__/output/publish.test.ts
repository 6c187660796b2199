import fs, {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { type Draft, withDraft } from "../../output/draft";
import { readStacks } from "../../output/folder";
import { assertWhole } from "../../output/journal";

const root = mkdtempSync(join(tmpdir(), "publish-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

// Node's cpSync keeps the functions of node:fs that it finds when it first runs, for the whole process and so for the
// suites that come after this one: it has to run once before any of them is replaced
beforeAll(() => {
  mkdirSync(join(root, "first"));
  cpSync(join(root, "first"), join(root, "copy"), { recursive: true });
});

let folders = 0;
const newFolder = () => join(root, `out-${folders++}`);

/** A process that is no more. */
const DEAD = 2 ** 22 + 1;

/** Files by path: those of two generations, and what Terraform keeps beside them. */
type Files = Readonly<Record<string, string>>;
const stack = (id: string) => ({
  name: id,
  workingDirectory: `stacks/${id}`,
  synthesizedStackPath: `stacks/${id}/cdk.tf.json`,
  dependencies: [],
});
const manifest = (...ids: string[]) => JSON.stringify({ stacks: Object.fromEntries(ids.map((id) => [id, stack(id)])) });
const json = (text: string) => JSON.stringify({ "//": text });
const OLD: Files = {
  "manifest.json": manifest("f-a", "f-b", "f-gone"),
  "meridian.json": json("old"),
  "stacks/f-a/cdk.tf.json": json("a"),
  "stacks/f-b/cdk.tf.json": json("b"),
  "stacks/f-b/assets/chart/1/values.yaml": "one",
  "stacks/f-gone/cdk.tf.json": json("gone"),
};
const NEW: Files = {
  "manifest.json": manifest("f-a", "f-b", "f-new"),
  "meridian.json": json("new"),
  "stacks/f-a/cdk.tf.json": json("a"),
  "stacks/f-b/cdk.tf.json": json("b, changed"),
  "stacks/f-b/assets/chart/2/values.yaml": "two",
  "stacks/f-new/cdk.tf.json": json("new"),
};
const TERRAFORMS: Files = { "stacks/f-gone/.terraform.lock.hcl": "lock", "stacks/f-b/.terraform/providers/aws": "binary" };

function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function filesIn(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

const publishAll = (files: Files) => (draft: Draft) => {
  for (const [path, text] of Object.entries(files)) draft.write(path, text);
  draft.publish();
};

/** An output of the old generation, with Terraform's files in it. */
function oldOutput(): string {
  const out = newFolder();
  withDraft(out, publishAll(OLD));
  writeFiles(out, TERRAFORMS);
  return out;
}

test("the next output takes the place of the last one, and what Terraform keeps beside it stays", () => {
  const out = oldOutput();
  withDraft(out, publishAll(NEW));
  expect(filesIn(out)).toEqual({ ...NEW, ...TERRAFORMS });
  expect(existsSync(join(out, "stacks/f-b/assets/chart/1"))).toBe(false);
});

test("only what differs is written", () => {
  const out = oldOutput();
  const inode = (path: string) => statSync(join(out, path)).ino;
  const before = Object.keys(OLD).map((path) => [path, inode(path)]);
  withDraft(out, publishAll(OLD));
  expect(Object.keys(OLD).map((path) => [path, inode(path)])).toEqual(before);
  const same = inode("stacks/f-a/cdk.tf.json");
  withDraft(out, publishAll(NEW));
  expect(inode("stacks/f-a/cdk.tf.json")).toBe(same);
});

test("what isn't published never was, and a folder in which nothing came to be is gone", () => {
  const out = newFolder();
  const work = (draft: Draft) => {
    draft.write("manifest.json", "x");
    throw new Error("something is wrong");
  };
  expect(() => withDraft(out, work)).toThrow("something is wrong");
  expect(existsSync(out)).toBe(false);
});

test("a failure at any step puts the last output back", () => {
  const out = oldOutput();
  const before = filesIn(out);
  for (const step of ["renameSync", "mkdirSync", "rmSync"] as const) {
    let failed = 0;
    for (let at = 1; ; at++) {
      let calls = 0;
      let thrown = false;
      const original = fs[step] as (...args: unknown[]) => unknown;
      const spy = jest.spyOn(fs, step).mockImplementation(((...args: unknown[]) => {
        // the lock and the scratch folder are no part of the output
        const isOutput = args.some((path) => String(path).startsWith(join(out, "stacks")) || /\.json$/.test(String(path)));
        if (isOutput && ++calls === at && !thrown) {
          thrown = true;
          throw new Error("EACCES: permission denied");
        }
        return original(...args);
      }) as never);
      const attempt = () => withDraft(out, publishAll(NEW));
      if (at <= 30 && existsSync(out)) {
        try {
          attempt();
        } catch (error) {
          failed += 1;
          expect((error as Error).message).toMatch(/permission denied/);
        }
      }
      spy.mockRestore();
      if (!thrown) break;
      expect(filesIn(out)).toEqual(before);
      expect(() => assertWhole(out)).not.toThrow();
    }
    expect({ step, failed: failed > 0 }).toEqual({ step, failed: true });
    withDraft(out, publishAll(OLD));
    writeFiles(out, TERRAFORMS);
  }
});

test("killed at any step, the last output is put back by the next synth, and readers refuse the mixture before", () => {
  const out = oldOutput();
  const before = filesIn(out);
  const killed: string[] = [];
  // what a kill before or after this step would leave
  let busy = false;
  const photograph = () => {
    if (busy) return;
    busy = true;
    const copy = newFolder();
    cpSync(out, copy, { recursive: true });
    writeFileSync(join(copy, ".synth.lock"), JSON.stringify({ pid: DEAD, host: hostname() }));
    killed.push(copy);
    busy = false;
  };
  for (const step of ["renameSync", "mkdirSync", "rmSync", "linkSync"] as const) {
    const original = fs[step] as (...args: unknown[]) => unknown;
    jest.spyOn(fs, step).mockImplementation(((...args: unknown[]) => {
      photograph();
      return original(...args);
    }) as never);
  }
  withDraft(out, publishAll(NEW));
  jest.restoreAllMocks();
  const after = { ...NEW, ...TERRAFORMS };
  let mixed = 0;
  const ends = new Set<string>();
  for (const copy of killed) {
    const scratch = readdirSync(copy).find((name) => existsSync(join(copy, name, "journal.json")));
    if (scratch !== undefined) {
      mixed += 1;
      expect(() => readStacks(copy)).toThrow(/a synth was stopped while it wrote here, or is writing now/);
    }
    withDraft(copy, () => undefined);
    const found = filesIn(copy);
    const whole = JSON.stringify(found) === JSON.stringify(before) ? "old" : "new";
    ends.add(whole);
    expect(found).toEqual(whole === "old" ? before : filesIn(out));
    expect(readdirSync(copy).filter((name) => name.startsWith(".synth"))).toEqual([]);
  }
  expect(filesIn(out)).toEqual(after);
  expect(mixed).toBeGreaterThan(5);
  expect(ends).toEqual(new Set(["old", "new"]));
});

test("putting back may be interrupted too", () => {
  const out = oldOutput();
  const before = filesIn(out);
  const rename = fs.renameSync;
  let copy = "";
  jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (String(to).endsWith("meridian.json") && copy === "") {
      copy = newFolder();
      cpSync(out, copy, { recursive: true });
      writeFileSync(join(copy, ".synth.lock"), JSON.stringify({ pid: DEAD, host: hostname() }));
    }
    rename(from, to);
  });
  withDraft(out, publishAll(NEW));
  jest.restoreAllMocks();
  expect(copy).not.toBe("");
  let calls = 0;
  jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (++calls === 3) throw new Error("killed");
    rename(from, to);
  });
  expect(() => withDraft(copy, () => undefined)).toThrow("killed");
  jest.restoreAllMocks();
  withDraft(copy, () => undefined);
  expect(filesIn(copy)).toEqual(before);
});

test("every target that can't be written is said before anything is", () => {
  const out = oldOutput();
  rmSync(join(out, "stacks/f-b/cdk.tf.json"));
  mkdirSync(join(out, "stacks/f-b/cdk.tf.json"));
  writeFileSync(join(out, "stacks/f-new"), "a file");
  const before = filesIn(out);
  expect(() => withDraft(out, publishAll(NEW))).toThrow(
    [
      `${join(out, "stacks/f-b/cdk.tf.json")} is a folder, and a file belongs there`,
      `${join(out, "stacks/f-new")} is a file, and a folder belongs there`,
      "Nothing was written",
    ].join("\n"),
  );
  expect(filesIn(out)).toEqual(before);
});

test("of two synths at once the second is refused, and a dead one's lock is taken over", () => {
  const out = oldOutput();
  withDraft(out, () => {
    expect(() => withDraft(out, publishAll(NEW))).toThrow(
      `${out}: another synth (process ${process.pid} on ${hostname()}) is at work in this folder; wait for it, then synthesize again. If there is none, remove ${join(out, ".synth.lock")}`,
    );
  });
  expect(filesIn(out)).toEqual({ ...OLD, ...TERRAFORMS });
  writeFileSync(join(out, ".synth.lock"), JSON.stringify({ pid: DEAD, host: hostname() }));
  withDraft(out, publishAll(NEW));
  expect(filesIn(out)).toEqual({ ...NEW, ...TERRAFORMS });
  writeFileSync(join(out, ".synth.lock"), JSON.stringify({ pid: DEAD, host: "elsewhere" }));
  expect(() => withDraft(out, publishAll(OLD))).toThrow(`another synth (process ${DEAD} on elsewhere) is at work`);
});

test("scratch folders that stopped synths left are swept", () => {
  const out = oldOutput();
  mkdirSync(join(out, ".synth-a1b2c3/stacks"), { recursive: true });
  withDraft(out, () => undefined);
  expect(readdirSync(out).sort()).toEqual(["manifest.json", "meridian.json", "stacks"]);
});

test("a file that lies elsewhere belongs to the output too, and comes back with it", () => {
  const out = oldOutput();
  const lock = join(newFolder(), "fleet.lock.json");
  writeFiles(join(lock, ".."), { "fleet.lock.json": "old" });
  const rename = fs.renameSync;
  const failing = jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    if (String(to).endsWith("stacks/f-new/cdk.tf.json")) throw new Error("EACCES");
    rename(from, to);
  });
  const files = { [lock]: "new", ...NEW };
  expect(() => withDraft(out, publishAll(files))).toThrow(`${out}: EACCES. The last output was put back`);
  expect(readFileSync(lock, "utf8")).toBe("old");
  failing.mockRestore();
  withDraft(out, publishAll(files));
  expect(readFileSync(lock, "utf8")).toBe("new");
});
