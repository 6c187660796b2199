// Mutants that the compiler refuses: nobody could commit them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { mutatedSource } from "./mutants.mjs";

/**
 * Asks the compiler about every mutant. It stays open between them, so that a question costs the check of one file and not
 * of the project, and it is given the mutant's text in memory: no file is touched.
 *
 * Only the file of the mutant is asked about. Where its errors would stand in another file alone, since a type changes that
 * others use, the mutant counts as one that compiles, and tests have to find it.
 * @param {string} root the project's folder
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @returns {Set<number>} ids of those that don't compile
 */
export function refusedByCompiler(root, mutants) {
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
    return new Set(mutants.filter(isRefused).map(({ id }) => id));
  } finally {
    api.close();
  }
}
