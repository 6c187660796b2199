/** What a synth does with the lock file. */
export type LockMode =
  /** Judges the change and writes the lock. */
  | "write"
  /** Judges the change; the lock must fit the fleet file as it is. */
  | "frozen"
  /** Judges the change and writes nothing. */
  | "read"
  /** Takes versions from it, and nothing else. */
  | "off";

export interface LockRequest {
  /** A lock file is there. */
  readonly exists: boolean;
  /** `--frozen`. */
  readonly frozen?: boolean;
  /** `--lock` names a file. */
  readonly named?: boolean;
  /** The stacks are written where a fleet's stacks are always written. */
  readonly usualFolder: boolean;
  /** MERIDIAN_LOCK. */
  readonly environment?: string;
  /** CI=true. */
  readonly ci: boolean;
  /** Run by the cdktf command line as its `app`. */
  readonly underCdktf: boolean;
}

/**
 * What to do with the lock. A person's synth writes it; a pipeline's must find it as it will be; a synth into another
 * folder leaves it alone, as it is often of something that is only tried.
 * @throws where MERIDIAN_LOCK is none of its words
 */
export function lockMode({ exists, frozen, named, usualFolder, environment, ci, underCdktf }: LockRequest): LockMode {
  if (environment !== undefined && environment !== "" && !/^(write|frozen|off)$/.test(environment))
    throw new Error(`MERIDIAN_LOCK: '${environment}' is none of write, frozen, off`);
  if (frozen) return "frozen";
  if (environment) return environment as LockMode;
  if (underCdktf || ci) return exists ? "frozen" : "read";
  return usualFolder || named ? "write" : "read";
}
