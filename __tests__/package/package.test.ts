import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "package-"));
const tarball = join(folder, "meridian.tgz");
const { dependencies, peerDependenciesMeta, exports, version } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
) as Record<string, Record<string, string>> & { version: string };
const bindings = Object.keys(peerDependenciesMeta!);

function run(program: string, args: readonly string[], cwd: string, input?: string) {
  return spawnSync(program, args, { cwd, encoding: "utf8", input, env: { ...process.env, CI: "", FORCE_COLOR: "0" } });
}
const node = (cwd: string, ...args: string[]) => run(process.execPath, args, cwd);

/** A project in which the package is installed, over those of its declared dependencies that are named. */
function project(name: string, linked: readonly string[], tools: readonly string[] = []): string {
  const modules = join(folder, name, "node_modules");
  mkdirSync(join(modules, "meridian"), { recursive: true });
  run("tar", ["-xzf", tarball, "-C", join(modules, "meridian"), "--strip-components", "1"], folder);
  for (const module of [...Object.keys(dependencies!), "cdktf", "constructs", ...linked, ...tools]) {
    mkdirSync(dirname(join(modules, module)), { recursive: true });
    symlinkSync(join(dirname(require.resolve(`cdktf/package.json`)), "..", module), join(modules, module));
  }
  return join(folder, name);
}

beforeAll(() => {
  expect(node(root, "scripts/package.mjs")).toMatchObject({ status: 0, stdout: "" });
  const packed = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  cpSync(join(folder, filename), tarball);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package holds what it runs and declares, and neither sources nor tests", () => {
  const files = run("tar", ["-tzf", tarball], folder).stdout.trim().split("\n");
  expect(files.filter((file) => /(?<!\.d)\.ts$|__tests__|\.snap$/.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      "package/charts/objects/Chart.yaml",
      "package/docs/fleet.schema.json",
      "package/rehearsal/schemas/aws-6.25.0.json.gz",
      "package/dist/lib/cli/meridian.js",
    ]),
  );
  const named = Object.values(exports!).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  expect(named.filter((target) => !files.includes(`package/${(target as string).slice(2)}`))).toEqual([]);
});

test("each entry loads with the bindings that it says, its names are found by import, and nothing global changes", () => {
  const needs: Record<string, { names: string; bindings: readonly string[] }> = {
    meridian: { names: "loadFleet, nameTree, simulate, readStacks, compileRoute53", bindings: [] },
    "meridian/routing": { names: "nameTree, simulate", bindings: [] },
    "meridian/jest": { names: "synthStack, synthStacks, theResource", bindings: [] },
    "meridian/aws": { names: "EksCluster, Route53Names, Route53Zone", bindings: ["aws"] },
    "meridian/azure": { names: "AksCluster, AzureZone", bindings: ["azurerm"] },
    "meridian/google": { names: "GkeCluster", bindings: ["google"] },
    "meridian/dns": {
      names: "Route53Names, AzureZone, TrafficManagerNames, ClusterRecords, Delegation",
      bindings: ["aws", "azurerm"],
    },
    "meridian/priming": {
      names: "Priming, clusterProviders, addons",
      bindings: ["aws", "azurerm", "google", "helm", "kubernetes"],
    },
    "meridian/fleet": {
      names: "loadFleet, buildFleet, synthesize",
      bindings: ["aws", "azurerm", "google", "helm", "kubernetes"],
    },
  };
  const entries = Object.keys(exports!).filter((key) => !key.endsWith(".json"));
  expect(Object.keys(needs).map((entry) => entry.replace("meridian", "."))).toEqual(expect.arrayContaining(entries));
  for (const [entry, { names, bindings: own }] of Object.entries(needs)) {
    const alone = project(
      entry.replace("/", "-"),
      own.map((name) => `@cdktf/provider-${name}`),
    );
    writeFileSync(
      join(alone, "main.mjs"),
      `import { Tokenization } from "cdktf";
       import { createRequire } from "node:module";
       const trace = createRequire(import.meta.url)("cdktf/lib/tokens/private/stack-trace");
       // zod keeps its own registry there
       const globals = () => Object.keys(globalThis).filter((key) => !key.startsWith("__zod")).join();
       const before = [Tokenization.resolve, trace.captureStackTrace, globals()];
       const { ${names} } = await import("${entry}");
       const after = [Tokenization.resolve, trace.captureStackTrace, globals()];
       console.log([${names}].every(Boolean), before.every((value, index) => value === after[index]));`,
    );
    // the statement form, whose names Node reads from the source without running it
    writeFileSync(join(alone, "static.mjs"), `import { ${names} } from "${entry}"; console.log([${names}].length);`);
    const { stdout, stderr } = node(alone, "main.mjs");
    expect({ entry, stdout, stderr }).toEqual({ entry, stdout: "true true\n", stderr: expect.not.stringMatching("Error") });
    const { status, stderr: said } = node(alone, "static.mjs");
    expect({ entry, status, said }).toMatchObject({ entry, status: 0 });
  }
}, 300_000);

test("a project of one's own passes its checks and tests, strict declarations and a snapshot among them", () => {
  const tools = ["@swc/jest", "@swc/core", "@types/node", "@types/jest", "expect", "pretty-format", "jest-mock", "undici-types"];
  const own = project(
    "own-project",
    bindings,
    tools.filter((tool) => existsSync(join(root, "node_modules", tool))),
  );
  cpSync(join(root, "examples/own-project"), own, { recursive: true });
  const tsc = run(join(root, "node_modules/.bin/tsc"), ["--noEmit"], own);
  expect(tsc.stdout.split("\n").filter((line) => /meridian|^src/.test(line))).toEqual([]);
  const jest = node(own, join(root, "node_modules/jest/bin/jest.js"), "--ci", "--rootDir", own);
  expect(jest.stderr).toMatch(/Tests: +3 passed, 3 total/);
  expect(jest.stderr).toMatch(/Snapshots: +1 passed, 1 total/);
}, 300_000);

test("the command of the package synthesizes what comes in, says its version, and helps with what can be typed", () => {
  const own = project("command", bindings);
  const meridian = (args: readonly string[], input?: string) =>
    run(process.execPath, [join(own, "node_modules/meridian/dist/lib/cli/meridian.js"), ...args], own, input);
  expect(meridian(["--version"]).stdout).toBe(`${version}\n`);
  expect(meridian([]).stdout).toContain("meridian synth fleets/shop.yaml");
  expect(meridian(["synth", "--help"]).stdout).toMatch(/^Usage: meridian synth \[options\] \[fleet\]/);
  expect(meridian(["where", "--version"]).stdout).toBe(`${version}\n`);
  expect(meridian(["sinth"])).toMatchObject({ status: 1, stderr: expect.stringContaining("there is no command 'sinth'") });
  const fleet = readFileSync(join(root, "examples/own-project/fleet.yaml"), "utf8");
  expect(meridian(["synth", "-"], fleet)).toMatchObject({ status: 0, stdout: expect.stringContaining("cdktf.out: 3 stacks") });
  expect(readdirSync(own).sort()).toEqual(["cdktf.out", "node_modules"]);
  const wrong = meridian(["synth", "-"], fleet.replace("eu-central-1", "eu-centrl-1"));
  expect(wrong.stderr).toMatch(/^stdin:6:13 clusters\.frankfurt\.region: 'eu-centrl-1' is no AWS region/);
});
