// Mutants that change nothing anybody could see, each with its reason.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The list of the project: a mutant is named by its file, what stood there and what stands there, not by its line.
 * @returns {(mutant: import("./mutants.mjs").Mutant) => string | undefined} the reason, where a mutant is on the list
 */
export function equivalents(root) {
  const list = JSON.parse(readFileSync(join(root, "mutate-equivalent.json"), "utf8"));
  return ({ file, original, mutated }) =>
    list.find((one) => one.file === file && one.original === original && one.mutated === mutated)?.reason;
}
