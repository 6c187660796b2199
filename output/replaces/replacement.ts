/** Arguments whose change replaces a resource. Paths leave list positions out ("vpc_config.subnet_ids"). */
interface Replaces {
  readonly type: string;
  /** None: every argument of the type is changed in place. */
  readonly replaces: readonly string[];
  /** Where that is written: the pinned provider's source. */
  readonly source: string;
}

/** An argument whose change replaces the resource only from some values to others; unset is null. */
interface ReplacesIf {
  readonly type: string;
  readonly at: string;
  readonly replacesIf: (before: unknown, after: unknown) => boolean;
  readonly source: string;
}

/** A fact about what replaces a resource of one type. Of a type with a fact all are here. */
export type Replacement = Replaces | ReplacesIf;
