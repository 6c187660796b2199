// The tests that come past a mutant, and whether one of them fails when it is on.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { switchedSource } from "./mutants.mjs";
import { relevanceOf } from "./relevance.mjs";

/**
 * Suites that are left out: they judge the text of sources and packages, which mutants are made in, or run Terraform, a browser
 * or a shell for minutes, or take longer than all that is tried on one mutant. Who survives because of that counts as alive.
 */
const LEFT_OUT = [
  "__tests__/(repo|package|kubernetes|rehearsal|fleets/program|fleets/wiring|backing/databases)",
  "__tests__/handoff/(fleets|walk|pipelines|report/browser)",
  "__tests__/priming/chart-",
  "rehearsal[.]test",
];

/** Seconds of tests, as they took without mutants, that are tried on one mutant: those that come past most of its file, then the nearest. */
const SECONDS = 45;

/**
 * Puts all mutants into a copy of the project, and runs every test once without any.
 * @param {string} folder the copy
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @param {number} workers tests that run at once
 * @param {string} [only] pattern of the suites that are tried. @default all
 */
export async function openBench(folder, mutants, workers, only) {
  const relevanceAmong = relevanceOf(folder, mutants);
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const source = readFileSync(join(folder, file), "utf8");
    writeFileSync(
      join(folder, file),
      switchedSource(
        source,
        mutants.filter((mutant) => mutant.file === file),
      ),
    );
  }
  // the rule on imports of an environment's own folder is Jest's
  for (const part of ["environment", "sequencer"])
    copyFileSync(join(dirname(fileURLToPath(import.meta.url)), `${part}.cjs`), join(folder, `mutant-${part}.cjs`));
  const usual = (await import(join(folder, "jest.config.js"))).default;
  const config = JSON.stringify({
    ...usual,
    rootDir: folder,
    testEnvironment: join(folder, "mutant-environment.cjs"),
    testPathIgnorePatterns: LEFT_OUT,
    // a machine that is busy kills no mutant
    testTimeout: 10 * (usual.testTimeout ?? 5000),
  });
  const jest = (args, env, seconds) =>
    run([join(folder, "node_modules/jest/bin/jest.js"), "--ci", "--config", config, ...args], folder, env, seconds);

  const hits = join(folder, "hits");
  const results = join(folder, "results.json");
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
  const relevance = relevanceAmong(testResults.map(({ name }) => name));
  /** How many mutants of a file a suite comes past: one that is about the file reaches more of it than others. */
  const reached = (file, suite) => mutants.filter((one) => one.file === file && past.get(one.id)?.includes(suite)).length;
  return {
    suites: testResults.length,
    red: red.map((name) => relative(folder, name)),
    /** @returns {Promise<"untested" | "killed" | "endless" | "alive">} */
    async judge({ id, file }) {
      const mirror = join(folder, "__tests__", file.replace(/[.]ts$/, ".test.ts"));
      const fitting = chosen(past.get(id) ?? [], seconds, [(suite) => -reached(file, suite), (suite) => distance(mirror, suite)]);
      // the one that most likely kills it for the time that it takes comes first; to start one takes a second too
      const promise = (suite) => relevance(id, suite) / Math.sqrt(seconds.get(suite) + 1);
      const suites = fitting.sort((a, b) => promise(b) - promise(a));
      if (suites.length === 0) return "untested";
      const expected = suites.reduce((sum, suite) => sum + seconds.get(suite), 0);
      // a mutant that never ends is noticed
      const { code, isLate } = await jest(
        [
          // Jest 30 takes --bail=1 for none
          "--bail",
          "--runInBand",
          "--silent",
          "--testSequencer",
          join(folder, "mutant-sequencer.cjs"),
          "--runTestsByPath",
          ...suites,
        ],
        { MUTANT: String(id), MUTANT_SUITES: JSON.stringify(suites) },
        60 + 5 * expected,
      );
      if (isLate) return "endless";
      return code === 0 ? "alive" : "killed";
    },
  };
}

/** The suites that fit into the time, those with the least of each measure first. */
function chosen(suites, seconds, measures) {
  const all = [...measures, (suite) => seconds.get(suite)];
  const order = suites.map((suite) => ({ suite, by: all.map((measure) => measure(suite)) })).sort(compare);
  let sum = 0;
  const fitting = order.filter(({ suite }, index) => {
    if (index > 0 && sum + seconds.get(suite) > SECONDS) return false;
    sum += seconds.get(suite);
    return true;
  });
  return fitting.map(({ suite }) => suite);
}

function compare(a, b) {
  const place = a.by.findIndex((value, index) => value !== b.by[index]);
  return place < 0 ? (a.suite < b.suite ? -1 : 1) : a.by[place] - b.by[place];
}

/** Folders up from the suite that mirrors a source: none for that one, one for its neighbours. */
const distance = (mirror, suite) =>
  relative(mirror, suite)
    .split("/")
    .filter((step) => step === "..").length;

/** What runs at the moment: whoever stops a run by Ctrl-C leaves none of it behind. */
const running = new Set();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function run(args, cwd, env, seconds) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, CI: "1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.add(child);
  let said = "";
  child.stderr.on("data", (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  let isLate = false;
  const late = () => {
    isLate = true;
    child.kill("SIGKILL");
  };
  const timer = seconds === undefined ? undefined : setTimeout(late, seconds * 1000);
  return new Promise((done, fail) =>
    child.once("error", fail).once("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      done({ code: code ?? 1, said, isLate });
    }),
  );
}
