import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FleetError, type LocatedProblem, type StackProblems } from "../problems/fleet-error";
import type { Problem } from "../problems/problem";
import { secretsBeside } from "../rules/fleet/secrets";
import type { Fleet, Pins } from "../schema/fleet";
import { withStandIns } from "./draft";
import { type BaseReader, dataOf, type Layer, placeOf, readLayers, writes } from "./layers";
import { readFleet } from "./read";

export { FleetError };

/**
 * Reads a fleet file.
 * @param path where it is, as its reader names it: problems begin with it
 * @param pins versions of its lock file. @default - the catalogue's
 * @param draft whether stand-ins take the place of what still says CHANGE-ME. @default - that is a problem
 * @param text what the file is to say. @default - what it says
 * @throws FleetError with every problem of the file
 */
export function loadFleet(path: string, pins?: Pins, draft = false, text = textOf(path)): Fleet {
  return { ...parseFleet(text, nameOf(path), pins, draft, baseBeside), folder: dirname(path) };
}

/** The file that a fleet file extends, by its path from that one. */
export const baseBeside: BaseReader = (path, from) => {
  const name = join(dirname(from === nameOf(STDIN) ? "." : from), path);
  if (!existsSync(name))
    throw new Error(`'${path}' is no file: there is no ${name}. Write the path of a fleet file from this one`);
  return { text: textOf(name), name };
};

/** A text alone has nothing beside it. */
const noBase: BaseReader = (path) => {
  throw new Error(`'${path}' can't be read: only a fleet file has another one beside it`);
};

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
export function parseFleet(text: string, fileName: string, pins?: Pins, draft = false, base: BaseReader = noBase): Fleet {
  const { layers, problems: unread, isWhole } = readLayers(text, fileName, base);
  if (layers.length === 0 || !isWhole) throw new FleetError(inOrder(unread, layers));
  const written = {
    hasBeside: (path: Problem["path"], key: string) => writes(layers, [...writtenAt(layers, { path }).slice(0, -1), key]),
    sourceOf: (path: Problem["path"]) => {
      const at = writtenAt(layers, { path });
      return layers.find(({ file }) => file.has(at))?.file.sourceOf(at);
    },
  };
  const { data, missing } = withStandIns(dataOf(layers));
  const read = readFleet(
    data,
    written,
    layers.flatMap(({ file }) => file.unreadable),
    pins,
  );
  const problems = [...(draft ? [] : missing), ...("fleet" in read ? [] : read.problems)];
  const said = [...unread, ...problems.map((problem) => located(problem, layers))];
  const more = besides(layers, "fleet" in read ? read.fleet.allow : {}).filter(
    ({ file, line, column }) => !said.some((other) => other.file === file && other.line === line && other.column === column),
  );
  if ("fleet" in read && said.length + more.length === 0) return read.fleet;
  throw new FleetError(inOrder([...said, ...more], layers));
}

/** What is wrong with what a file writes beside its data: values that can be read in two ways, secrets where only anchors stand. */
function besides(layers: readonly Layer[], allow: Fleet["allow"]): readonly LocatedProblem[] {
  return layers.flatMap(({ file, name }) => [
    ...file.twoWays.map((problem) => ({ ...problem, file: name })),
    ...secretsBeside(file.data, allow).map(({ path, message, rule, atKey }) => ({
      file: name,
      ...file.positionOf(path, atKey),
      path,
      message,
      ...(rule && { rule }),
    })),
  ]);
}

/** The same problems at their places in the fleet file, which is read once more for them. */
export function withPlaces({ problems }: StackProblems, path: string): FleetError {
  const { layers } = readLayers(textOf(path), path, baseBeside);
  return new FleetError(
    inOrder(
      problems.map((problem) => located(problem, layers)),
      layers,
    ),
  );
}

/**
 * The path at which the file writes what a cluster has: a value that comes from `defaults` stands there. A missing one
 * is missing in the cluster, whatever the defaults say that it didn't take.
 */
function writtenAt(layers: readonly Layer[], { path, missing }: Pick<Problem, "path" | "missing">): Problem["path"] {
  const [section, , ...field] = path;
  if (section !== "clusters" || field.length === 0 || missing || writes(layers, path)) return path;
  const inDefaults = ["defaults", ...field];
  return writes(layers, inDefaults) ? inDefaults : path;
}

function located(problem: Problem, layers: readonly Layer[]): LocatedProblem {
  const path = writtenAt(layers, problem);
  const { message, rule, commands } = problem;
  return { ...placeOf(layers, path, problem.atKey), path, message, ...(rule && { rule }), ...(commands && { commands }) };
}

/** By file, and place in it; what several clusters take from one place, by the defaults or by an alias, is said once. */
function inOrder(problems: readonly LocatedProblem[], layers: readonly Layer[]): readonly LocatedProblem[] {
  const rank = ({ file }: LocatedProblem): number => layers.findIndex(({ name }) => name === file);
  const unique = new Map(
    problems
      .toReversed()
      .map((problem) => [`${problem.file}:${problem.line}:${problem.column} ${problem.path.at(-1)} ${problem.message}`, problem]),
  );
  return [...unique.values()]
    .reverse()
    .sort((one, other) => rank(one) - rank(other) || one.line - other.line || one.column - other.column);
}
