// Samples of mutants by seeds, and the sources that hold them all, each switched on by its number.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sitesOf } from "./sites.mjs";

/** The rooms whose mutants are tried: what decides, and what wires. */
export const ROOMS = ["model/rules", "model/limits", "routing", "changes", "stacks"];

/**
 * @typedef {import("./sites.mjs").Site & { id: number, seed: number, file: string, line: number }} Mutant
 */

/**
 * Draws mutants that don't overlap: a later seed leaves out what an earlier one has drawn.
 * @param {string} root the project's folder
 * @param {{ seeds: number[], count: number, rooms?: string[] }} choice how many for each seed
 * @returns {Mutant[]} by file and place; the same for the same sources, seeds and count
 */
export function drawMutants(root, { seeds, count, rooms = ROOMS }) {
  const all = rooms
    .flatMap((room) => filesBelow(root, room))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), "utf8");
      return sitesOf(source).map((site) => ({ ...site, file, line: lineOf(source, site.start) }));
    });
  const drawn = [];
  const isFree = (site) => !drawn.some((other) => other.file === site.file && other.start < site.end && site.start < other.end);
  for (const [index, seed] of seeds.entries())
    for (const site of shuffled(all, seed)) {
      if (drawn.length === count * (index + 1)) break;
      if (isFree(site)) drawn.push({ ...site, seed });
    }
  const place = ({ file, start }) => `${file}:${String(start).padStart(8)}`;
  return drawn.sort((a, b) => (place(a) < place(b) ? -1 : 1)).map((site, index) => ({ ...site, id: index + 1 }));
}

/** A source with one of its mutants in the original's place. */
export function mutatedSource(source, { start, end, mutated }) {
  return replaced(source, [{ start, end, text: mutated }]);
}

/** A source with all of its mutants in it, each asked for at run time. */
export function switchedSource(source, mutants) {
  return replaced(
    source,
    mutants.map(({ start, end, switched, id }) => ({
      start,
      end,
      text: switched.replace("HERE", `globalThis.mutant?.(${id})`),
    })),
  );
}

function replaced(source, changes) {
  const bytes = Buffer.from(source);
  const parts = [];
  let from = 0;
  for (const { start, end, text } of changes) {
    parts.push(bytes.subarray(from, start), Buffer.from(text));
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]).toString();
}

function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .sort()
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`);
}

function lineOf(source, start) {
  return Buffer.from(source).subarray(0, start).toString().split("\n").length;
}

/** An order that depends on the seed and on what the sites are, and on nothing else. */
function shuffled(sites, seed) {
  const key = ({ file, original, mutated, start }) =>
    createHash("sha256")
      .update(JSON.stringify([seed, file, original, mutated, start]))
      .digest("hex");
  return sites
    .map((site) => ({ site, key: key(site) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ site }) => site);
}
