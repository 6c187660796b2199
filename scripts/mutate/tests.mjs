// The tests that come past a mutant, and whether one of them fails when it is on.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { switchedSource } from "./mutants.mjs";
import { copyProject } from "./trees.mjs";

/**
 * Suites that are left out: they judge the text of sources and packages, which mutants are made in, or take minutes.
 * Who survives because of that counts as alive.
 */
const LEFT_OUT = [
  "__tests__/(repo|package|kubernetes|fleets/program)",
  "__tests__/handoff/(fleets|walk)",
  "__tests__/priming/chart-",
];

/** Seconds of tests, as they took without mutants, that are tried on one mutant: the quickest suites first. */
const SECONDS = 60;

/**
 * Makes a copy of the project that holds all mutants, and runs every test once without any.
 * @param {string} root the project's folder
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @param {number} workers tests that run at once
 * @param {string} [only] pattern of the suites that are tried. @default all
 */
export async function openBench(root, mutants, workers, only) {
  const tree = copyProject(root);
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const source = readFileSync(join(root, file), "utf8");
    writeFileSync(
      join(tree.folder, file),
      switchedSource(
        source,
        mutants.filter((mutant) => mutant.file === file),
      ),
    );
  }
  // the rule on imports of an environment's own folder is Jest's
  copyFileSync(join(dirname(fileURLToPath(import.meta.url)), "environment.cjs"), join(tree.folder, "mutant-environment.cjs"));
  const config = JSON.stringify({
    ...(await import(join(root, "jest.config.js"))).default,
    rootDir: tree.folder,
    testEnvironment: join(tree.folder, "mutant-environment.cjs"),
    testPathIgnorePatterns: LEFT_OUT,
  });
  const jest = (args, env, seconds) =>
    run([join(root, "node_modules/jest/bin/jest.js"), "--ci", "--config", config, ...args], tree.folder, env, seconds);

  const hits = join(tree.folder, "hits");
  const results = join(tree.folder, "results.json");
  await jest(["--silent", "--json", "--outputFile", results, "--maxWorkers", String(workers), ...(only ? [only] : [])], {
    MUTANT_HITS: hits,
  });
  const { testResults } = JSON.parse(readFileSync(results, "utf8"));
  const seconds = new Map(testResults.map(({ name, startTime, endTime }) => [name, (endTime - startTime) / 1000]));
  const red = testResults.filter(({ status }) => status !== "passed").map(({ name }) => name);
  const past = new Map();
  for (const line of existsSync(hits) ? readFileSync(hits, "utf8").trim().split("\n") : []) {
    const [id, suite] = JSON.parse(line);
    if (!red.includes(suite)) past.set(id, [...(past.get(id) ?? []), suite]);
  }
  return {
    suites: testResults.length,
    red: red.map((name) => relative(tree.folder, name)),
    remove: tree.remove,
    /** @returns {Promise<"untested" | "killed" | "alive">} */
    async judge({ id }) {
      const suites = chosen(past.get(id) ?? [], seconds);
      if (suites.length === 0) return "untested";
      const expected = suites.reduce((sum, suite) => sum + seconds.get(suite), 0);
      // a mutant that never ends is noticed
      const { code } = await jest(
        ["--bail=1", "--runInBand", "--silent", "--runTestsByPath", ...suites],
        { MUTANT: String(id) },
        30 + 5 * expected,
      );
      return code === 0 ? "alive" : "killed";
    },
  };
}

function chosen(suites, seconds) {
  let sum = 0;
  const quickest = [...suites].sort((a, b) => seconds.get(a) - seconds.get(b) || (a < b ? -1 : 1));
  return quickest.filter((suite, index) => {
    sum += seconds.get(suite);
    return index === 0 || sum <= SECONDS;
  });
}

function run(args, cwd, env, seconds) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, CI: "1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  const timer = seconds === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
  return new Promise((done, fail) =>
    child.once("error", fail).once("close", (code) => {
      clearTimeout(timer);
      done({ code: code ?? 1, said });
    }),
  );
}
