/**
 * What the providers' code and the clouds know and a schema does not say: the vocabulary of the tables beside this file.
 * Every line names one resource type, one fact and its source. Paths leave list positions out ("vpc_config.subnet_ids").
 */
import type { Value, ValueObject } from "../protocol/values";

/** What all lines have. */
interface Fact {
  readonly type: string;
  /** Where the fact is written: the pinned provider's source or the service's own documentation. */
  readonly source: string;
  /**
   * Who refuses: the provider at `validate`, or provider and service at `apply`, so that only then the rehearsal refuses it too.
   * @default "validate"
   */
  readonly when?: "validate" | "apply";
}

/** The argument holds one of these values. */
export interface OneOf extends Fact {
  readonly at: string;
  readonly oneOf: readonly (string | number)[];
}

/** The argument matches a pattern, which `say` puts into words. */
export interface Matches extends Fact {
  readonly at: string;
  readonly matches: Pick<RegExp, "test">;
  readonly say: string;
}

/** The number (or the number written as a string) lies in a range, both ends included. */
export interface Between extends Fact {
  readonly at: string;
  readonly between: readonly [number, number];
}

/** The string has so many characters, or the list so many elements, both ends included. */
export interface Length extends Fact {
  readonly at: string;
  readonly length: readonly [number, number];
}

/** Exactly one of the arguments is set. */
export interface ExactlyOne extends Fact {
  /** Holds only inside this block, where there is one. */
  readonly exactlyOneIn?: string;
  readonly exactlyOne: readonly string[];
}

/** At least one of the arguments is set. */
export interface AtLeastOne extends Fact {
  /** Holds only inside this block, where there is one. */
  readonly atLeastOneIn?: string;
  readonly atLeastOne: readonly string[];
}

/** At most one of the arguments is set. */
export interface AtMostOne extends Fact {
  readonly atMostOne: readonly string[];
}

/** Where the first argument is set, the others are too. */
export interface Needs extends Fact {
  readonly given: string;
  readonly needs: readonly string[];
}

/** Anything else that can be told from the configuration alone: a sentence when it is wrong. */
export interface Check extends Fact {
  readonly check: (config: ValueObject) => string | undefined;
  readonly at?: string;
}

/** Arguments whose change replaces the resource. */
export interface Replaces extends Fact {
  readonly replaces: readonly string[];
}

/** An argument whose change replaces the resource only from some values to others; unset is null. */
export interface ReplacesIf extends Fact {
  readonly at: string;
  readonly replacesIf: (before: Value, after: Value) => boolean;
}

/** Computed attributes that any update makes unknown again. */
export interface Recomputes extends Fact {
  readonly recomputes: readonly string[];
}

/** One line of the table. */
export type Line =
  | OneOf
  | Matches
  | Between
  | Length
  | ExactlyOne
  | AtLeastOne
  | AtMostOne
  | Needs
  | Check
  | Replaces
  | ReplacesIf
  | Recomputes;

/** The lines that refuse something. */
export type Rule = Exclude<Line, Replaces | ReplacesIf | Recomputes>;
