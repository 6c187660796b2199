import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStacks } from "../../output/folder";
import { isOutputFolder, readManifest } from "../../output/manifest";
import { inOrder, inWaves } from "../../output/order";
import { removeFolders, synthesizedFolder } from "../rehearsal/folder";

afterAll(removeFolders);

const empty = { config: {} };
const folder = () =>
  synthesizedFolder({
    "f-names": { ...empty, dependencies: ["f-a-cluster", "f-global"] },
    "f-a-cluster": { ...empty, dependencies: ["f-global"] },
    "f-global": { config: { resource: { aws_route53_zone: { zone: { name: "example.com" } } } } },
  });

test("the stacks of a folder come each after those that it depends on, with their JSON", () => {
  const stacks = readStacks(folder());
  expect(stacks.map(({ id }) => id)).toEqual(["f-global", "f-a-cluster", "f-names"]);
  expect(stacks[0]).toMatchObject({
    folder: "stacks/f-global",
    file: "stacks/f-global/cdk.tf.json",
    dependencies: [],
    config: { resource: { aws_route53_zone: { zone: { name: "example.com" } } } },
  });
});

test("a folder without output has no stacks, and reading them says what to do", () => {
  const out = folder();
  rmSync(join(out, "manifest.json"));
  expect(isOutputFolder(out)).toBe(false);
  expect(readManifest(out)).toEqual([]);
  expect(() => readStacks(out)).toThrow(`${out}: holds no synthesized stacks (no manifest.json); synthesize the fleet first`);
});

test.each([
  ["<<<<<<< HEAD", /manifest\.json: is no JSON \(.*\)\. Put its last good version back/],
  ["null", /manifest\.json: holds no JSON object\. Put its last good version back/],
  ["{}", /manifest\.json: is no manifest of a synth: it lists no stacks\. Put/],
  ['{"stacks":[]}', /it lists no stacks/],
  ['{"stacks":{"x":null}}', /stack 'x' has no name, dependencies and paths inside the folder/],
])("a manifest that reads %s is one clear sentence", (text, message) => {
  const out = folder();
  writeFileSync(join(out, "manifest.json"), text);
  expect(() => readManifest(out)).toThrow(message);
});

test.each(["../victim.txt", "/etc/victim", "stacks/../../victim", "manifest.json"])(
  "a manifest can't make us touch %s: its files are removed when their stack goes",
  (path) => {
    const out = folder();
    const text = readFileSync(join(out, "manifest.json"), "utf8");
    writeFileSync(join(out, "manifest.json"), text.replace("stacks/f-global/cdk.tf.json", path));
    expect(() => readManifest(out)).toThrow("stack 'f-global' has no name, dependencies and paths inside the folder");
  },
);

test("a folder in a stack's place, and a stack that is gone, are said with their path", () => {
  const out = folder();
  const file = join(out, "stacks/f-global/cdk.tf.json");
  rmSync(file);
  expect(() => readStacks(out)).toThrow(`${file}: can't be read (ENOENT). Put its last good version back, and synthesize again`);
  mkdirSync(file);
  expect(() => readStacks(out)).toThrow(`${file} is a folder, and a file of a synth belongs there: move it away`);
});

test("stacks that don't wait for each other are one wave, by name; dependencies outside the list don't count", () => {
  const stacks = [
    { id: "names", dependencies: ["b", "a"] },
    { id: "b", dependencies: ["global", "elsewhere"] },
    { id: "a", dependencies: ["global"] },
    { id: "global", dependencies: [] },
  ];
  expect(inWaves(stacks).map((wave) => wave.map(({ id }) => id))).toEqual([["global"], ["a", "b"], ["names"]]);
  expect(inOrder(stacks).map(({ id }) => id)).toEqual(["global", "a", "b", "names"]);
});

test("a circle is refused by the names of its stacks", () => {
  const circle = [
    { id: "global", dependencies: [] },
    { id: "b", dependencies: ["a"] },
    { id: "a", dependencies: ["b", "global"] },
  ];
  expect(() => inWaves(circle)).toThrow("the stacks depend on each other in a circle: a, b");
});
