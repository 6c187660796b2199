import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FleetError, type LocatedProblem, type StackProblems } from "../problems/fleet-error";
import type { Problem } from "../problems/problem";
import type { Fleet, Pins } from "../schema/fleet";
import { withStandIns } from "./draft";
import { parseYaml, type YamlFile } from "./parse";
import { readFleet } from "./read";

export { FleetError };

/**
 * Reads a fleet file.
 * @param path where it is, as its reader names it: problems begin with it
 * @param pins versions of its lock file. @default - the catalogue's
 * @param draft whether stand-ins take the place of what still says CHANGE-ME. @default - that is a problem
 * @throws FleetError with every problem of the file
 */
export function loadFleet(path: string, pins?: Pins, draft = false): Fleet {
  return { ...parseFleet(textOf(path), nameOf(path), pins, draft), folder: dirname(path) };
}

/** What problems call a file. */
export const nameOf = (path: string): string => (path === STDIN ? "stdin" : path);

/** Instead of a path: what comes in. */
export const STDIN = "-";
let standardInput: Buffer | undefined;

/** The text of a fleet file. @throws one clear sentence where it can't be read */
export const textOf = (path: string): string => decoded(nameOf(path), bytesOf(path));

function bytesOf(path: string): Buffer {
  try {
    if (path !== STDIN) return readFileSync(path);
    standardInput ??= readFileSync(0); // it comes once
    return standardInput;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EISDIR") throw new Error(`${path} is a folder: name a fleet file in it, such as ${join(path, "fleet.yaml")}`);
    throw new Error(
      code === "ENOENT"
        ? `${path}: there is no such fleet file. Name one, for instance: npm run synth -- fleets/arctiq.yaml`
        : `${path}: the fleet file can't be read (${code ?? String(error)})`,
    );
  }
}

/** @throws where the bytes are no UTF-8, as Windows' editors may write it, or no text at all */
function decoded(path: string, bytes: Buffer): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) throw new Error(`${path}: is UTF-16; save it as UTF-8`);
  if (bytes.includes(0)) throw new Error(`${path}: is no text; a fleet file is YAML in UTF-8`);
  return bytes.toString("utf8");
}

/**
 * Reads the text of a fleet file.
 * @param fileName what problems call it
 * @param draft as of \`loadFleet\`
 * @throws FleetError with every problem of the text
 */
export function parseFleet(text: string, fileName: string, pins?: Pins, draft = false): Fleet {
  const { file, problems: syntax } = parseYaml(text);
  const unread = syntax.map((problem) => ({ ...problem, file: fileName, path: [] }));
  if (!file) throw new FleetError(unread);
  const written = {
    hasBeside: (path: Problem["path"], key: string) => file.has([...writtenAt(file, { path }).slice(0, -1), key]),
    sourceOf: (path: Problem["path"]) => file.sourceOf(writtenAt(file, { path })),
  };
  const { data, missing } = withStandIns(file.data);
  const read = readFleet(data, written, file.unreadable, pins);
  const problems = [...(draft ? [] : missing), ...("fleet" in read ? [] : read.problems)];
  if ("fleet" in read && unread.length + problems.length === 0) return read.fleet;
  throw new FleetError(inOrder([...unread, ...problems.map((problem) => located(problem, file, fileName))]));
}

/** The same problems at their places in the fleet file, which is read once more for them. */
export function withPlaces({ problems }: StackProblems, path: string): FleetError {
  const { file } = parseYaml(textOf(path));
  return new FleetError(inOrder(problems.map((problem) => located(problem, file!, path))));
}

/**
 * The path at which the file writes what a cluster has: a value that comes from `defaults` stands there. A missing one
 * is missing in the cluster, whatever the defaults say that it didn't take.
 */
function writtenAt(file: YamlFile, { path, missing }: Pick<Problem, "path" | "missing">): Problem["path"] {
  const [section, , ...field] = path;
  if (section !== "clusters" || field.length === 0 || missing || file.has(path)) return path;
  const inDefaults = ["defaults", ...field];
  return file.has(inDefaults) ? inDefaults : path;
}

function located(problem: Problem, file: YamlFile, fileName: string): LocatedProblem {
  const path = writtenAt(file, problem);
  return { file: fileName, ...file.positionOf(path, problem.atKey), path, message: problem.message };
}

/** By place in the file; what several clusters take from one place, by the defaults or by an alias, is said once. */
function inOrder(problems: readonly LocatedProblem[]): readonly LocatedProblem[] {
  const unique = new Map(
    problems
      .toReversed()
      .map((problem) => [`${problem.line}:${problem.column} ${problem.path.at(-1)} ${problem.message}`, problem]),
  );
  return [...unique.values()].reverse().sort((one, other) => one.line - other.line || one.column - other.column);
}
