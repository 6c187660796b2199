// npm run mutate -- [--seed N]... [--count N] [--workers N] [--room model/rules] [--tests __tests__/model]: changes the sources in small ways, one at a
// time, and says which changes no test notices.
import { cpus } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { equivalents } from "./mutate/equivalent.mjs";
import { drawMutants } from "./mutate/mutants.mjs";
import { openBench } from "./mutate/tests.mjs";
import { copyProject } from "./mutate/trees.mjs";
import { refusedByCompiler } from "./mutate/types.mjs";

/** What has to die, and how much may be listed as without effect. */
const GOAL = 0.85;
const EQUIVALENT = 0.05;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    seed: { type: "string", multiple: true, default: ["1"] },
    count: { type: "string", default: "300" },
    workers: { type: "string", default: String(Math.max(1, cpus().length)) },
    room: { type: "string", multiple: true },
    tests: { type: "string" },
  },
});
const began = Date.now();
const minutes = () => ((Date.now() - began) / 60_000).toFixed(1);
const workers = Number(values.workers);
// a copy, so that the project is never touched, and can be worked on meanwhile
const { folder, remove } = copyProject(root);
process.once("exit", remove);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
const seeds = values.seed.map(Number);
const mutants = drawMutants(folder, { seeds, count: Number(values.count), ...(values.room && { rooms: values.room }) });

const refused = await refusedByCompiler(folder, mutants, workers);
console.log(`${minutes()} min: of ${mutants.length} mutants the compiler refuses ${refused.size}`);
const compiled = mutants.filter(({ id }) => !refused.has(id));
// the tests run once without a mutant for all seeds: that is what takes long
const bench = await openBench(folder, compiled, workers, values.tests);
console.log(`${minutes()} min: ${bench.suites} suites ran without a mutant`);
for (const suite of bench.red) console.log(`left out, as it fails without a mutant: ${suite}`);

const reason = equivalents(folder);
for (const seed of seeds) {
  const drawn = mutants.filter((mutant) => mutant.seed === seed);
  const verdicts = await judged(drawn.filter(({ id }) => !refused.has(id)));
  const count = (verdict) => verdicts.filter((one) => one === verdict).length;
  const without = drawn.length - verdicts.length;
  const excused = Math.min(count("equivalent"), Math.floor(drawn.length * EQUIVALENT));
  const share = (without + count("killed") + count("endless")) / (drawn.length - excused);
  console.log(
    `${minutes()} min: seed ${seed}: of ${drawn.length}, ${without} don't compile, ${count("killed")} were killed, ${count("endless")} never ended, ${count("alive")} live, ${count("untested")} are met by no test, ${count("equivalent")} are listed as equivalent: ${(share * 100).toFixed(1)} % die, ${GOAL * 100} % is the goal`,
  );
  if (share < GOAL) process.exitCode = 1;
}

/** Tries each mutant, several at once, and prints those that live. */
async function judged(queue) {
  const verdicts = [];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        const verdict = reason(mutant) === undefined ? await bench.judge(mutant) : "equivalent";
        verdicts.push(verdict);
        if (["killed", "endless", "equivalent"].includes(verdict)) continue;
        console.log(`${verdict}: ${mutant.file}:${mutant.line}\n  - ${short(mutant.original)}\n  + ${short(mutant.mutated)}`);
      }
    }),
  );
  return verdicts;
}

function short(text) {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
