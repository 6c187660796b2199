// How likely it is that a suite notices a mutant, told from the words that both have: names, fields, and what messages say.
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Lines of the source above and below a mutant that say what it is about. */
const AROUND = 6;

/**
 * @param {string} folder the project with its sources as they are, without mutants in them
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @returns {(suites: string[]) => (id: number, suite: string) => number} for all suites: more for one that is more about a mutant
 */
export function relevanceOf(folder, mutants) {
  const about = new Map(mutants.map((mutant) => [mutant.id, wordsIn(contextOf(folder, mutant))]));
  return (suites) => {
    const words = new Map(suites.map((suite) => [suite, wordsIn(textOf(suite))]));
    const having = new Map();
    for (const own of words.values()) for (const word of own) having.set(word, (having.get(word) ?? 0) + 1);
    // a word that few suites have says more
    const weight = (word) => Math.log(suites.length / having.get(word));
    return (id, suite) => [...about.get(id)].reduce((sum, word) => sum + (words.get(suite).has(word) ? weight(word) : 0), 0);
  };
}

const wordsIn = (text) => new Set(text.match(/[A-Za-z]{4,}/g) ?? []);

/** A suite with its snapshots and the tables beside it that it takes. */
function textOf(suite) {
  const source = readFileSync(suite, "utf8");
  const beside = [...source.matchAll(/from "(\.[^"]+)"/g)]
    .map(([, path]) => join(dirname(suite), `${path}.ts`))
    .filter((path) => path.includes("__tests__") && basename(path) !== "support.ts" && existsSync(path));
  const snapshot = join(dirname(suite), "__snapshots__", `${basename(suite)}.snap`);
  return [source, ...[...beside, ...(existsSync(snapshot) ? [snapshot] : [])].map((path) => readFileSync(path, "utf8"))].join(
    "\n",
  );
}

function contextOf(folder, { file, line }) {
  const lines = readFileSync(join(folder, file), "utf8").split("\n");
  return [basename(file, ".ts"), ...lines.slice(Math.max(0, line - 1 - AROUND), line + AROUND)].join("\n");
}
