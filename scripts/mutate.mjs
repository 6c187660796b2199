// npm run mutate -- [--seed N] [--count N] [--workers N] [--room model/rules] [--tests __tests__/model]: changes the sources in small ways, one at a
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
    seed: { type: "string", default: "1" },
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
const mutants = drawMutants(folder, {
  seed: Number(values.seed),
  count: Number(values.count),
  ...(values.room && { rooms: values.room }),
});
console.log(`seed ${values.seed}: ${mutants.length} mutants`);

const refused = refusedByCompiler(folder, mutants);
console.log(`${minutes()} min: the compiler refuses ${refused.size}`);
const compiled = mutants.filter(({ id }) => !refused.has(id));
const bench = await openBench(folder, compiled, workers, values.tests);
console.log(`${minutes()} min: ${bench.suites} suites ran without a mutant`);
for (const suite of bench.red) console.log(`left out, as it fails without a mutant: ${suite}`);

const reason = equivalents(folder);
const verdicts = new Map();
const queue = [...compiled];
await Promise.all(
  Array.from({ length: workers }, async () => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const listed = reason(mutant);
      const verdict = listed === undefined ? await bench.judge(mutant) : "equivalent";
      verdicts.set(mutant.id, verdict);
      if (["killed", "endless", "equivalent"].includes(verdict)) continue;
      console.log(`${verdict}: ${mutant.file}:${mutant.line}\n  - ${short(mutant.original)}\n  + ${short(mutant.mutated)}`);
    }
  }),
);

const count = (verdict) => [...verdicts.values()].filter((one) => one === verdict).length;
const excused = Math.min(count("equivalent"), Math.floor(mutants.length * EQUIVALENT));
const dead = refused.size + count("killed") + count("endless");
const share = dead / (mutants.length - excused);
console.log(
  `${minutes()} min: of ${mutants.length}, ${refused.size} don't compile, ${count("killed")} were killed, ${count("endless")} never ended, ${count("alive")} live, ${count("untested")} are met by no test, ${count("equivalent")} are listed as equivalent: ${(share * 100).toFixed(1)} % die, ${GOAL * 100} % is the goal`,
);
process.exitCode = share >= GOAL ? 0 : 1;

function short(text) {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
}
