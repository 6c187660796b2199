import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { FleetError, type LocatedProblem } from "./fleet-error";
import { parseYaml, type YamlFile } from "./parse";
import type { Problem } from "./problem";
import { readFleet } from "./read";
import type { Fleet } from "./schema/fleet";

export { FleetError };

/**
 * Reads a fleet file.
 * @param path where it is, as its reader names it: problems begin with it
 * @throws FleetError with every problem of the file
 */
export function loadFleet(path: string): Fleet {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new Error(
      code === "ENOENT"
        ? `${path}: there is no such fleet file. Name one, for instance: npm run synth -- fleets/arctiq.yaml`
        : `${path}: the fleet file can't be read (${code ?? String(error)})`,
    );
  }
  return { ...parseFleet(text, path), folder: dirname(path) };
}

/**
 * Reads the text of a fleet file.
 * @param fileName what problems call it
 * @throws FleetError with every problem of the text
 */
export function parseFleet(text: string, fileName: string): Fleet {
  const parsed = parseYaml(text);
  if ("problems" in parsed) throw new FleetError(parsed.problems.map((problem) => ({ ...problem, file: fileName, path: [] })));
  const { file } = parsed;
  const read = readFleet(file.data, (path) => file.sourceOf(writtenAt(file, path)));
  if ("fleet" in read) return read.fleet;
  throw new FleetError(inOrder(read.problems.map((problem) => located(problem, file, fileName))));
}

/** The path at which the file writes what a cluster has: a value that comes from `defaults` stands there. */
function writtenAt(file: YamlFile, path: Problem["path"]): Problem["path"] {
  const [section, , ...field] = path;
  if (section !== "clusters" || field.length === 0 || file.has(path)) return path;
  const inDefaults = ["defaults", ...field];
  return file.has(inDefaults) ? inDefaults : path;
}

function located(problem: Problem, file: YamlFile, fileName: string): LocatedProblem {
  const path = writtenAt(file, problem.path);
  return { file: fileName, ...file.positionOf(path, problem.atKey), path, message: problem.message };
}

/** By place in the file; what several clusters take from one place of the defaults is said once. */
function inOrder(problems: readonly LocatedProblem[]): readonly LocatedProblem[] {
  const unique = new Map(
    problems.map((problem) => [`${problem.line}:${problem.column} ${problem.path.join(".")} ${problem.message}`, problem]),
  );
  return [...unique.values()].sort((one, other) => one.line - other.line || one.column - other.column);
}
