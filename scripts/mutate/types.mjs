// Mutants that the compiler refuses: nobody could commit them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { API } from "typescript/unstable/sync";
import { mutatedSource } from "./mutants.mjs";

/**
 * Asks the compiler about every mutant, several of them at once.
 * @param {string} root the project's folder
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @param {number} workers
 * @returns {Promise<Set<number>>} ids of those that don't compile
 */
export async function refusedByCompiler(root, mutants, workers) {
  const size = Math.ceil(mutants.length / workers);
  const parts = Array.from({ length: workers }, (_, index) => mutants.slice(index * size, (index + 1) * size));
  const asked = parts.map(
    (part) =>
      new Promise((done, fail) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { root, mutants: part } });
        worker.once("message", done).once("error", fail);
      }),
  );
  return new Set((await Promise.all(asked)).flat());
}

if (!isMainThread) parentPort.postMessage(refusedOf(workerData.root, workerData.mutants));

/**
 * The compiler stays open between mutants, so that a question costs the check of one file and not
 * of the project, and it is given the mutant's text in memory: no file is touched.
 *
 * Only the file of the mutant is asked about. Where its errors would stand in another file alone, since a type changes that
 * others use, the mutant counts as one that compiles, and tests have to find it.
 * @returns {number[]} ids of those that don't compile
 */
function refusedOf(root, mutants) {
  const texts = new Map();
  const config = join(root, "tsconfig.json");
  const api = new API({ cwd: root, fs: { readFile: (path) => texts.get(path) } });
  try {
    let snapshot = api.updateSnapshot({ openProjects: [config] });
    let before = [];
    const isRefused = (mutant) => {
      const path = join(root, mutant.file);
      texts.clear();
      texts.set(path, mutatedSource(readFileSync(path, "utf8"), mutant));
      // the mutant before goes in the same step: each step costs the project's graph
      const next = api.updateSnapshot({ fileChanges: { changed: [...new Set([...before, path])] } });
      snapshot.dispose();
      snapshot = next;
      before = [path];
      const { program } = snapshot.getProject(config);
      return program.getSyntacticDiagnostics(path).length > 0 || program.getSemanticDiagnostics(path).length > 0;
    };
    return mutants.filter(isRefused).map(({ id }) => id);
  } finally {
    api.close();
  }
}
