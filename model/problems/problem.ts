import type { Fleet } from "../schema/fleet";

/** Something wrong in a fleet file. */
export interface Problem {
  /** Where, as keys from the root of the fleet file: ["clusters", "sydney", "region"]. */
  readonly path: readonly (string | number)[];
  /** What was wrong, with the value, what is allowed and what to do. */
  readonly message: string;
  /** Commands that are the way out, or see whether there is one: a line each. @default none */
  readonly commands?: readonly string[];
  /** Whether the key itself is wrong rather than its value. @default false */
  readonly atKey?: boolean;
  /** Whether the value is not there at all. @default false */
  readonly missing?: boolean;
  /** Id of the rule that says it, which its line ends with. @default - none: it is of the file's shape */
  readonly rule?: string;
  /** What else of the file it follows from: where that can't be read, nobody knows whether there is a problem. @default nothing else */
  readonly because?: readonly (readonly (string | number)[])[];
}

/** Rules by their ids, which are a contract: one that is gone is never used again. docs/rules.md lists all. */
export type Rules = Readonly<Record<string, Rule>>;

/** The same problems, each with the id of the rule that says it. */
export const ofRule = (rule: string, problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) => ({ ...problem, rule }));

/** A rule looks at the whole fleet and says what is wrong with it: nothing, if all is well. */
export type Rule = (fleet: Fleet) => readonly Problem[];
