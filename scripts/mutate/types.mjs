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
  const compiles = async (batch) => {
    const originals = batch.map(({ file }) => readFileSync(join(tree.folder, file), "utf8"));
    for (const [index, mutant] of batch.entries())
      writeFileSync(join(tree.folder, mutant.file), mutatedSource(originals[index], mutant));
    const isFine = await tscIsFine(root, tree.folder);
    for (const [index, { file }] of batch.entries()) writeFileSync(join(tree.folder, file), originals[index]);
    return isFine;
  };
  const search = async (batch) => {
    if (batch.length === 0 || (await compiles(batch))) return;
    if (batch.length === 1) {
      refused.add(batch[0].id);
      return;
    }
    const half = batch.length >> 1;
    await search(batch.slice(0, half));
    await search(batch.slice(half));
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

function tscIsFine(root, cwd) {
  const child = spawn(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--noEmit"], { cwd, stdio: "ignore" });
  return new Promise((done, fail) => child.once("error", fail).once("exit", (code) => done(code === 0)));
}
