/** One step from a generation of a cluster to the next. */
export interface Step {
  /** The fleet file as it is to be. */
  readonly text: string;
  /** What was done, and what could not be: a line each. */
  readonly said: readonly string[];
  /** What to see before the next step. */
  readonly check: readonly string[];
  /** The next command's arguments, after the fleet file. @default - none */
  readonly next?: readonly string[];
}

/** Why a step can't be taken. Nothing was changed. */
export class NoStep extends Error {}
