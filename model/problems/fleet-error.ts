import type { Problem } from "./problem";
import { printable } from "./wording";

/** A problem and its place in a fleet file. */
export interface LocatedProblem {
  /** The fleet file as its reader named it. */
  readonly file: string;
  /** Line and column, both from 1. */
  readonly line: number;
  readonly column: number;
  /** Keys from the root of the file: ["clusters", "sydney", "region"]. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Id of the rule that says it. @default - none: it is of the file's shape */
  readonly rule?: string;
  /** @default none */
  readonly commands?: readonly string[];
}

/** A fleet file that can't be used, with all that is wrong in it. Its message has a line for each problem. */
export class FleetError extends Error {
  constructor(readonly problems: readonly LocatedProblem[]) {
    super(problems.map(line).join("\n"));
    this.name = "FleetError";
  }
}

/** What is wrong in a fleet file but shows only in its stacks. Named by path alone: `withPlaces` of load.ts knows the places. */
export class StackProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(
      problems
        .map(({ path, message, rule, commands }) => printable(`${label(path)}: ${message}${idOf(rule)}`) + commandLines(commands))
        .join("\n"),
    );
    this.name = "StackProblems";
  }
}

function line({ file, line, column, path, message, rule, commands }: LocatedProblem): string {
  const where = label(path);
  return `${file}:${line}:${column} ${printable(`${where ? `${where}: ` : ""}${message}${idOf(rule)}`)}${commandLines(commands)}`;
}

const idOf = (rule: string | undefined): string => (rule === undefined ? "" : ` [${rule}]`);

/** What is to be typed stands below, a line each. */
const commandLines = (commands: readonly string[] = []): string => commands.map((one) => `\n  ${printable(one)}`).join("");

/** A path for people: a key may be as long as a text. */
const label = (path: readonly (string | number)[]) =>
  pathText(path.map((key) => (typeof key === "string" && key.length > 100 ? `${key.slice(0, 97)}...` : key)));

/** clusters.sydney.api.allowFrom[0]; keys with dots in them stand in brackets. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\w@*-]+$/.test(key)) return `${text}["${key}"]`;
    return text ? `${text}.${key}` : key;
  }, "");
}
