// Mutants that the compiler refuses: nobody could commit them.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutatedSource } from "./mutants.mjs";
import { copyProject } from "./trees.mjs";

/** How many are tried at once, each in a file of its own: most of them compile. */
const BATCH = 8;

/**
 * Asks the compiler about every mutant.
 * @param {string} root the project's folder
 * @param {import("./mutants.mjs").Mutant[]} mutants
 * @returns {Promise<Set<number>>} ids of those that don't compile
 */
export async function refusedByCompiler(root, mutants) {
  const tree = copyProject(root);
  const refused = new Set();
  const errorsOf = async (batch) => {
    const originals = batch.map(({ file }) => readFileSync(join(tree.folder, file), "utf8"));
    for (const [index, mutant] of batch.entries())
      writeFileSync(join(tree.folder, mutant.file), mutatedSource(originals[index], mutant));
    const errors = await filesWithErrors(root, tree.folder);
    for (const [index, { file }] of batch.entries()) writeFileSync(join(tree.folder, file), originals[index]);
    return errors;
  };
  const search = async (batch) => {
    const errors = batch.length === 0 ? undefined : await errorsOf(batch);
    if (errors === undefined) return;
    if (batch.length === 1) {
      refused.add(batch[0].id);
      return;
    }
    // an error stands mostly in the file that was changed, but a type that others use may be wrong there
    const suspects = batch.filter(({ file }) => errors.has(file));
    const rest = batch.filter(({ file }) => !errors.has(file));
    if (suspects.length === 0) {
      const half = batch.length >> 1;
      await search(batch.slice(0, half));
      await search(batch.slice(half));
      return;
    }
    for (const suspect of suspects) await search([suspect]);
    await search(rest);
  };
  try {
    for (const batch of batches(mutants)) await search(batch);
  } finally {
    tree.remove();
  }
  return refused;
}

/** Batches in which no file stands twice. */
function batches(mutants) {
  const open = [];
  for (const mutant of mutants) {
    const fit = open.find((batch) => batch.length < BATCH && !batch.some(({ file }) => file === mutant.file));
    if (fit) fit.push(mutant);
    else open.push([mutant]);
  }
  return open;
}

/** The files in which the compiler finds errors; undefined where it finds none. */
function filesWithErrors(root, cwd) {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const child = spawn(process.execPath, [tsc, "--noEmit", "--pretty", "false"], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((done, fail) =>
    child.once("error", fail).once("close", (code) => {
      const files = [...said.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file]) => file.replaceAll("\\", "/"));
      done(code === 0 ? undefined : new Set(files));
    }),
  );
}
